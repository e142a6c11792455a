using Muse.BuildingBlocks.Web;
using Muse.Insights.Persistence;
using Muse.Insights.Provenance;

namespace Muse.Insights.Git;

/// <summary>
/// Finds the repositories that sessions worked in, reads what is new in them, and holds it against the sessions. All of it runs in a job: no
/// request waits for git. A repository that cannot be read is kept with its reason, and left out.
/// </summary>
internal sealed class GitIndex(GitProgram git, GitStore store, RepositoryReader repositories, OriginLinker linker, WorkCounters work, TimeProvider clock)
{
    private const long AgainMs = 3600 * 1000;

    /// <summary>One pass; does nothing, and starts no process, if nothing changed since the last.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        work.Add("git.passes");
        await PlaceFoldersAsync(ct);
        var trees = await LookAtTreesAsync(ct);
        var changed = new List<long>();
        foreach (var repository in store.Repositories())
        {
            if (await ReadAsync(repository, trees.FindAll(t => t.RepositoryId == repository.Id && t.State == RepositoryState.Ok), ct))
            {
                changed.Add(repository.Id);
            }
        }

        await linker.LinkAsync(changed, ct);
    }

    private async Task PlaceFoldersAsync(CancellationToken ct)
    {
        var now = NowMs();
        var folders = store.UnplacedFolders(now - AgainMs);
        if (folders.Count > 0)
        {
            await store.PlaceAsync(folders.ConvertAll(f => (f, GitFiles.FindTop(f))), now, ct);
        }
    }

    private async Task<List<Worktree>> LookAtTreesAsync(CancellationToken ct)
    {
        var known = store.Worktrees().ToDictionary(t => t.Folder, StringComparer.Ordinal);
        foreach (var top in store.FoundTops().Where(top => !known.ContainsKey(top)))
        {
            known[top] = new Worktree { Folder = top, GitDir = "", State = RepositoryState.Vanished };
        }

        foreach (var tree in known.Values)
        {
            var there = Directory.Exists(tree.Folder) && (tree.GitDir.Length == 0 || Directory.Exists(tree.GitDir));
            if (there ? tree.State != RepositoryState.Ok && NowMs() - tree.LookedAtMs > AgainMs : tree.State != RepositoryState.Vanished || tree.LookedAtMs == 0)
            {
                await LookAtAsync(tree, ct);
            }
        }

        return [.. known.Values];
    }

    private async Task LookAtAsync(Worktree tree, CancellationToken ct)
    {
        tree.LookedAtMs = NowMs();
        try
        {
            if (!Directory.Exists(tree.Folder) || (tree.GitDir.Length > 0 && !Directory.Exists(tree.GitDir)))
            {
                throw GitException.Gone();
            }

            var told = (await git.RunAsync(tree.Folder, ["rev-parse", "--path-format=absolute", "--is-bare-repository", "--git-dir", "--git-common-dir"], null, ct)).Split('\n');
            if (told is not [var bare, { Length: > 0 } gitDir, { Length: > 0 } commonDir, ..])
            {
                throw GitException.Of("it does not say where it is");
            }

            tree.GitDir = gitDir;
            tree.RepositoryId = await store.RepositoryOfAsync(commonDir, ct);
            (tree.State, tree.Problem) = bare == "true"
                ? (RepositoryState.Bare, "It has no working tree, so that no session can have changed its files there.")
                : (RepositoryState.Ok, (string?)null);
        }
        catch (GitException e)
        {
            (tree.State, tree.Problem) = (e.State, e.Message);
        }

        await store.SaveAsync(tree, ct);
    }

    private async Task<bool> ReadAsync(Repository repository, List<Worktree> trees, CancellationToken ct)
    {
        try
        {
            if (trees.Count == 0)
            {
                throw Lost(repository.Id);
            }

            // What failed is tried again when something changed, or after an hour, since what is in the way may lie elsewhere.
            var failed = repository.State != RepositoryState.Ok;
            repository.Print = failed && NowMs() - repository.LookedAtMs > AgainMs ? null : repository.Print;
            return await repositories.ReadAsync(repository, trees, ct);
        }
        catch (GitException e)
        {
            await FailAsync(repository, trees, e.State, e.Message, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await FailAsync(repository, trees, RepositoryState.Corrupt, "Its files cannot be read by this user.", ct);
        }

        return false;
    }

    /// <summary>No working tree of it can be read: the reason is that of the first.</summary>
    private GitException Lost(long repositoryId) =>
        store.Worktrees().Find(t => t.RepositoryId == repositoryId) is { State: not RepositoryState.Ok, Problem: { } problem } tree
            ? new GitException(tree.State, problem)
            : GitException.Gone();

    private async Task FailAsync(Repository repository, List<Worktree> trees, string state, string problem, CancellationToken ct)
    {
        var print = Directory.Exists(repository.CommonDir) ? RepositoryReader.Print(repository, trees) : null;
        if ((repository.State, repository.Problem, repository.Print) != (state, problem, print))
        {
            (repository.State, repository.Problem, repository.Print, repository.LookedAtMs) = (state, problem, print, NowMs());
            await store.SaveAsync(repository, ct);
        }
    }

    private long NowMs() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
