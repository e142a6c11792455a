namespace Muse.Contracts.Board;

/// <summary>A delivery into a session's pane as it is now: absolute values, one fact for each change.</summary>
/// <param name="DeliveryId">The board's id of it.</param>
/// <param name="Revision">Grows by one per change of this delivery; one not above the last seen is stale.</param>
/// <param name="CardId">The card whose pane it is for.</param>
/// <param name="Kind"><c>reply</c> or <c>answer</c>.</param>
/// <param name="State"><c>queued</c>, <c>typed</c>, <c>submitted</c>, <c>consumed</c>, <c>refused</c>, <c>cancelled</c>, <c>indeterminate</c>.</param>
/// <param name="Reason">Why it ended so; null if nothing is to be said.</param>
/// <param name="AskedBy"><c>person</c>, or what sends by itself.</param>
/// <param name="CreatedAtMs">UTC milliseconds when it was asked for.</param>
/// <param name="EndedAtMs">UTC milliseconds when it ended; null while it has not.</param>
[FactName("board.delivery-changed.v1")]
public sealed record DeliveryChanged(
    string DeliveryId, long Revision, string CardId, string Kind, string State, string? Reason, string AskedBy, long CreatedAtMs, long? EndedAtMs) : IFact
{
    /// <inheritdoc />
    public string DedupKey => $"{DeliveryId}:{Revision}";
}
