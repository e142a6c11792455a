using Muse.Board.Domain;

namespace Muse.Board.Evidence;

internal enum Confidence
{
    /// <summary>Sources contradict each other, or only one speaks that often errs.</summary>
    Low,
    Medium,

    /// <summary>The program itself says so, and nobody disagrees.</summary>
    High,
}

/// <summary>A state that was known, and since when.</summary>
internal sealed record KnownState(CardState State, NeedReason? Reason, long SinceMs);

/// <summary>What the evidence comes to.</summary>
/// <param name="SinceMs">Since when it is so, by the evidence; kept while state and reason stay.</param>
/// <param name="Source">The source that decided; null if none did.</param>
/// <param name="Detail">One line: what is asked, what failed, what runs.</param>
internal sealed record CardVerdict(
    CardState State, NeedReason? Reason, long SinceMs, Confidence Confidence, EvidenceSource? Source, string? Detail)
{
    /// <summary>This state, or the last one before nothing was known any more.</summary>
    public KnownState? Known { get; init; }

    /// <summary>Since when sources disagree; null while they agree.</summary>
    public long? DissentSinceMs { get; init; }

    /// <summary>Sources that disagree have done so for too long: one look at the pane is due.</summary>
    public bool WantsCapture { get; init; }

    /// <summary>When time alone may change the verdict; null for never.</summary>
    public long? NextLookMs { get; init; }

    /// <summary>True if a person who looks at the card sees the same.</summary>
    public bool LooksLike(CardVerdict? other) => other is not null
        && (State, Reason, SinceMs, Confidence, Source, Detail) == (other.State, other.Reason, other.SinceMs, other.Confidence, other.Source, other.Detail);
}
