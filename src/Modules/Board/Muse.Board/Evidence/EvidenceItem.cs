using Muse.Board.Domain;

namespace Muse.Board.Evidence;

/// <summary>Who says something about a session.</summary>
internal enum EvidenceSource
{
    /// <summary>The process table: it runs, or it is gone.</summary>
    Process,

    /// <summary>The file that Claude Code keeps of each of its processes. A level: it holds until it is rewritten.</summary>
    Registry,

    /// <summary>A hook's payload. An edge: it tells of one moment.</summary>
    Hook,

    /// <summary>The newest record of the transcript. An edge.</summary>
    Transcript,

    /// <summary>The pane's title. A level.</summary>
    Title,

    /// <summary>A captured screen: as good as its moment.</summary>
    Screen,

    /// <summary>The pane printed something. Says nothing about the state, but that something moves.</summary>
    Output,
}

/// <summary>What a source says. The greater of two claims of one moment is the one to act on.</summary>
internal enum Claim
{
    /// <summary>It looked and cannot tell.</summary>
    Unclear,

    /// <summary>The process runs, or the pane moves.</summary>
    Alive,

    /// <summary>The program waits for the next prompt.</summary>
    Idle,

    /// <summary>A turn came to its end.</summary>
    TurnEnded,

    /// <summary>The turn ended; a shell or subagent of it still runs.</summary>
    Background,

    /// <summary>A turn runs.</summary>
    Busy,

    /// <summary>A dialog is open.</summary>
    Asks,

    /// <summary>The turn failed.</summary>
    Failed,

    /// <summary>The process or the session ended.</summary>
    Gone,
}

/// <summary>One source's claim about a session, with its time and its lifetime.</summary>
/// <param name="Reason">With <see cref="Claim.Asks"/> and <see cref="Claim.Failed"/>: what a person is needed for.</param>
/// <param name="Detail">One sanitized line.</param>
/// <param name="AtMs">UTC milliseconds since when the source says so; of an edge, its moment.</param>
/// <param name="ValidUntilMs">From then on it decides nothing; null for what holds until the source says otherwise.</param>
internal sealed record EvidenceItem(
    EvidenceSource Source, Claim Claim, NeedReason? Reason, string? Detail, long AtMs, long? ValidUntilMs = null)
{
    /// <summary>False for a claim that says nothing about the state.</summary>
    public bool Opines => Claim is not (Claim.Unclear or Claim.Alive);

    public bool IsValid(long nowMs) => ValidUntilMs is null || ValidUntilMs > nowMs;

    /// <summary>Of two claims of one source the one that counts, whichever arrived first.</summary>
    public static EvidenceItem Later(EvidenceItem one, EvidenceItem other) => Compare(one, other) >= 0 ? one : other;

    private static int Compare(EvidenceItem a, EvidenceItem b)
    {
        var order = a.AtMs.CompareTo(b.AtMs);
        order = order != 0 ? order : a.Claim.CompareTo(b.Claim);
        order = order != 0 ? order : (a.ValidUntilMs ?? long.MaxValue).CompareTo(b.ValidUntilMs ?? long.MaxValue);
        order = order != 0 ? order : Nullable.Compare(a.Reason, b.Reason);
        return order != 0 ? order : string.CompareOrdinal(a.Detail, b.Detail);
    }
}
