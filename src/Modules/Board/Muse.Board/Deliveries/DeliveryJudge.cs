using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Board.Processes;
using Muse.Board.Tmux;

namespace Muse.Board.Deliveries;

/// <summary>A text that went to a pane.</summary>
/// <param name="WasBusy">The agent worked when it was sent.</param>
/// <param name="SubmittedMs">When Enter was about to be pressed, UTC milliseconds; null if it never was.</param>
/// <param name="Mark">Where the agent's records ended before.</param>
internal sealed record SentText(string Text, bool AsCommand, bool WasBusy, long? SubmittedMs, RecordMark Mark);

/// <summary>Tells what truly became of a text, from the agent's own records and from what is left of its terminal.</summary>
internal sealed class DeliveryJudge(PaneTyping typing, IPromptRecords records, ProcReader proc, TimeProvider clock)
{
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(5);

    /// <summary>An agent that loses its terminal writes its files first, on a loaded machine for seconds.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public async Task<(DeliveryState State, string? Reason, string? Evidence)> OfAsync(
        TypingOutcome outcome, SentText sent, Card card, PaneId pane, CancellationToken ct)
    {
        if (outcome.End == TypingEnd.Refused)
        {
            return (DeliveryState.Refused, outcome.Reason, null);
        }

        if (!outcome.MayBeSubmitted)
        {
            var (isGone, shows) = await LeftoverAsync(sent.Text, card, pane, ct);
            // Nobody will press Enter in a box that is no more; in one that lives a person may.
            return isGone
                ? (DeliveryState.Refused, $"The session ended before it was submitted. {outcome.Reason}", null)
                : (DeliveryState.Indeterminate, $"{outcome.Reason} {shows}", null);
        }

        var left = outcome.End == TypingEnd.Left;
        var evidence = left && sent.AsCommand ? "screen" : await ConfirmedAsync(card, sent, left, ct);
        return evidence is not null ? (DeliveryState.Consumed, outcome.Reason, evidence)
            : (DeliveryState.Indeterminate, left ? "It left the box, and nothing of the agent confirmed it within five seconds." : outcome.Reason, null);
    }

    private async Task<(bool IsGone, string? Shows)> LeftoverAsync(string text, Card card, PaneId pane, CancellationToken ct)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            var (isThere, shows) = await typing.LeftoverAsync(pane, card.Agent, text, ct);
            var hasEnded = card.Process is { } process && proc.Stat(process.Pid)?.StartText != process.ProcStart;
            if (isThere == false || hasEnded)
            {
                return (true, null);
            }

            // A pane that still shows its box may lose it in this very moment.
            var waited = clock.GetElapsedTime(since);
            if (waited >= EndsWithin || (isThere == true && waited >= EndsWithin / 10))
            {
                return (false, shows ?? "It was not submitted; a part of it may stand in the box.");
            }

            await Task.Delay(LookEvery, clock, ct);
        }
    }

    /// <returns>Which source has seen it; null if none did in time.</returns>
    private async Task<string?> ConfirmedAsync(Card card, SentText sent, bool left, CancellationToken ct)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            if (records.Holds(sent.Mark, sent.Text))
            {
                return "transcript";
            }

            // A turn that ran before says nothing of this text, nor one that may not be of it.
            if (!sent.WasBusy && left && card.Evidence.Values.Where(e => Tells(e, sent.SubmittedMs ?? long.MaxValue)).MinBy(e => e.Source) is { } said)
            {
                return DeliveryWords.Word(said.Source);
            }

            if (left && KeepsToItself(card, sent))
            {
                since = clock.GetTimestamp();
            }
            else if (clock.GetElapsedTime(since) >= ConfirmWithin)
            {
                return null;
            }

            await Task.Delay(LookEvery, clock, ct);
        }
    }

    /// <summary>What Gemini is sent while it works it writes down when it takes it: after the turn, however long that lasts.</summary>
    private static bool KeepsToItself(Card card, SentText sent) =>
        sent.WasBusy && card is { Agent: AgentNames.Gemini, Verdict.State: CardState.Working or CardState.NeedsYou };

    private static bool Tells(EvidenceItem item, long submittedMs) =>
        item.AtMs >= submittedMs && item.Claim is (Claim.Busy or Claim.Asks or Claim.TurnEnded)
        && item.Source is (EvidenceSource.Registry or EvidenceSource.Hook or EvidenceSource.Transcript or EvidenceSource.Title);
}
