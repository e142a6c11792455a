using Muse.Board.Persistence;

namespace Muse.Board.Deliveries;

/// <summary>A delivery as people see it.</summary>
/// <param name="Text">What was asked for, as it came; of an answer the choices, one a line.</param>
/// <param name="AskedBy">Who or what asked.</param>
/// <param name="CardState">What the board said of the card when it was asked for.</param>
/// <param name="Fingerprint">The dialog that is answered.</param>
/// <param name="Reason">Why it ended so, or what was special.</param>
/// <param name="Evidence">What proved that the agent took it: <c>transcript</c>, <c>registry</c>, <c>hook</c>, <c>title</c> or <c>screen</c>.</param>
/// <param name="SetDraftAside">A person's draft was set aside for it.</param>
internal sealed record DeliveryView(
    string Id,
    string CardId,
    [property: DeliveryKindWord] string Kind,
    string Text,
    bool AsCommand,
    string AskedBy,
    string? RetryOf,
    string CardState,
    string? CardReason,
    string? Fingerprint,
    [property: DeliveryStateWord] string State,
    string? Reason,
    string? Evidence,
    string? Pane,
    bool SetDraftAside,
    long CreatedAtMs,
    long? TypedAtMs,
    long? SubmittedAtMs,
    long? EndedAtMs,
    long? DismissedAtMs)
{
    public static DeliveryView Of(DeliveryRow row) => new(
        row.Id, row.CardId, row.Kind, row.Text, row.AsCommand, row.AskedBy, row.RetryOf, row.CardState, row.CardReason, row.Fingerprint, row.State, row.Reason,
        row.Evidence, row.Pane, row.SetDraftAside, row.CreatedAtMs, row.TypedAtMs, row.SubmittedAtMs, row.EndedAtMs, row.DismissedAtMs);
}
