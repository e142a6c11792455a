using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Journal;
using Muse.Contracts.Insights;
using Muse.Testing;

namespace Muse.Insights.Tests.Answers;

public sealed class TellTokensOfSessionsTests(MuseHost muse) : IClassFixture<MuseHost>
{
    [Fact]
    public async Task Only_those_asked_about_are_told_with_their_recent_responses()
    {
        await muse.RecordedAsync(A.Read("q1", 1, A.Usage("q-a", atMs: 10, output: 10), A.Usage("q-b", atMs: 30, output: 20), A.Usage("q-c", atMs: 20, output: 5)));
        await muse.RecordedAsync(A.Read("q2", 2, A.Usage("q-d", atMs: 30)));
        await muse.SettleAsync();

        var told = await AskAsync(20, "q1", "unknown");

        var tokens = Assert.Single(told);
        Assert.Equal(("q1", 30, 35), (tokens.Key, tokens.Value.InputTokens, tokens.Value.OutputTokens));
        Assert.Equal([20, 30], tokens.Value.RecentAtMs);
    }

    [Fact]
    public async Task A_response_of_two_sessions_is_told_once_and_of_the_first()
    {
        await muse.RecordedAsync(A.Read("q-late", 3, A.Usage("q-x", atMs: 20, output: 90)));
        await muse.RecordedAsync(A.Read("q-early", 4, A.Usage("q-x", atMs: 10, output: 1)) with { AgentId = "helper" });
        await muse.SettleAsync();

        var told = await AskAsync(0, "q-late", "q-early");

        Assert.Equal(("q-early", 90), (Assert.Single(told).Key, told["q-early"].OutputTokens));
    }

    private async Task<IReadOnlyDictionary<string, SessionTokens>> AskAsync(long sinceMs, params string[] sessions)
    {
        await using var scope = muse.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IQuestions>().AskAsync(new TokensOfSessions(sessions, sinceMs), CancellationToken.None);
    }
}
