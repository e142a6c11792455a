using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Muse.Contracts.Sessions;
using Muse.Insights.Git;
using Muse.Insights.Tests.Git;
using Muse.Testing;
using Slice = Muse.Insights.Features.GetInsights.GetInsights;
using Timeline = Muse.Insights.Features.GetTimeline.GetTimeline;

namespace Muse.Insights.Tests.Features.GetInsights;

public sealed class GetInsightsTests : IAsyncLifetime
{
    private const string Range = "from=2026-05-31&to=2026-06-03&zone=UTC";
    private readonly MuseHost _muse = new();
    private GitSandbox _git = null!;
    private long _generation;

    public async ValueTask InitializeAsync()
    {
        _git = new GitSandbox(_muse.Folder);
        _git.Write("a.txt", "a\n");
        _git.Commit("Begin");
        _git.Pass(30); // Monday, 8:30
        await WorkAsync("ships", "b.txt", "claude-opus-5", commits: true);
        var undone = await WorkAsync("undone", "c.txt", "claude-opus-5", commits: true);
        _git.Git("revert", "--no-edit", undone!);
        _git.Pass(24 * 60);
        await WorkAsync("burns", "d.txt", "claude-haiku-4-5", commits: false);
        await TellAsync("talks", [], [], "claude-haiku-4-5", "/nowhere");
        await _muse.SettleAsync();
        await _muse.Services.GetRequiredService<GitIndex>().RunAsync(CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _muse.DisposeAsync();

    [Fact]
    public async Task Each_session_has_one_outcome_and_their_costs_add_up()
    {
        var told = await GetAsync(Range);

        Assert.Equal([("shipped", 1), ("reverted", 1), ("abandoned", 1), ("unknown", 1)], told.Yield.Select(y => (y.Name, y.Sessions)));
        Assert.Equal(told.Totals.CostMicroUsd, told.Yield.Sum(y => y.CostMicroUsd));
        Assert.True(told.Totals.CostMicroUsd > 0);
        // Who undid it did so in the session's time: low, and in no ratio.
        Assert.Equal((1, 1, 1), (told.Totals.Commits, told.Totals.LowCommits, told.Totals.RevertedCommits));
        Assert.Equal(["ships"], told.Productive.Select(s => s.Id));
        Assert.Equal(["burns", "undone"], told.Wasteful.Select(s => s.Id).Order());
    }

    [Fact]
    public async Task Ratios_count_what_stands_and_where_nothing_was_shipped_they_are_zero()
    {
        var told = await GetAsync(Range);

        var opus = Assert.Single(told.Models, m => m.Key == "claude-opus-5");
        Assert.Equal(1, opus.Commits);
        Assert.Equal(Math.Round(10_000_000.0 / opus.CostMicroUsd, 2), opus.CommitsPerTenDollars);
        Assert.Equal(0, Assert.Single(told.Models, m => m.Key == "claude-haiku-4-5").CommitsPerTenDollars);
        Assert.Equal(1, Assert.Single(told.Projects, p => p.Key == _git.Folder).Commits);
        Assert.Equal(0, Assert.Single(told.Projects, p => p.Key == "/nowhere").Commits);
    }

    [Theory]
    [InlineData("UTC", "2026-06-01", 0, 8)]
    [InlineData("Pacific/Kiritimati", "2026-06-01", 0, 22)]
    [InlineData("Pacific/Pago_Pago", "2026-05-31", 6, 21)]
    [InlineData("Asia/Kathmandu", "2026-06-01", 0, 14)]
    public async Task Days_and_hours_are_those_of_the_zone(string zone, string day, int weekday, int hour)
    {
        var told = await GetAsync($"from=2026-05-30&to=2026-06-03&zone={zone}");

        Assert.Equal(DateOnly.Parse(day, null), told.Days[0].Date);
        Assert.Equal((weekday, hour), (told.Hours.First(h => h.Commits > 0).Weekday, told.Hours.First(h => h.Commits > 0).At));
        Assert.Equal(told.Totals.Commits, told.Days.Sum(d => d.Commits));
        Assert.Equal(told.Totals.Responses, told.Hours.Sum(h => h.Responses));
        Assert.Equal(told.Totals.CostMicroUsd, told.Days.Sum(d => d.CostMicroUsd));
        Assert.All(told.Days, d => Assert.InRange(d.Level, 1, 4));
    }

    [Fact]
    public async Task A_range_without_anything_is_empty()
    {
        var told = await GetAsync("from=2001-01-01&to=2001-01-31&zone=UTC");

        Assert.Equal((0, 0, 0, 0), (told.Days.Count, told.Hours.Count, told.Models.Count, told.Productive.Count));
        Assert.All(told.Yield, y => Assert.Equal(0, y.Sessions));
    }

    [Theory]
    [InlineData("sessions", "list,session,title")]
    [InlineData("models", "model,cost_micro_usd")]
    [InlineData("projects", "project,cost_micro_usd")]
    [InlineData("days", "day,cost_micro_usd")]
    [InlineData("hours", "weekday,hour")]
    public async Task Each_table_is_to_be_had_for_spreadsheets(string table, string start)
    {
        var csv = await _muse.Client.GetStringAsync(new Uri($"/api/insights?{Range}&format=csv&table={table}", UriKind.Relative));

        Assert.StartsWith(start, csv, StringComparison.Ordinal);
        Assert.True(csv.Split("\r\n").Length > 2);
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-02-30", "to")]
    [InlineData("from=2026-02-02&to=2026-02-01", "from")]
    [InlineData("zone=Mars/Olympus", "zone")]
    [InlineData("format=xml", "format")]
    [InlineData("table=all", "table")]
    public async Task What_is_wrong_is_named(string query, string field)
    {
        var (status, problem) = await _muse.GetProblemAsync($"/api/insights?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Sessions_stand_in_lanes_of_their_project_with_their_commits()
    {
        var told = await _muse.GetAsync<Timeline.Response>($"/api/insights/timeline?{Range}");

        var project = Assert.Single(told.Projects, p => p.Path == _git.Folder);
        Assert.Equal(["burns", "ships", "undone"], project.Bars.Select(b => b.SessionId).Order());
        Assert.Equal([("ships", "high", "shipped"), ("undone", "high", "reverted")], project.Ticks.Where(t => t.Confidence == "high").Select(t => (t.SessionId, t.Confidence, t.State)));
        Assert.All(project.Bars, b => Assert.InRange(b.Lane, 0, project.Lanes - 1));
        Assert.Equal(0, told.More);
    }

    [Fact]
    public async Task The_timeline_of_one_project_holds_no_other()
    {
        var told = await _muse.GetAsync<Timeline.Response>($"/api/insights/timeline?{Range}&project=%2Fnowhere");

        Assert.Equal("/nowhere", Assert.Single(told.Projects).Path);
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=never", "to")]
    [InlineData("zone=Mars", "zone")]
    public async Task What_is_wrong_with_a_timeline_is_named(string query, string field)
    {
        var (status, problem) = await _muse.GetProblemAsync($"/api/insights/timeline?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    private async Task<string?> WorkAsync(string session, string file, string model, bool commits)
    {
        var edited = new EditSeen(1, _git.Now.ToUnixTimeMilliseconds(), _git.Write(file, "b\n"), 1, 0);
        _git.Pass(1);
        var hash = commits ? _git.Commit(session).Hash : null;
        _git.Git("checkout", "-q", "--", ".");
        await TellAsync(session, [edited], hash is null ? [] : [new CommitSeen(2, _git.Now.ToUnixTimeMilliseconds(), hash[..7], session)], model, _git.Folder);
        _git.Pass(5);
        return hash;
    }

    private Task TellAsync(string session, EditSeen[] edits, CommitSeen[] commits, string model, string project) => _muse.RecordedAsync(
        A.Read(session, ++_generation, A.Usage($"{session}-1", _git.Now.ToUnixTimeMilliseconds(), 1000, model)) with { ProjectPath = project, Edits = edits, Commits = commits });

    private Task<Slice.Response> GetAsync(string query) => _muse.GetAsync<Slice.Response>($"/api/insights?{query}");
}
