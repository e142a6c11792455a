namespace Muse.Sessions.Reading;

/// <summary>
/// One agent's files: where they are, what each is, how lines become items and how an item's body is read from its
/// place. Everything an agent's format needs stands behind this; a further agent is a further implementation.
/// </summary>
internal interface ITranscriptFormat
{
    /// <summary><c>claude-code</c>, <c>codex</c>, <c>gemini</c>.</summary>
    string Agent { get; }

    /// <summary>Raised when the same bytes give other items or counts: files are then read again in the background.</summary>
    int Version { get; }

    /// <summary>Folders to look in, from the environment over the settings over the agent's default.</summary>
    IReadOnlyList<AgentRoot> Roots(AgentEnvironment environment);

    /// <summary>The folder below a root that holds transcripts (watched and walked).</summary>
    string TranscriptFolder(string root);

    /// <summary>True if the path is a transcript's. Must be cheap: no read, only the path. Of a packed file it is the plain one.</summary>
    bool IsTranscript(string path);

    /// <summary>Which session and role a transcript has.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="head">The first bytes of the file, at most 64 KB; may end inside a line.</param>
    TranscriptPlace? Identify(string root, string path, ReadOnlySpan<byte> head);

    /// <summary>True if the file is one JSON document that is rewritten whole, not lines that are appended.</summary>
    bool IsDocument(string path);

    /// <summary>Days without a change after which the agent deletes a transcript of a root; null if it never does.</summary>
    int? DeletesAfterDays(string root);

    /// <summary>The field of a line that holds the message, beside what the agent noted of it; null if the line is the message.</summary>
    string? Wrapper { get; }

    /// <summary>A reader that goes on from a saved state; an empty state starts at the first line.</summary>
    ITranscriptReader Open(TranscriptPlace place, ReadOnlySpan<byte> state);

    /// <summary>The body of an item, from its line and (for a tool) the line of its result.</summary>
    ItemBody ReadBody(Item item, ReadOnlySpan<byte> line, ReadOnlySpan<byte> resultLine, BodyLimits limits);

    /// <summary>Bytes of the item's image with this index; null if there is none.</summary>
    ImageBytes? ReadImage(Item item, int index, ReadOnlySpan<byte> line, ReadOnlySpan<byte> resultLine);
}

/// <summary>Turns lines into items. Not thread-safe; one reader per open transcript.</summary>
internal interface ITranscriptReader
{
    /// <summary>
    /// Reads one complete line. Never throws for what the line holds: a line that cannot be understood becomes an item
    /// of kind malformed or unknown, and every line is counted once in <see cref="ReadBatch.Lines"/>.
    /// </summary>
    /// <param name="line">The bytes without newline and carriage return.</param>
    /// <param name="offset">Offset of the first byte in the file.</param>
    void ReadLine(ReadOnlySpan<byte> line, long offset, ReadBatch batch);

    /// <summary>Reads a whole document (see <see cref="ITranscriptFormat.IsDocument"/>); its records count as lines.</summary>
    void ReadDocument(ReadOnlySpan<byte> document, ReadBatch batch);

    /// <summary>What the next line needs to know of the earlier ones; small, and independent of how the file was split.</summary>
    byte[] SaveState();
}

/// <param name="From">How it was chosen: <c>default</c>, <c>env CLAUDE_CONFIG_DIR</c>, <c>config</c>.</param>
internal sealed record AgentRoot(string Agent, string Path, string From);

/// <summary>The environment variables and the home folder that decide where agents keep their files.</summary>
/// <param name="Extra">Further roots per agent from the settings.</param>
internal sealed record AgentEnvironment(
    string Home, Func<string, string?> Variable, IReadOnlyDictionary<string, IReadOnlyList<string>> Extra);

/// <summary>Which session a transcript belongs to.</summary>
/// <param name="NativeId">The agent's own id of the session.</param>
/// <param name="AgentId">Set for a subagent's transcript within that session.</param>
/// <param name="ProjectHint">Project path known from the place of the file (registry, marker); null if none.</param>
/// <param name="Description">Of a subagent, from its sidecar.</param>
/// <param name="CopiedUntil">Records before this byte are copies of the parent's.</param>
/// <param name="Continues">The file goes on where another file of the same session ends: its counters do, too.</param>
internal sealed record TranscriptPlace(
    string NativeId,
    string? AgentId = null,
    string? ProjectHint = null,
    string? AgentType = null,
    string? Description = null,
    string? ParentCallId = null,
    string? ParentNativeId = null,
    bool Continues = false,
    long CopiedUntil = 0);

/// <param name="Text">Longest text, in characters.</param>
/// <param name="Output">Longest tool output, in characters; 0 leaves input, output, patches and todos out.</param>
internal readonly record struct BodyLimits(int Text, int Output);

internal sealed record ImageBytes(string MediaType, byte[] Data);

/// <summary>All of an item that a person can look at. Text is as written; whoever shows it sanitizes.</summary>
internal sealed class ItemBody
{
    public string? Text { get; set; }
    public bool TextCut { get; set; }

    /// <summary>Tool input as JSON text (UTF-8); null if there is none.</summary>
    public byte[]? Input { get; set; }
    public string? Output { get; set; }
    public bool OutputCut { get; set; }
    public long OutputBytes { get; set; }
    public List<Patch> Patches { get; } = [];
    public List<ImageInfo> Images { get; } = [];
    public List<TodoEntry> Todos { get; } = [];
}

internal sealed record Patch(string Path, int Added, int Removed, IReadOnlyList<PatchHunk> Hunks);

internal sealed record PatchHunk(int OldStart, int OldLines, int NewStart, int NewLines, IReadOnlyList<string> Lines);

internal sealed record ImageInfo(int Index, string MediaType, long Bytes);

/// <param name="Status"><c>pending</c>, <c>in_progress</c>, <c>completed</c>.</param>
internal sealed record TodoEntry(string Content, string Status);
