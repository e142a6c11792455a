namespace Muse.Sessions.Reading.Claude;

internal enum ClaudeBlockType
{
    Other,
    Text,
    Thinking,
    RedactedThinking,
    ToolUse,
    ToolResult,
    Image,
    Document,
    Fallback,
}

/// <summary>One content block of a message, as places in the line.</summary>
internal struct ClaudeBlock
{
    public ClaudeBlockType Type;

    /// <summary>Text of a text or thinking block, of a result given as a string, or of the first text in a result's list.</summary>
    public JsonSlice Text;
    public JsonSlice Id;
    public JsonSlice Name;

    /// <summary>The one input value that says what a call is about: command, path, pattern, query, url, description.</summary>
    public JsonSlice About;
    public int AboutRank;
    public JsonSlice FilePath;
    public JsonSlice MediaType;
    public bool IsError;
    public int Images;

    /// <summary>The whole block's place, for the body.</summary>
    public int Start;
    public int End;
}

/// <summary>What the tool itself reported, see formats of <c>toolUseResult</c> by tool.</summary>
internal struct ClaudeToolReport
{
    public bool Present;

    /// <summary>The report is a string: an error or a refusal.</summary>
    public JsonSlice Text;
    public JsonSlice FilePath;
    public JsonSlice AgentId;
    public JsonSlice CommitSha;
    public JsonSlice Stdout;
    public JsonSlice Content;
    public JsonSlice Kind;
    public JsonSlice Status;
    public bool HasPatch;
    public int Added;
    public int Removed;
    public long? Hits;
    public long? DurationMs;
    public long Searches;
    public bool Interrupted;
    public bool Background;
}

internal struct ClaudeUsage
{
    public bool Present;
    public long Input;
    public long CacheWrite;
    public long CacheWrite5m;
    public long CacheWrite1h;
    public long CacheRead;
    public long Output;
    public long Thinking;
    public long WebSearches;
    public bool Fast;

    /// <summary>Of one element of <c>iterations</c>.</summary>
    public JsonSlice Model;
}

/// <summary>One line taken apart into places; the reader reuses one for all lines. Nothing here is text yet.</summary>
internal sealed class ClaudeRecord
{
    public JsonSlice Type, Subtype, Uuid, Cwd, Branch, Version, AgentId, Timestamp, Content, Operation, Title, Error, DenialKind, OriginKind;
    public JsonSlice MessageId, Model, StopReason, StringContent, AttachmentType, DataType, Extra, PrUrl, CommandMode, CompactTrigger, PromptSource;
    public long? AtMs;
    public long Number, RetryAttempt, MaxRetries;
    public bool IsSidechain, IsMeta, IsCompactSummary, IsApiError, PreventedContinuation, HasHookErrors, HasMessage;
    public bool AttachmentMeta;
    public ClaudeUsage Usage;
    public ClaudeToolReport Report;
    public readonly List<ClaudeBlock> Blocks = [];
    public readonly List<ClaudeUsage> Iterations = [];

    public void Clear()
    {
        Type = Subtype = Uuid = Cwd = Branch = Version = AgentId = Timestamp = Content = Operation = Title = Error = DenialKind = OriginKind = default;
        MessageId = Model = StopReason = StringContent = AttachmentType = DataType = Extra = PrUrl = CommandMode = CompactTrigger = PromptSource = default;
        AtMs = null;
        Number = RetryAttempt = MaxRetries = 0;
        IsSidechain = IsMeta = IsCompactSummary = IsApiError = PreventedContinuation = HasHookErrors = HasMessage = AttachmentMeta = false;
        Usage = default;
        Report = default;
        Blocks.Clear();
        Iterations.Clear();
    }
}
