using Muse.BuildingBlocks.Modules;

namespace Muse.Board.Persistence;

/// <summary>A card as last told.</summary>
internal sealed class CardRow
{
    /// <summary>See <see cref="Domain.CardId"/>.</summary>
    public required string Id { get; set; }
    public required string Agent { get; set; }
    public string? SessionId { get; set; }
    public string? NativeId { get; set; }
    public long? Pid { get; set; }
    public string? ProcStart { get; set; }
    public string? Socket { get; set; }
    public string? Pane { get; set; }
    public string? Cwd { get; set; }
    public required string State { get; set; }
    public string? Reason { get; set; }
    public long SinceMs { get; set; }
    public required string Confidence { get; set; }
    public string? Source { get; set; }
    public string? Detail { get; set; }

    /// <summary>The state before nothing was known any more; the same as <see cref="State"/> otherwise.</summary>
    public string? KnownState { get; set; }
    public string? KnownReason { get; set; }
    public long KnownSinceMs { get; set; }
    public long Revision { get; set; }
    public long CreatedAtMs { get; set; }

    /// <summary>Journal number of the last change, by which streams resume.</summary>
    public long ChangedSeq { get; set; }

    /// <summary>No card any more; kept for a day, so that who comes back is told.</summary>
    public bool Removed { get; set; }
}

/// <summary>The last evidence of one source about one card.</summary>
internal sealed class EvidenceRow
{
    public required string CardId { get; set; }
    public required string Source { get; set; }
    public required string Claim { get; set; }
    public string? Reason { get; set; }
    public string? Detail { get; set; }
    public long AtMs { get; set; }
    public long? ValidUntilMs { get; set; }
}

/// <summary>What a person has said about a card; outlives it, since a session comes back.</summary>
internal sealed class MarkRow
{
    public required string CardId { get; set; }
    public bool Pinned { get; set; }
    public bool Muted { get; set; }
    public long? SnoozedUntilMs { get; set; }
    public bool SnoozedUntilChange { get; set; }
    public long SeenAtMs { get; set; }
}

/// <summary>One payload as it came, cut; the newest are kept.</summary>
internal sealed class HookRow
{
    public long Id { get; set; }
    public required string Agent { get; set; }
    public required string Event { get; set; }
    public string? NativeId { get; set; }
    public long AtMs { get; set; }
    public long SizeBytes { get; set; }

    /// <summary>What is wrong with it; null if nothing.</summary>
    public string? Problem { get; set; }
    public byte[] Payload { get; set; } = [];
}

/// <summary>How many of an event came.</summary>
internal sealed class HookCountRow
{
    public required string Agent { get; set; }
    public required string Event { get; set; }
    public long Count { get; set; }
    public long Problems { get; set; }
    public long LastAtMs { get; set; }
}

/// <summary>What a card shows of its session, from the transcripts of the session and its subagents.</summary>
internal sealed class RollupRow : IProjected
{
    public required string SessionId { get; set; }
    public string? ProjectPath { get; set; }
    public string? Branch { get; set; }
    public long PlaceAtMs { get; set; }
    public string? LastAsk { get; set; }
    public long LastAskAtMs { get; set; }

    /// <summary>The agent's last word, or the name and outcome of its last tool call.</summary>
    public string? LastAction { get; set; }
    public string? LastActionKind { get; set; }
    public long LastActionAtMs { get; set; }
    public string? Model { get; set; }
    public long ModelAtMs { get; set; }

    /// <summary>Tokens that the last response of the main conversation was given and gave.</summary>
    public long ContextTokens { get; set; }
    public long ContextAtMs { get; set; }
    public long Errors { get; set; }
    public string? LastError { get; set; }
    public long LastErrorAtMs { get; set; }
}

/// <summary>An error of a session, once.</summary>
internal sealed class ErrorRow : IProjected
{
    public required string SessionId { get; set; }
    public long AtMs { get; set; }
    public required string Code { get; set; }
}
