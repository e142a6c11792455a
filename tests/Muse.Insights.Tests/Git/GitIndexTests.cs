using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Web;
using Muse.Contracts.Sessions;
using Muse.Insights.Git;
using Muse.Insights.Persistence;
using Muse.Testing;

namespace Muse.Insights.Tests.Git;

public sealed class GitIndexTests : IAsyncLifetime
{
    private static readonly long StartMs = new DateTimeOffset(2026, 6, 1, 8, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private readonly MuseHost _muse = new();
    private GitSandbox _git = null!;

    public ValueTask InitializeAsync()
    {
        _git = new GitSandbox(_muse.Folder);
        _git.Write("a.txt", "a\n");
        _git.Commit("Begin");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _muse.DisposeAsync();

    [Fact]
    public async Task Commits_of_a_folder_that_a_session_names_are_read()
    {
        _git.Write("src/ö \"b\".txt", "1\n2\n");
        _git.Pass(5);
        var (hash, _) = _git.Commit("Say \u0001hello\u0003\n\nwith\u0002a body");

        await PassAsync("s1", _git.Folder);

        var commit = Assert.Single(await RowsAsync(db => db.Commits), c => c.Hash == hash);
        var file = Assert.Single(await RowsAsync(db => db.CommitFiles), f => f.Hash == hash);
        Assert.Equal(("Say hello", true, GitSandbox.Ann, 2), (commit.Subject, commit.IsReachable, commit.Email, commit.AddedLines));
        Assert.Equal(("src/ö \"b\".txt", 2), (file.Path, file.AddedLines));
        Assert.Equal(_git.Now.ToUnixTimeMilliseconds(), commit.CommitterMs);
    }

    [Fact]
    public async Task A_pass_with_nothing_new_starts_no_process_and_writes_nothing()
    {
        await PassAsync("s1", _git.Folder);
        var before = Started;
        var rows = Changes();

        await Index.RunAsync(CancellationToken.None);

        Assert.True(before > 0);
        Assert.Equal(before, Started);
        Assert.Equal(rows, Changes());
    }

    [Fact]
    public async Task What_is_new_is_added_and_a_deleted_branch_is_remembered()
    {
        await PassAsync("s1", _git.Folder);
        _git.Git("checkout", "-q", "-b", "side");
        _git.Write("b.txt", "b\n");
        var (hash, _) = _git.Commit("Aside");
        await Index.RunAsync(CancellationToken.None);
        var before = Assert.Single(await RowsAsync(db => db.Commits), c => c.Hash == hash);
        _git.Git("checkout", "-q", "main");
        _git.Git("branch", "-q", "-D", "side");

        await Index.RunAsync(CancellationToken.None);

        var after = Assert.Single(await RowsAsync(db => db.Commits), c => c.Hash == hash);
        Assert.Equal((true, false), (before.IsReachable, after.IsReachable));
        Assert.Equal(2, (await RowsAsync(db => db.Commits)).Count);
    }

    [Fact]
    public async Task Working_trees_are_one_repository_and_know_what_was_made_in_them()
    {
        var tree = Path.Combine(_muse.Folder, "tree");
        _git.Git("worktree", "add", "-q", "-b", "side", tree);
        GitSandbox.WriteIn(tree, "b.txt", "b\n");
        var (hash, _) = _git.Commit("Aside", tree);

        await PassAsync("s1", _git.Folder);
        await PassAsync("s2", Path.Combine(tree, "gone", "deeper"));

        var repository = Assert.Single(await RowsAsync(db => db.Repositories));
        Assert.Equal(2, (await RowsAsync(db => db.Worktrees)).Count(w => w.RepositoryId == repository.Id));
        var commit = Assert.Single(await RowsAsync(db => db.Commits), c => c.Hash == hash);
        Assert.EndsWith("worktrees/tree", commit.MadeIn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_vanished_is_kept_and_said_to_be_gone()
    {
        await PassAsync("s1", _git.Folder);
        Directory.Delete(_git.Folder, recursive: true);

        await Index.RunAsync(CancellationToken.None);

        var repository = Assert.Single(await RowsAsync(db => db.Repositories));
        Assert.Equal(RepositoryState.Vanished, repository.State);
        Assert.Single(await RowsAsync(db => db.Commits));
    }

    [Fact]
    public async Task A_repository_with_a_broken_object_is_corrupt_and_one_beside_it_is_read()
    {
        var other = new GitSandbox(_muse.Folder, "other");
        other.Write("a.txt", "other\n");
        other.Commit("Begin");
        var head = _git.Head();
        var broken = Path.Combine(_git.Folder, ".git", "objects", head[..2], head[2..]);
        GitSandbox.Allow(broken, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(broken, "none");

        await PassAsync("s1", _git.Folder);
        await PassAsync("s2", other.Folder);

        var states = (await RowsAsync(db => db.Repositories)).ToDictionary(r => Path.GetDirectoryName(r.CommonDir)!, r => r.State);
        Assert.Equal((RepositoryState.Corrupt, RepositoryState.Ok), (states[_git.Folder], states[other.Folder]));
    }

    [Fact]
    public async Task A_bare_repository_is_said_to_be_bare()
    {
        var bare = new GitSandbox(_muse.Folder, "bare.git", "--bare");

        await PassAsync("s1", bare.Folder);

        Assert.Equal(RepositoryState.Bare, Assert.Single(await RowsAsync(db => db.Worktrees)).State);
        Assert.Equal(RepositoryState.Bare, Assert.Single(await RowsAsync(db => db.Repositories)).State);
    }

    [Fact]
    public async Task A_repository_without_commits_and_a_folder_without_repository_are_no_failure()
    {
        var empty = new GitSandbox(_muse.Folder, "empty");

        await PassAsync("s1", empty.Folder);
        await PassAsync("s2", Path.Combine(_muse.Folder, "nowhere"));

        Assert.Equal(RepositoryState.Ok, Assert.Single(await RowsAsync(db => db.Repositories)).State);
        Assert.Empty(await RowsAsync(db => db.Commits));
    }

    [Fact]
    public async Task Too_many_commits_are_huge_and_read_when_that_is_allowed()
    {
        await using var small = MuseHost.With(new Dictionary<string, string?> { ["Muse:Insights:Git:MostCommits"] = "1" }, _ => { });
        var git = new GitSandbox(small.Folder);
        git.Git("commit", "-q", "--allow-empty", "-m", "1");
        git.Git("commit", "-q", "--allow-empty", "-m", "2");

        await PassAsync("s1", git.Folder, small);

        var repository = Assert.Single(await RowsAsync(db => db.Repositories, small));
        Assert.Equal(RepositoryState.Huge, repository.State);
        Assert.Contains("Muse:Insights:Git:MostCommits", repository.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_git_each_repository_says_so()
    {
        await using var without = MuseHost.With(new Dictionary<string, string?> { ["Muse:Insights:Git:Program"] = "/nowhere/git" }, _ => { });
        var git = new GitSandbox(without.Folder);

        await PassAsync("s1", git.Folder, without);

        Assert.Equal(RepositoryState.NoGit, Assert.Single(await RowsAsync(db => db.Worktrees, without)).State);
    }

    // What a stranger's repository may name is run by an unsuspecting git.
    [Fact]
    public async Task No_program_that_a_repository_names_is_run()
    {
        var trap = Path.Combine(_muse.Folder, "ran");
        var program = Path.Combine(_muse.Folder, "trap.sh");
        File.WriteAllText(program, $"#!/bin/sh\ntouch '{trap}'\ncat\n");
        GitSandbox.Allow(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _git.Write(".gitattributes", "* diff=trap filter=trap\n");
        _git.Commit("Set a trap");
        foreach (var key in new[] { "core.fsmonitor", "diff.external", "diff.trap.command", "diff.trap.textconv", "filter.trap.smudge", "core.pager", "gpg.program", "core.sshCommand", "core.askPass" })
        {
            _git.Git("config", key, program);
        }

        _git.Git("config", "log.showSignature", "true");
        File.Copy(program, Path.Combine(_git.Folder, ".git", "hooks", "post-index-change"));

        await PassAsync("s1", _git.Folder);

        Assert.Equal(2, (await RowsAsync(db => db.Commits)).Count);
        Assert.False(File.Exists(trap));
    }

    [Theory]
    [InlineData("fatal: detected dubious ownership in repository at '/x'", RepositoryState.Unsafe)]
    [InlineData("fatal: transport 'https' not allowed", RepositoryState.Partial)]
    [InlineData("fatal: bad object HEAD", RepositoryState.Corrupt)]
    [InlineData("", RepositoryState.Corrupt)]
    [InlineData("fatal: cannot change to '/x': No such file or directory", RepositoryState.Vanished)]
    public void What_git_says_has_a_meaning(string said, string state) => Assert.Equal(state, GitException.Of(said).State);

    [Theory]
    [InlineData("relative/folder")]
    [InlineData("/proc/self/cwd")]
    [InlineData("/net/elsewhere/repository")]
    [InlineData("/\0")]
    [InlineData("")]
    public void Strange_folders_are_not_looked_into(string folder) => Assert.Null(GitFiles.FindTop(folder));

    private GitIndex Index => _muse.Services.GetRequiredService<GitIndex>();

    private long Started => _muse.Services.GetRequiredService<WorkCounters>()[GitProgram.ProcessesStarted];

    private async Task PassAsync(string session, string folder, MuseHost? host = null)
    {
        var muse = host ?? _muse;
        await muse.RecordedAsync(A.Read(session, session.GetHashCode(StringComparison.Ordinal)) with
        {
            ProjectPath = folder, Prompts = [new PromptSeen(0, StartMs, false, "Go on")],
        });
        await muse.SettleAsync();
        await muse.Services.GetRequiredService<GitIndex>().RunAsync(CancellationToken.None);
    }

    private async Task<List<T>> RowsAsync<T>(Func<InsightsDbContext, IQueryable<T>> rows, MuseHost? host = null)
        where T : class
    {
        await using var scope = (host ?? _muse).Services.CreateAsyncScope();
        return await rows(scope.ServiceProvider.GetRequiredService<InsightsDbContext>()).AsNoTracking().ToListAsync();
    }

    /// <summary>Sizes and times of the database's files: anything written changes them.</summary>
    private string Changes() => string.Join(
        '\n', Directory.EnumerateFiles(_muse.Folder, "muse.db*").Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(f => $"{f} {new FileInfo(f).Length} {File.GetLastWriteTimeUtc(f).Ticks}"));
}
