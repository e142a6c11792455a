using System.Net;
using Muse.Sessions.Features.ListSessions;
using Muse.Testing;

namespace Muse.Sessions.Tests.Features.ListSessions;

public sealed class ListSessionsTests(ListSessionsTests.Archive muse) : IClassFixture<ListSessionsTests.Archive>
{
    private const long Day = 24L * 60 * 60 * 1000;

    [Fact]
    public async Task The_newest_session_comes_first()
    {
        var page = await ListAsync("");

        Assert.Equal(["fresh", "three", "two", "one"], page.Items.Select(s => s.NativeId));
        Assert.Equal(4, page.Total);
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public async Task A_session_says_what_it_is_about()
    {
        var page = await ListAsync("?q=lamp");

        var session = Assert.Single(page.Items);
        Assert.Equal(("one", "Build a Lamp", "shop", "/home/ann/shop", "main"), (session.NativeId, session.Title, session.Project, session.ProjectPath, session.Branch));
        Assert.Equal(("quiet", 1, 1, 1.0), (session.State, session.Prompts, session.Replies, session.Indexed));
    }

    [Fact]
    public async Task The_sessions_of_a_page_tell_what_they_cost()
    {
        var page = await ListAsync("?sort=started&limit=3");

        Assert.Equal(page.Items.Select(s => s.Id).Order(), page.Costs.Keys.Order());
        Assert.All(page.Costs.Values, cost => Assert.True(cost is { CostMicroUsd: > 0, UnpricedResponses: 0 }));
        foreach (var session in page.Items)
        {
            var usage = await muse.Host.GetAsync<System.Text.Json.JsonElement>($"/api/sessions/{session.Id}/usage");
            Assert.Equal(usage.GetProperty("totals").GetProperty("costMicroUsd").GetInt64(), page.Costs[session.Id].CostMicroUsd);
        }
    }

    [Fact]
    public async Task The_dearest_come_first_and_keep_to_the_filters()
    {
        var all = await ListAsync("?sort=cost");
        var lamps = await ListAsync("?sort=cost&q=lamp");

        var costs = all.Items.Select(s => all.Costs[s.Id].CostMicroUsd).ToList();
        Assert.Equal(costs.OrderDescending(), costs);
        Assert.Equal(("one", 1), (Assert.Single(lamps.Items).NativeId, lamps.Total));
        Assert.Equal(lamps.Items.Select(s => s.Id), lamps.Costs.Keys);
    }

    [Theory]
    [InlineData("recent")]
    [InlineData("started")]
    [InlineData("size")]
    [InlineData("prompts")]
    [InlineData("cost")]
    [InlineData("title")]
    public async Task Pages_hold_every_session_once(string sort)
    {
        var first = await ListAsync($"?sort={sort}&limit=3");
        var second = await ListAsync($"?sort={sort}&limit=3&cursor={first.NextCursor}");

        var all = await ListAsync($"?sort={sort}");
        Assert.Equal(all.Items.Select(s => s.Id), first.Items.Concat(second.Items).Select(s => s.Id));
        Assert.Equal((4, 3, 1), (first.Total, first.Items.Count, second.Items.Count));
        Assert.Null(second.NextCursor);
    }

    [Theory]
    [InlineData("?project=/home/ann/site", "three")]
    [InlineData("?branch=side", "two")]
    [InlineData("?model=claude-sonnet-4-5", "two")]
    [InlineData("?state=live", "fresh")]
    [InlineData("?q=%C3%89TUDE", "three")]
    [InlineData("?from=2026-01-02&to=2026-01-02", "two")]
    [InlineData("?agent=claude-code&q=lamp", "one")]
    public async Task A_filter_leaves_what_matches(string query, string expected)
    {
        var page = await ListAsync(query);

        Assert.Equal(expected, Assert.Single(page.Items).NativeId);
        Assert.Equal(1, page.Total);
    }

    [Fact]
    public async Task A_percent_sign_is_a_letter_to_search_for() => Assert.Empty((await ListAsync("?q=%25")).Items);

    [Theory]
    [InlineData("sort=newest", "sort")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-13-01", "to")]
    [InlineData("state=asleep", "state")]
    [InlineData("agent=hal", "agent")]
    public async Task A_parameter_that_makes_no_sense_is_named(string query, string parameter)
    {
        var (status, problem) = await muse.Host.GetProblemAsync($"/api/sessions?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("invalid-parameter", problem.GetProperty("code").GetString());
        Assert.True(problem.GetProperty("errors").TryGetProperty(parameter, out _));
    }

    [Fact]
    public async Task A_cursor_of_another_sort_is_refused()
    {
        var first = await ListAsync("?sort=size&limit=1");

        var (status, _) = await muse.Host.GetProblemAsync($"/api/sessions?sort=title&cursor={first.NextCursor}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    private Task<Muse.Sessions.Features.ListSessions.ListSessions.Response> ListAsync(string query) =>
        muse.Host.GetAsync<Muse.Sessions.Features.ListSessions.ListSessions.Response>($"/api/sessions{query}");

    public sealed class Archive : IAsyncLifetime
    {
        public MuseHost Host { get; } = new();

        public async ValueTask InitializeAsync()
        {
            var start = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
            var one = A.Transcript(Host, "one");
            one.AtMs = start;
            one.Prompt("Build a Lamp").Reply("Done.");
            var two = A.Transcript(Host, "two");
            (two.AtMs, two.Branch, two.Model) = (start + Day, "side", "claude-sonnet-4-5");
            two.Prompt("Paint it").Reply("Painted.").Prompt("Again").Reply("Painted again.");
            var three = A.Transcript(Host, "three", "/home/ann/site");
            three.AtMs = start + (2 * Day);
            three.Prompt("Play the étude").Reply("No.");
            A.Transcript(Host, "fresh").Prompt("Now").Reply("Yes.");
            await Host.SettleAsync();
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
