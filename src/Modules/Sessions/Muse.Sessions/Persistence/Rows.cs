namespace Muse.Sessions.Persistence;

/// <summary>One conversation: a root transcript plus its subagents'.</summary>
internal sealed class SessionRow
{
    /// <summary>See <see cref="Contracts.Sessions.SessionId"/>.</summary>
    public required string Id { get; set; }
    public required string Machine { get; set; }
    public required string Agent { get; set; }
    public required string NativeId { get; set; }
    public string Title { get; set; } = "";

    /// <summary><see cref="Reading.TitleRank"/> of the title.</summary>
    public int TitleRank { get; set; }
    public string? ProjectPath { get; set; }
    public string? Cwd { get; set; }
    public string? Branch { get; set; }
    public string? Model { get; set; }
    public string? Version { get; set; }
    public long? StartedAtMs { get; set; }

    /// <summary>Time of the last record, or of the file where records have none.</summary>
    public long LastAtMs { get; set; }
    public long Prompts { get; set; }
    public long Replies { get; set; }
    public long Tools { get; set; }
    public long Errors { get; set; }
    public long Items { get; set; }
    public long AddedLines { get; set; }
    public long RemovedLines { get; set; }
    public long Agents { get; set; }
    public long SizeBytes { get; set; }
    public long CommittedBytes { get; set; }
    public long UnknownLines { get; set; }
    public long MalformedLines { get; set; }
    public string? LastPrompt { get; set; }
    public string? LastReply { get; set; }
    public string? ParentNativeId { get; set; }
    public bool Internal { get; set; }

    /// <summary>True once none of its transcripts is on disk any more.</summary>
    public bool Missing { get; set; }

    /// <summary>Journal number of the last change, by which streams resume.</summary>
    public long ChangedSeq { get; set; }
}

/// <summary>A transcript file.</summary>
internal sealed class TranscriptRow
{
    public long Id { get; set; }
    public required string SessionId { get; set; }

    /// <summary>Null for the session's own transcript.</summary>
    public string? AgentId { get; set; }
    public string? AgentType { get; set; }
    public string? Description { get; set; }
    public string? ParentCallId { get; set; }
    public required string Agent { get; set; }
    public required string Root { get; set; }
    public required string Path { get; set; }

    /// <summary>The generation that is read now; 0 before the first read.</summary>
    public long Generation { get; set; }
    public bool Missing { get; set; }
    public string? Model { get; set; }
    public long? StartedAtMs { get; set; }
    public long? LastAtMs { get; set; }

    /// <summary>Tokens that the last response was given and gave; null if none was read since this is kept.</summary>
    public long? ContextTokens { get; set; }

    /// <summary>Tokens that fit, as the agent says; null if it does not.</summary>
    public long? ContextWindow { get; set; }
}

/// <summary>
/// One life of a file: from its first byte until it is truncated, replaced or rewritten. Everything read from it is
/// keyed by it, so that a new generation never mixes with what was there.
/// </summary>
internal sealed class GenerationRow
{
    public long Id { get; set; }
    public long TranscriptId { get; set; }
    public long Device { get; set; }
    public long Inode { get; set; }
    public long SizeBytes { get; set; }
    public long ModifiedNs { get; set; }

    /// <summary>Everything before this byte is read and committed.</summary>
    public long CommittedBytes { get; set; }

    /// <summary>State of <see cref="Ingest.PrefixProof"/> at <see cref="CommittedBytes"/>: proof that the file only grew.</summary>
    public byte[] PrefixHash { get; set; } = [];
    public int ReaderVersion { get; set; }
    public byte[] ReaderState { get; set; } = [];

    /// <summary>Counts the reads; items carry the number of the read that last changed them.</summary>
    public long Revision { get; set; }
    public long Items { get; set; }
    public long ItemLines { get; set; }
    public long FoldedLines { get; set; }
    public long UnknownLines { get; set; }
    public long MalformedLines { get; set; }
    public long BlankLines { get; set; }

    // Counted per generation, so that a session's figures are the sum of its current generations whatever was superseded.
    public long Prompts { get; set; }
    public long Replies { get; set; }
    public long Tools { get; set; }
    public long Errors { get; set; }
    public long AddedLines { get; set; }
    public long RemovedLines { get; set; }

    /// <summary>The file was truncated, replaced or rewritten since; kept as what was there.</summary>
    public bool Superseded { get; set; }
}

/// <summary>An item's place and what a folded row needs.</summary>
internal sealed class ItemRow
{
    /// <summary>Generation and ordinal in one number, see <see cref="Domain.ItemKey"/>: a window is a range of the primary key.</summary>
    public long Key { get; set; }
    public required string Kind { get; set; }
    public long Offset { get; set; }
    public int Length { get; set; }
    public int Block { get; set; }
    public long? AtMs { get; set; }
    public string? Name { get; set; }
    public string? CallId { get; set; }
    public int Flags { get; set; }
    public required string Preview { get; set; }
    public long? ResultOffset { get; set; }
    public int ResultLength { get; set; }

    /// <summary>JSON of <see cref="Reading.ToolOutcome"/>.</summary>
    public string? Outcome { get; set; }
    public string? AgentId { get; set; }
    public int Images { get; set; }
    public long Revision { get; set; }
}

/// <summary>One file changed by one tool call.</summary>
internal sealed class EditRow
{
    public long Id { get; set; }

    /// <summary>Key of the tool's item.</summary>
    public long ItemKey { get; set; }
    public required string Path { get; set; }
    public long AtMs { get; set; }
    public int Added { get; set; }
    public int Removed { get; set; }
}

/// <summary>A record type no reader knows, per generation and agent version.</summary>
internal sealed class UnknownTypeRow
{
    public long Generation { get; set; }
    public required string Version { get; set; }
    public required string Type { get; set; }
    public long Count { get; set; }
    public long FirstOffset { get; set; }
}
