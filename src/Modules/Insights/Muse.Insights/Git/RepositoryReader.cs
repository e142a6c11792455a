using Microsoft.Extensions.Options;
using Muse.BuildingBlocks.Text;
using Muse.Insights.Persistence;
using Muse.Insights.Provenance;

namespace Muse.Insights.Git;

/// <summary>Reads what is new in one repository: nothing if its refs are as they were, else the commits that those read before do not reach.</summary>
internal sealed class RepositoryReader(GitProgram git, GitStore store, IOptions<GitOptions> options, TimeProvider clock)
{
    /// <summary>Commits a little before the first session may be what it went on from.</summary>
    private const long BeforeMs = 7L * 24 * 3600 * 1000;

    /// <summary>The first start reads the newest sessions first: each older one would otherwise mean reading the repository again.</summary>
    private const long StepMs = 60L * 24 * 3600 * 1000;

    /// <summary>A difference larger than this is not compared with others.</summary>
    private const int MostLines = 20_000;
    private const int AtOnce = 1000;
    private const int PatchIdLength = 40;

    /// <summary>Branches that are compared as a whole in one pass.</summary>
    private const int MostBranches = 50;

    private static readonly string[] Difference =
        ["diff-tree", "-r", "-p", "--root", "--no-prefix", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-color", "--binary"];

    /// <summary>Brings the rows up to date.</summary>
    /// <param name="repository">Changed and stored.</param>
    /// <param name="trees">Its working trees that are there.</param>
    /// <returns>True if something was read.</returns>
    public async Task<bool> ReadAsync(Repository repository, IReadOnlyList<Worktree> trees, CancellationToken ct)
    {
        var print = Print(repository, trees);
        var since = SinceMs(repository);
        if (print == repository.Print && since >= repository.SinceMs)
        {
            return false;
        }

        if (since < repository.SinceMs || repository.SinceMs == 0)
        {
            (repository.SinceMs, repository.Tips) = (since, "");
        }

        var folder = trees[0].Folder;
        var heads = await HeadsAsync(folder, trees, ct);
        var commits = heads.Count == 0 ? [] : await NewAsync(folder, repository, ct);
        repository.Email = await EmailAsync(folder, ct);
        await store.AddAsync(repository.Id, commits, ct);
        var all = store.CommitsOf(repository.Id);
        var before = all.ToDictionary(c => c.Hash, c => Derived(c), StringComparer.Ordinal);
        await ComparePatchesAsync(folder, all, commits, ct);
        await CompareBranchesAsync(folder, all, ct);
        MarkMade(all, trees);
        MarkReachable(all, heads);
        await store.SaveAsync(all.FindAll(c => before[c.Hash] != Derived(c)), ct);
        repository.Tips = Tips(repository.Tips, commits);
        (repository.Print, repository.State, repository.Problem) = (print, RepositoryState.Ok, null);
        repository.LookedAtMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await store.SaveAsync(repository, ct);
        return true;
    }

    /// <summary>The same as long as there is nothing new to read.</summary>
    public static string Print(Repository repository, IEnumerable<Worktree> trees) => GitFiles.Print(repository.CommonDir, trees.Select(t => t.GitDir));

    private long SinceMs(Repository repository)
    {
        var first = store.FirstWorkMs(repository.Id) - BeforeMs;
        return Math.Max(StepMs, first - (first % StepMs));
    }

    /// <summary>The commits that refs and working trees stand on; none in a repository without commits.</summary>
    private async Task<HashSet<string>> HeadsAsync(string folder, IReadOnlyList<Worktree> trees, CancellationToken ct)
    {
        var heads = trees.Select(t => GitFiles.DetachedHead(t.GitDir)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var refs = await git.RunAsync(folder, ["for-each-ref", "--format=%(objectname) %(*objectname)"], null, ct);
        heads.UnionWith(refs.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return heads;
    }

    private async Task<List<LoggedCommit>> NewAsync(string folder, Repository repository, CancellationToken ct)
    {
        var most = options.Value.MostCommits;
        var known = repository.Tips.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(hash => "^" + hash);
        var commits = GitLog.Parse(await git.RunAsync(
            folder, GitLog.Arguments(DateTimeOffset.FromUnixTimeMilliseconds(repository.SinceMs), most + 1), known, ct));
        return commits.Count <= most ? commits : throw GitException.TooMany(most);
    }

    private async Task<string> EmailAsync(string folder, CancellationToken ct)
    {
        try
        {
            return PreviewText.From((await git.RunAsync(folder, ["config", "--get", "user.email"], null, ct)).Trim());
        }
        catch (GitException e) when (e.State == RepositoryState.Corrupt)
        {
            return ""; // git's way of saying that none is set is to fail
        }
    }

    private async Task ComparePatchesAsync(string folder, List<Commit> all, List<LoggedCommit> commits, CancellationToken ct)
    {
        var rows = all.ToDictionary(c => c.Hash, StringComparer.Ordinal);
        foreach (var some in commits.Where(c => c.Files.Count > 0 && c.Files.Sum(f => (long)f.Added + f.Removed) <= MostLines).Select(c => c.Hash).Chunk(AtOnce))
        {
            foreach (var (hash, id) in Ids(await git.PatchIdsAsync(folder, [.. Difference, "--stdin"], some, ct)))
            {
                rows[hash].PatchId = id;
            }

            foreach (var (hash, id) in Ids(await git.PatchIdsAsync(folder, [.. Difference, "-R", "--stdin"], some, ct)))
            {
                rows[hash].InversePatchId = id;
            }
        }

        IEnumerable<(string Hash, string Id)> Ids(string lines) => lines.Split('\n')
            .Select(line => line.Split(' '))
            .Where(words => words is [{ Length: >= PatchIdLength }, var hash] && rows.ContainsKey(hash))
            .Select(words => (words[1], words[0]));
    }

    /// <summary>A branch that was squashed onto a base that had moved on shows only in its change as a whole.</summary>
    private async Task CompareBranchesAsync(string folder, List<Commit> all, CancellationToken ct)
    {
        var graph = new CommitGraph(all);
        foreach (var tip in all.Where(c => c.BranchPatchId is null && graph.IsTip(c)).OrderByDescending(c => c.CommitterMs).Take(MostBranches))
        {
            tip.BranchPatchId = graph.BranchPoint(tip) is { } point
                ? (await git.PatchIdsAsync(folder, [.. Difference, point.Hash, tip.Hash], null, ct)).Split(' ')[0]
                : "";
        }
    }

    private static (string? Patch, string? Inverse, string? Branch, string? MadeIn, bool IsReachable) Derived(Commit commit) =>
        (commit.PatchId, commit.InversePatchId, commit.BranchPatchId, commit.MadeIn, commit.IsReachable);

    private static void MarkMade(List<Commit> all, IReadOnlyList<Worktree> trees)
    {
        foreach (var tree in trees)
        {
            var made = GitFiles.MadeIn(tree.GitDir);
            foreach (var commit in all.Where(c => c.MadeIn is null && made.Contains(c.Hash)))
            {
                commit.MadeIn = tree.GitDir;
            }
        }
    }

    private static void MarkReachable(List<Commit> all, HashSet<string> heads)
    {
        var rows = all.ToDictionary(c => c.Hash, StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>(heads);
        while (next.TryPop(out var hash))
        {
            if (rows.TryGetValue(hash, out var commit) && reached.Add(hash))
            {
                Array.ForEach(commit.Parents.Split(' ', StringSplitOptions.RemoveEmptyEntries), next.Push);
            }
        }

        all.ForEach(c => c.IsReachable = reached.Contains(c.Hash));
    }

    /// <summary>What was a tip and is no parent of what was read now, and what was read now and is no parent of another.</summary>
    private static string Tips(string before, List<LoggedCommit> commits)
    {
        var parents = commits.SelectMany(c => c.Parents.Split(' ')).ToHashSet(StringComparer.Ordinal);
        return string.Join('\n', before.Split('\n', StringSplitOptions.RemoveEmptyEntries).Concat(commits.Select(c => c.Hash)).Where(hash => !parents.Contains(hash)).Distinct());
    }
}
