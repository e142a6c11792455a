using System.Net;
using Muse.Testing;
using Slice = Muse.Sessions.Features.FindItemAt.FindItemAt;

namespace Muse.Sessions.Tests.Features.FindItemAt;

public sealed class FindItemAtTests(MuseHost muse) : IClassFixture<MuseHost>
{
    [Fact]
    public async Task The_last_item_of_the_time_or_before_it_is_found()
    {
        var transcript = A.Transcript(muse, "at");
        transcript.AtMs = 1_000_000;
        transcript.Prompt("one").Reply("two").Prompt("three").Reply("four");
        await muse.SettleAsync();

        Assert.Equal("1", await ItemAsync("at", 1_001_000));
        Assert.Equal("1", await ItemAsync("at", 1_001_999));
        Assert.Equal("3", await ItemAsync("at", 2_000_000));
        Assert.Equal("0", await ItemAsync("at", 5));
    }

    [Fact]
    public async Task A_subagent_is_looked_through_by_itself()
    {
        A.Transcript(muse, "parent").Prompt("go");
        var agent = A.Transcript(muse, "parent", agentId: "a1");
        agent.AtMs = 1_000_000;
        agent.Prompt("one").Reply("two");
        await muse.SettleAsync();

        Assert.Equal("1", await ItemAsync("parent", 1_001_000, "&agent=a1"));
        Assert.Equal("0", await ItemAsync("parent", 1_001_000));
    }

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        A.Transcript(muse, "alone").Prompt("go");
        await muse.SettleAsync();

        var (unknown, problem) = await muse.GetProblemAsync("/api/sessions/nobody/at?ms=1");
        var (noAgent, _) = await muse.GetProblemAsync($"/api/sessions/{A.SessionId("alone")}/at?ms=1&agent=a9");
        var (noTime, wrong) = await muse.GetProblemAsync($"/api/sessions/{A.SessionId("alone")}/at?ms=noon");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.BadRequest), (unknown, noAgent, noTime));
        Assert.Equal("session-not-found", problem.GetProperty("code").GetString());
        Assert.True(wrong.GetProperty("errors").TryGetProperty("ms", out _));
    }

    private async Task<string?> ItemAsync(string session, long ms, string more = "") =>
        (await muse.GetAsync<Slice.Response>($"/api/sessions/{A.SessionId(session)}/at?ms={ms}{more}")).Item;
}
