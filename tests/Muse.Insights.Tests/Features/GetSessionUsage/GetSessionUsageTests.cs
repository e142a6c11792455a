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

    private Task<Slice.Response> GetAsync(string id) => muse.GetAsync<Slice.Response>($"/api/sessions/{id}/usage");
}
