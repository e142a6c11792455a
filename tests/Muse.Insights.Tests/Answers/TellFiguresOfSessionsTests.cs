using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Journal;
using Muse.Contracts.Insights;
using Muse.Testing;

namespace Muse.Insights.Tests.Answers;

public sealed class TellFiguresOfSessionsTests(MuseHost muse) : IClassFixture<MuseHost>
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

    [Fact]
    public async Task The_cost_is_of_what_has_a_price_and_the_rest_is_counted()
    {
        await muse.RecordedAsync(A.Read("q-cost", 5, A.Usage("q-e", output: 10, model: "claude-opus-5"), A.Usage("q-f", model: "somebody-elses")));
        await muse.SettleAsync();

        var told = (await AskAsync(0, "q-cost"))["q-cost"];

        Assert.Equal((300, 1), (told.CostMicroUsd, told.UnpricedResponses));
    }

    [Fact]
    public async Task The_window_is_that_of_the_last_response_of_the_conversation_itself()
    {
        await muse.RecordedAsync(A.Read("q-window", 6, A.Usage("q-g", atMs: 10, model: "claude-opus-5"), A.Usage("q-h", atMs: 20, model: "claude-haiku-4-5")));
        await muse.RecordedAsync(A.Read("q-window", 7, A.Usage("q-i", atMs: 30, model: "claude-opus-5")) with { AgentId = "helper" });
        await muse.RecordedAsync(A.Read("q-window", 8, A.Usage("q-j", atMs: 40, model: "claude-opus-5", sidechain: true)));
        await muse.SettleAsync();

        Assert.Equal(200_000, (await AskAsync(0, "q-window"))["q-window"].ContextWindow);
    }

    [Theory]
    [InlineData("q-said", 20, "gpt-5", 258_400L, 258_400L)]
    [InlineData("q-known", 21, "gpt-5", null, 400_000L)]
    [InlineData("q-nobody", 22, "somebody-elses", null, null)]
    public async Task What_the_agent_says_of_its_window_goes_before_what_the_model_is_known_for(string session, long generation, string model, long? said, long? told)
    {
        await muse.RecordedAsync(A.Read(session, generation, A.Usage($"{session}-a", model: model, window: said)) with { Agent = "codex" });
        await muse.SettleAsync();

        Assert.Equal(told, (await AskAsync(0, session))[session].ContextWindow);
    }

    private async Task<IReadOnlyDictionary<string, SessionFigures>> AskAsync(long sinceMs, params string[] sessions)
    {
        await using var scope = muse.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IQuestions>().AskAsync(new FiguresOfSessions(sessions, sinceMs), CancellationToken.None);
    }
}
