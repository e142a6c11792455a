namespace Muse.Sessions.Reading;

/// <summary>What an item is. Stored as text in lower case.</summary>
internal enum ItemKind
{
    Prompt,
    Reply,
    Thinking,
    Tool,
    Compaction,

    /// <summary>A marked line, not a message: interruption, model change, resume, fork, rollback, mode.</summary>
    Mark,
    Notice,
    Error,

    /// <summary>A record type no reader knows: kept, counted, opened raw.</summary>
    Unknown,

    /// <summary>A line that is not JSON, or not an object.</summary>
    Malformed,
}

[Flags]
internal enum ItemFlags
{
    None = 0,
    Error = 1 << 0,
    Denied = 1 << 1,
    Cancelled = 1 << 2,
    Queued = 1 << 3,

    /// <summary>Written by the program in a person's name: expansions, reminders, hook output.</summary>
    Meta = 1 << 4,

    /// <summary>Copied from the transcript this one was forked from.</summary>
    Inherited = 1 << 5,

    /// <summary>Rolled back, rewound or superseded: no longer part of the conversation.</summary>
    Void = 1 << 6,
    Image = 1 << 7,
    Commit = 1 << 8,

    /// <summary>A side conversation written into the same file.</summary>
    Sidechain = 1 << 9,
    Background = 1 << 10,

    /// <summary>A tool call whose result has been read.</summary>
    Answered = 1 << 11,
}

/// <summary>
/// One thing to show or count, as its place in the file plus what a folded row needs. The body stays in the file and is
/// read from its place when somebody looks.
/// </summary>
internal sealed class Item
{
    /// <summary>Position in the transcript, from 0, in file order.</summary>
    public required long Ordinal { get; init; }

    public required ItemKind Kind { get; set; }

    /// <summary>First byte of the line in the file.</summary>
    public required long Offset { get; set; }

    /// <summary>Bytes of the line without its newline.</summary>
    public required int Length { get; set; }

    /// <summary>Which of the line's blocks this item is, when one line holds several.</summary>
    public int Block { get; set; }

    /// <summary>UTC milliseconds; null if the record has no time.</summary>
    public long? AtMs { get; set; }

    /// <summary>Tool name, mark, notice subtype, command kind, unknown type.</summary>
    public string? Name { get; set; }

    /// <summary>The agent's id of a tool call.</summary>
    public string? CallId { get; set; }

    public ItemFlags Flags { get; set; }

    /// <summary>One sanitized line, at most <see cref="PreviewText.MaxLength"/> characters.</summary>
    public string Preview { get; set; } = "";

    /// <summary>First byte of the line that holds the result; null while there is none.</summary>
    public long? ResultOffset { get; set; }

    public int ResultLength { get; set; }

    /// <summary>What a folded tool row says of the result.</summary>
    public ToolOutcome? Outcome { get; set; }

    /// <summary>The subagent this call started.</summary>
    public string? AgentId { get; set; }

    public int Images { get; set; }
}

/// <summary>What a folded tool row says of its call and result. Stored as JSON; absent values are left out.</summary>
/// <param name="File">The file or path the call is about.</param>
/// <param name="Lines">Lines of output.</param>
/// <param name="Bytes">Bytes of output text.</param>
/// <param name="Hits">Results of a search.</param>
/// <param name="Commit">Hash of a commit that the output shows.</param>
/// <param name="Summary">First informative line of the result.</param>
internal sealed record ToolOutcome(
    int? ExitCode = null,
    long? DurationMs = null,
    string? File = null,
    int? Added = null,
    int? Removed = null,
    int? Lines = null,
    long? Bytes = null,
    int? Hits = null,
    string? Commit = null,
    string? Summary = null)
{
    /// <summary>This outcome with what <paramref name="later"/> knows better.</summary>
    public ToolOutcome With(ToolOutcome? later) => later is null ? this : new ToolOutcome(
        later.ExitCode ?? ExitCode, later.DurationMs ?? DurationMs, later.File ?? File, later.Added ?? Added, later.Removed ?? Removed,
        later.Lines ?? Lines, later.Bytes ?? Bytes, later.Hits ?? Hits, later.Commit ?? Commit, later.Summary ?? Summary);
}
