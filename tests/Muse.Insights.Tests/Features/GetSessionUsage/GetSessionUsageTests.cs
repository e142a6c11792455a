using System.Net;
using Muse.Testing;
using Slice = Muse.Insights.Features.GetSessionUsage.GetSessionUsage;

namespace Muse.Insights.Tests.Features.GetSessionUsage;

public sealed class GetSessionUsageTests(MuseHost muse) : IClassFixture<MuseHost>
{
    [Fact]
    public async Task Tokens_are_summed_by_model()
    {
        await muse.RecordedAsync(A.Read("u1", 1, A.Usage("a", output: 10, model: "big"), A.Usage("b", output: 20, model: "big"), A.Usage("c", output: 5, model: "small")));
        await muse.SettleAsync();

        var usage = await GetAsync("u1");

        Assert.Equal([("big", 2, 30L), ("small", 1, 5L)], usage.Rows.Select(r => (r.Model!, r.Responses, r.OutputTokens)));
        Assert.Equal((3, 3L, 6L, 9L, 12L, 35L), (
            usage.Totals.Responses, usage.Totals.InputTokens, usage.Totals.CacheWrite5mTokens, usage.Totals.CacheWrite1hTokens,
            usage.Totals.CacheReadTokens, usage.Totals.OutputTokens));
    }

    [Fact]
    public async Task Usage_stated_twice_counts_once()
    {
        await muse.RecordedAsync(A.Read("u2", 2, A.Usage("d", output: 1), A.Usage("d", output: 50), A.Usage("d", output: 50)));
        await muse.SettleAsync();

        Assert.Equal((1, 50L), ((await GetAsync("u2")).Totals.Responses, (await GetAsync("u2")).Totals.OutputTokens));
    }

    [Fact]
    public async Task A_copy_in_a_fork_is_not_charged()
    {
        await muse.RecordedAsync(A.Read("u3", 3, A.Usage("e", inherited: true)));
        await muse.SettleAsync();

        Assert.Empty((await GetAsync("u3")).Rows);
    }

    [Fact]
    public async Task A_session_without_usage_has_no_rows() => Assert.Equal(0, (await GetAsync("nobody")).Totals.Responses);

    [Fact]
    public async Task An_id_that_cannot_be_one_is_refused()
    {
        var (status, problem) = await muse.GetProblemAsync($"/api/sessions/{new string('x', 65)}/usage");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty("id", out _));
    }

    [Fact]
    public async Task A_transcript_on_disk_is_counted()
    {
        A.Transcript(muse, "disk").Prompt("Hello").Reply("Hi", outputTokens: 42);
        await muse.SettleAsync();

        Assert.Equal(42, (await GetAsync(A.SessionId("disk"))).Totals.OutputTokens);
    }

    // 5 + 12.5 + 30 + 2 and 25 for each token of output, in micro-dollars, rounded once for each response.
    [Fact]
    public async Task The_cost_is_told_by_model_with_its_price()
    {
        await muse.RecordedAsync(A.Read(
            "u5", 5, A.Usage("f", output: 10, model: "claude-opus-5-20260101"), A.Usage("g", output: 20, model: "claude-opus-5-20260101"), A.Usage("h", model: "other")));
        await muse.SettleAsync();

        var usage = await GetAsync("u5");

        Assert.Equal(
            [("claude-opus-5-20260101", 300 + 550, 0, "claude-opus-5"), ("other", 0, 1, null)],
            usage.Rows.Select(r => (r.Model!, (int)r.CostMicroUsd, r.UnpricedResponses, r.PricedAs)));
        Assert.Equal((850, 1), (usage.Totals.CostMicroUsd, usage.Totals.UnpricedResponses));
        Assert.Equal(16, usage.Prices.Version.Length);
    }

    [Fact]
    public async Task The_day_from_which_the_price_holds_is_told()
    {
        await muse.RecordedAsync(A.Read("u6", 6, A.Usage("i", atMs: 1773360000000, model: "claude-opus-4-6"), A.Usage("j", atMs: 1773359999999, model: "claude-4-6-opus")));
        await muse.SettleAsync();

        var rows = (await GetAsync("u6")).Rows;

        Assert.Equal([("claude-4-6-opus", null), ("claude-opus-4-6", new DateOnly(2026, 3, 13))], rows.Select(r => (r.Model, r.PricesFrom)));
    }

    [Theory]
    [InlineData("UTC", "2026-03-28 2 350, 2026-03-29 1 50")]
    [InlineData("Europe/Berlin", "2026-03-28 1 300, 2026-03-29 2 100")]
    [InlineData("Pacific/Kiritimati", "2026-03-29 3 400")]
    public async Task Days_are_those_of_the_named_zone_over_midnight_and_the_change_of_clocks(string zone, string days)
    {
        // 22:30, 23:30 and, an hour later, 00:30 UTC of the day on which Berlin's clocks go forward at 01:00 UTC.
        await muse.RecordedAsync(A.Read(
            "u7", 7, A.Usage("k", atMs: 1774737000000, output: 10, model: "claude-opus-5"), A.Usage("l", atMs: 1774740600000, output: 0, model: "claude-opus-5"),
            A.Usage("m", atMs: 1774744200000, output: 0, model: "claude-opus-5")));
        await muse.SettleAsync();

        var usage = await muse.GetAsync<Slice.Response>($"/api/sessions/u7/usage?zone={Uri.EscapeDataString(zone)}");

        Assert.Equal(zone, usage.Zone);
        Assert.Equal(days, string.Join(", ", usage.Days.Select(d => $"{d.Day:yyyy-MM-dd} {d.Rows.Sum(r => r.Responses)} {d.Rows.Sum(r => r.CostMicroUsd)}")));
        Assert.Equal(usage.Totals.CostMicroUsd, usage.Days.SelectMany(d => d.Rows).Sum(r => r.CostMicroUsd));
    }

    [Fact]
    public async Task What_a_wrong_clock_states_is_in_the_totals_and_on_no_day()
    {
        await muse.RecordedAsync(A.Read("u8", 8, A.Usage("n", atMs: long.MaxValue), A.Usage("o", atMs: -5)));
        await muse.SettleAsync();

        var usage = await GetAsync("u8");

        Assert.Equal((2, 1), (usage.Totals.Responses, usage.FutureResponses));
        Assert.Equal(new DateOnly(1970, 1, 1), Assert.Single((await muse.GetAsync<Slice.Response>("/api/sessions/u8/usage?zone=UTC")).Days).Day);
    }

    [Fact]
    public async Task A_count_that_cannot_be_right_is_left_out_and_told()
    {
        await muse.RecordedAsync(A.Read("u9", 9, A.Usage("p", output: long.MaxValue, model: "claude-opus-5"), A.Usage("q", input: -1, model: "claude-opus-5"), A.Usage("r")));
        await muse.SettleAsync();

        var totals = (await GetAsync("u9")).Totals;

        Assert.Equal((3, 2, 20, 2, 3), (totals.Responses, totals.AbsurdResponses, totals.OutputTokens, totals.InputTokens, totals.UnpricedResponses));
    }

    [Fact]
    public async Task A_zone_that_is_none_is_refused()
    {
        var (status, problem) = await muse.GetProblemAsync("/api/sessions/u7/usage?zone=Middle/Earth");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Europe/Berlin", problem.GetProperty("errors").GetProperty("zone")[0].GetString(), StringComparison.Ordinal);
    }

    private Task<Slice.Response> GetAsync(string id) => muse.GetAsync<Slice.Response>($"/api/sessions/{id}/usage");
}
