namespace Muse.Board.Domain;

/// <summary>What a person has said about a card.</summary>
/// <param name="SnoozedUntilMs">Out of sight until then; null if not by time.</param>
/// <param name="SnoozedUntilChange">Out of sight until its state or reason changes.</param>
/// <param name="SeenAtMs">When a person last looked at the session.</param>
internal sealed record Marks(bool Pinned, bool Muted, long? SnoozedUntilMs, bool SnoozedUntilChange, long SeenAtMs)
{
    public static readonly Marks None = new(false, false, null, false, 0);

    public bool IsSnoozed => SnoozedUntilMs is not null || SnoozedUntilChange;

    public Marks Awake() => this with { SnoozedUntilMs = null, SnoozedUntilChange = false };
}
