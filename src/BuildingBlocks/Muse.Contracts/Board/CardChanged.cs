namespace Muse.Contracts.Board;

/// <summary>
/// A card of the board as it is now: absolute values, one fact for each change. What counts is the card's last one, so
/// the journal may prune those before it; the board records every card again when somebody needs them.
/// </summary>
/// <param name="CardId">Muse's id of the session, or of the pane or process while its session is not known.</param>
/// <param name="Revision">Grows by one per change of this card; one not above the last seen is stale.</param>
/// <param name="Agent"><c>claude-code</c>, <c>codex</c>, <c>gemini</c>.</param>
/// <param name="SessionId">Muse's id of the session; null while it is not known.</param>
/// <param name="State"><c>working</c>, <c>needs-you</c>, <c>idle</c>, <c>done</c>, <c>background</c>, <c>ended</c>, <c>unknown</c>.</param>
/// <param name="Reason">Why it needs a person: <c>permission</c>, <c>question</c>, <c>plan</c>, <c>error</c>, <c>limit</c>, <c>login</c>, <c>stuck</c>.</param>
/// <param name="SinceMs">UTC milliseconds since when it is in this state.</param>
/// <param name="Confidence"><c>high</c>, <c>medium</c>, <c>low</c>.</param>
/// <param name="Source">The source that decided; null if none did.</param>
/// <param name="Detail">One sanitized line: what is asked, what failed, what runs.</param>
/// <param name="HasPane">It runs in a tmux pane that Muse can show.</param>
/// <param name="Removed">The card is no more; its session, if it has one, goes on under another card.</param>
[FactName("board.card-changed.v1", CanBeMadeAgain = true)]
public sealed record CardChanged(
    string CardId,
    long Revision,
    string Agent,
    string? SessionId,
    string State,
    string? Reason,
    long SinceMs,
    string Confidence,
    string? Source,
    string? Detail,
    bool HasPane,
    bool Pinned,
    bool Muted,
    bool Snoozed,
    bool Removed) : IFact
{
    /// <inheritdoc />
    public string DedupKey => $"{CardId}:{Revision}";
}
