using Microsoft.Extensions.Time.Testing;
using Muse.Board.Deliveries;
using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Board.Processes;
using Muse.Board.Tmux;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Tests.Deliveries;

/// <summary>What left the box while the agent worked: an agent that writes it down after the turn is waited for.</summary>
public sealed class DeliveryJudgeTests
{
    private static readonly TimeSpan TurnEnds = TimeSpan.FromSeconds(40);
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly DateTimeOffset _start;

    public DeliveryJudgeTests() => _start = _clock.GetUtcNow();

    private long NowMs => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    private TimeSpan Passed => _clock.GetUtcNow() - _start;

    [Theory]
    [InlineData("gemini", true, "Consumed")]
    [InlineData("gemini", false, "Indeterminate")]
    [InlineData("claude-code", true, "Indeterminate")]
    public async Task What_an_agent_keeps_to_itself_is_told_when_its_turn_is_over(string agent, bool isWrittenDown, string end)
    {
        var card = Says(new Card("c", agent), Claim.Busy);
        var records = new Records(() => isWrittenDown && Passed >= TurnEnds);
        var judge = new DeliveryJudge(null!, records, new ProcReader(new WorkCounters()), _clock); // what left the box is not looked for in it
        var sent = new SentText("and then", AsCommand: false, WasBusy: true, _start.ToUnixTimeMilliseconds(), records.Mark(card));

        var judged = judge.OfAsync(new TypingOutcome(TypingEnd.Left, null, MayBeSubmitted: true), sent, card, new PaneId("s", "%1"), TestContext.Current.CancellationToken);
        var works = true;
        while (!judged.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            if (works && Passed >= TurnEnds)
            {
                works = false;
                Says(card, Claim.Idle);
            }

            card.Fold(NowMs);
            await Task.Yield();
        }

        var (state, _, evidence) = await judged;
        Assert.Equal((end, end == "Consumed" ? "transcript" : null), (state.ToString(), evidence));
        Assert.Equal(agent == "gemini", Passed >= TurnEnds);
    }

    private Card Says(Card card, Claim claim)
    {
        card.Hear(new EvidenceItem(card.Agent == "gemini" ? EvidenceSource.Title : EvidenceSource.Registry, claim, null, null, NowMs));
        card.Fold(NowMs);
        return card;
    }

    private sealed class Records(Func<bool> holds) : IPromptRecords
    {
        public RecordMark Mark(Card card) => new(null, null, null, 0);

        public bool Holds(RecordMark mark, string text) => holds();
    }
}
