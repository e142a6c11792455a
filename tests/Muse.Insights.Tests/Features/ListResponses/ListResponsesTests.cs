using System.Net;
using Muse.Testing;
using Slice = Muse.Insights.Features.ListResponses.ListResponses;
using Stats = Muse.Insights.Features.GetStats.GetStats;

namespace Muse.Insights.Tests.Features.ListResponses;

public sealed class ListResponsesTests(MuseHost muse) : IClassFixture<MuseHost>
{
    [Fact]
    public async Task The_rows_of_every_figure_add_up_to_it()
    {
        string?[] models = ["claude-opus-5", "nobody-knows", null];
        await muse.RecordedAsync([.. Enumerable.Range(0, 60).Select(i => A.Read(
            $"f{i % 7}", 1 + i, A.Usage($"f{i}", At(2015, 3, 1 + (i % 5)) + (i * 1_700_000L), i == 3 ? long.MaxValue : i, models[i % 3], input: i == 5 ? -1 : 2)) with
            {
                ProjectPath = i % 4 == 0 ? null : $"/p{i % 4}",
                Agent = i % 2 == 0 ? "codex" : "claude-code",
            })]);
        await muse.SettleAsync();

        foreach (var by in Stats.Groupings)
        {
            const string Range = "from=2015-03-01&to=2015-03-04&zone=Asia/Kathmandu";
            var stats = await muse.GetAsync<Stats.Response>($"/api/stats?{Range}&by={by}");
            Assert.NotEmpty(stats.Groups);
            foreach (var group in stats.Groups)
            {
                var rows = await GetAsync(by == "day" ? $"from={group.Key}&to={group.Key}&zone=Asia/Kathmandu" : $"{Range}&{by}={Uri.EscapeDataString(group.Key ?? "")}");

                Assert.Equal(
                    (group.Usage.Responses, group.Usage.Tokens() - group.Usage.OutputTokens, group.Usage.OutputTokens, group.Usage.CostMicroUsd, group.Usage.UnpricedResponses),
                    (rows.Totals.Responses, rows.Totals.InputTokens, rows.Totals.OutputTokens, rows.Totals.CostMicroUsd, rows.Totals.UnpricedResponses));
            }
        }
    }

    [Theory]
    [InlineData("recent")]
    [InlineData("cost")]
    public async Task Pages_hold_every_row_once_and_in_order(string sort)
    {
        await muse.RecordedAsync(A.Read("paged", 100, [.. Enumerable.Range(0, 25).Select(i => A.Usage(
            $"page{i}", At(2016, 1, 1) + (i / 4), i % 6, i % 5 == 0 ? "nobody-knows" : "claude-opus-5"))]));
        await muse.SettleAsync();

        var (rows, cursor) = (new List<Slice.Row>(), "");
        do
        {
            var page = await GetAsync($"session=paged&sort={sort}&limit=4{cursor}");
            rows.AddRange(page.Rows);
            Assert.Equal(25, page.Totals.Responses);
            cursor = page.NextCursor is null ? "" : $"&cursor={page.NextCursor}";
        }
        while (cursor.Length > 0);

        Assert.Equal(25, rows.Select(r => r.Id).Distinct().Count());
        Assert.Equal(
            rows.OrderByDescending(r => sort == "cost" ? r.CostMicroUsd ?? -1 : 0).ThenByDescending(r => r.AtMs).ThenByDescending(r => r.Id, StringComparer.Ordinal)
                .Select(r => r.Id),
            rows.Select(r => r.Id));
    }

    [Fact]
    public async Task A_row_says_by_which_price_it_is_charged()
    {
        await muse.RecordedAsync(A.Read(
            "priced", 200, A.Usage("p-long", At(2026, 1, 1), model: "claude-sonnet-4-6", input: 200_000), A.Usage("p-late", At(2026, 4, 1), model: "claude-sonnet-4-6"),
            A.Usage("p-none", At(2026, 4, 2), model: "nobody-knows")));
        await muse.SettleAsync();

        var rows = (await GetAsync("session=priced")).Rows;

        Assert.Equal(
            [("p-none", null, null, null), ("p-late", "claude-sonnet-4-6", new DateOnly(2026, 3, 13), null), ("p-long", "claude-sonnet-4-6", null, 200_000L)],
            rows.Select(r => (r.Id, r.PricedAs, r.PricesFrom, r.BandAboveTokens)));
        // 3 + 7.5 + 18 + 1.2 and 15 for each token of output; above the band twice that, and 22.5.
        Assert.Equal([null, 180L, 1_200_278L], rows.Select(r => r.CostMicroUsd));
    }

    [Fact]
    public async Task Rows_name_their_session_as_its_list_does()
    {
        A.Transcript(muse, "named").Prompt("Mend the roof").Reply("Done.");
        await muse.SettleAsync();

        var row = Assert.Single((await GetAsync($"session={A.SessionId("named")}")).Rows);
        var place = await muse.GetAsync<System.Text.Json.JsonElement>($"/api/sessions/{row.SessionId}/at?ms={row.AtMs}");

        Assert.Equal("Mend the roof", row.Title);
        Assert.Equal("1", place.GetProperty("item").GetString());
    }

    [Fact]
    public async Task What_has_no_price_can_be_asked_for_alone()
    {
        await muse.RecordedAsync(A.Read("half", 300, A.Usage("h1", At(2014, 1, 1), model: "nobody-knows"), A.Usage("h2", At(2014, 1, 1), model: "claude-opus-5")));
        await muse.SettleAsync();

        Assert.Equal("h1", Assert.Single((await GetAsync("session=half&priced=no")).Rows).Id);
        Assert.Equal("h2", Assert.Single((await GetAsync("session=half&priced=yes")).Rows).Id);
        Assert.Empty((await GetAsync("session=half&model=")).Rows);
    }

    [Fact]
    public async Task A_table_names_its_columns_and_the_zone_and_holds_no_formula()
    {
        await muse.RecordedAsync(A.Read("table", 400, A.Usage("@t", At(2018, 1, 1), model: "=1+1")));
        await muse.SettleAsync();

        var response = await muse.Client.GetAsync("/api/stats/responses?session=table&zone=Asia/Kathmandu&format=csv");

        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.StartsWith("time,zone,agent,model,", lines[0], StringComparison.Ordinal);
        Assert.Equal("2018-01-01T05:45:00+05:45,Asia/Kathmandu,claude-code,'=1+1,/home/ann/shop,table,,'@t,1,2,3,4,10,0,0,,", lines[1]);
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2021-01-02&to=2021-01-01", "from")]
    [InlineData("to=2021-13-01", "to")]
    [InlineData("zone=Middle/Earth", "zone")]
    [InlineData("priced=maybe", "priced")]
    [InlineData("excluded=none", "excluded")]
    [InlineData("sort=size", "sort")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=10001", "limit")]
    [InlineData("format=xml", "format")]
    public async Task A_parameter_that_is_none_is_named(string query, string name)
    {
        var (status, problem) = await muse.GetProblemAsync($"/api/stats/responses?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(name, out _));
    }

    private static long At(int year, int month, int day) => new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private Task<Slice.Response> GetAsync(string query) => muse.GetAsync<Slice.Response>($"/api/stats/responses?{query}");
}
