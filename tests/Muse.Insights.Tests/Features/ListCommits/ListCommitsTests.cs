using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Web;
using Muse.Insights.Git;
using Muse.Insights.Tests.Git;
using Muse.Insights.Tests.Provenance;
using Muse.Testing;
using Repositories = Muse.Insights.Features.ListRepositories.ListRepositories;
using Slice = Muse.Insights.Features.ListCommits.ListCommits;

namespace Muse.Insights.Tests.Features.ListCommits;

public sealed class ListCommitsTests(MuseHost muse) : IClassFixture<MuseHost>
{
    [Fact]
    public async Task Each_commit_is_told_with_its_reason_and_what_became_of_it()
    {
        var git = new GitSandbox(muse.Folder, "told");
        git.Write("a.txt", "a\n");
        git.Commit("Begin");
        git.Pass(60);
        var agent = new ClaudeLog(muse, "told", git.Folder);
        agent.Prompt(git.Now, "Go on");
        var shown = Work(git, agent, "b.txt", "Shown");
        git.Pass(10);
        var quiet = Work(git, agent, "c.txt", null);
        git.Pass(10);
        git.Git("revert", "--no-edit", shown);
        agent.Run(git.Now, "git -C /elsewhere commit -m x", "[main 1234567] Elsewhere\n");
        await PassAsync();

        var told = await GetAsync(agent.SessionId);

        Assert.Equal(
            [(shown, "high", "reverted"), (quiet, "medium", "shipped")],
            told.Commits.Where(c => c.Confidence != "low").Select(c => (c.Hash, c.Confidence, c.State)).OrderBy(c => c.Confidence));
        Assert.Equal(git.Head(), Assert.Single(told.Commits, c => c.Hash == shown).By);
        Assert.StartsWith("its own output shows", Assert.Single(told.Commits, c => c.Hash == shown).Why, StringComparison.Ordinal);
        Assert.Equal("changed 1 of its 1 files, last less than a minute before", Assert.Single(told.Commits, c => c.Hash == quiet).Why);
        Assert.Equal(("1234567", "Elsewhere"), (Assert.Single(told.Elsewhere).Hash, told.Elsewhere[0].Subject));
    }

    // A page never waits for git.
    [Fact]
    public async Task No_request_starts_a_process()
    {
        var git = new GitSandbox(muse.Folder, "still");
        git.Write("a.txt", "a\n");
        git.Commit("Begin");
        var agent = new ClaudeLog(muse, "still", git.Folder);
        agent.Prompt(git.Now, "Go on");
        await muse.SettleAsync();
        var before = Started;

        string[] asked =
        [
            $"/api/sessions/{agent.SessionId}/commits", "/api/insights/repositories", "/api/insights?from=2026-01-01&to=2026-12-31",
            "/api/insights/timeline?from=2026-06-01&to=2026-06-02",
        ];
        foreach (var address in asked)
        {
            Assert.Equal(HttpStatusCode.OK, (await muse.Client.GetAsync(new Uri(address, UriKind.Relative))).StatusCode);
        }

        Assert.Equal(before, Started);
    }

    [Fact]
    public async Task A_session_without_commits_has_none()
    {
        var told = await GetAsync("nobody");

        Assert.Equal((0, 0, 0), (told.Commits.Count, told.Total, told.Elsewhere.Count));
    }

    [Fact]
    public async Task An_id_that_is_none_is_a_problem()
    {
        var (status, problem) = await muse.GetProblemAsync($"/api/sessions/{new string('x', 65)}/commits");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty("id", out _));
    }

    [Fact]
    public async Task Repositories_are_told_with_what_is_wrong_with_them()
    {
        var git = new GitSandbox(muse.Folder, "well");
        git.Write("a.txt", "a\n");
        git.Commit("Begin");
        var bare = new GitSandbox(muse.Folder, "bare.git", "--bare");
        new ClaudeLog(muse, "r1", git.Folder).Prompt(git.Now, "Go on");
        new ClaudeLog(muse, "r2", bare.Folder).Prompt(git.Now, "Go on");
        await PassAsync();

        var told = await muse.GetAsync<Repositories.Response>("/api/insights/repositories");

        var well = Assert.Single(told.Repositories, r => r.Folder == Path.Combine(git.Folder, ".git"));
        Assert.Equal(("ok", null, 1, 1, 1), (well.State, well.Problem, well.Worktrees, well.Commits, well.Sessions));
        Assert.Equal("bare", Assert.Single(told.Repositories, r => r.Folder == bare.Folder).State);
    }

    private long Started => muse.Services.GetRequiredService<WorkCounters>()[GitProgram.ProcessesStarted];

    private static string Work(GitSandbox git, ClaudeLog agent, string file, string? shownAs)
    {
        git.Write(file, "b\n");
        agent.Edit(git.Now, git.Folder, file);
        git.Pass(0.5);
        var (hash, printed) = git.Commit(shownAs ?? "Quiet");
        agent.Run(git.Now, "git commit -m x", shownAs is null ? "" : printed);
        return hash;
    }

    private async Task PassAsync()
    {
        await muse.SettleAsync();
        await muse.Services.GetRequiredService<GitIndex>().RunAsync(CancellationToken.None);
    }

    private Task<Slice.Response> GetAsync(string session) => muse.GetAsync<Slice.Response>($"/api/sessions/{session}/commits");
}
