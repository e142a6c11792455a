namespace Muse.Contracts.Sessions;

/// <summary>
/// One read of one transcript was committed: what others project of it, in compact arrays, never bodies. At most about
/// 1 MB or 1,000 items of transcript. Can be made again from the transcript, so the journal may prune it.
/// </summary>
/// <param name="SessionId">Muse's id of the session (machine + agent + the agent's own id).</param>
/// <param name="Agent"><c>claude-code</c>, <c>codex</c>, <c>gemini</c>.</param>
/// <param name="AgentId">The subagent whose transcript was read; null for the session's own.</param>
/// <param name="Generation">Number of the file's generation, unique in the archive.</param>
/// <param name="FromOffset">First byte read.</param>
/// <param name="ToOffset">Byte after the last line read.</param>
/// <param name="ReaderVersion">Version of the reader that read it.</param>
[FactName("sessions.transcript-read.v1", CanBeMadeAgain = true)]
public sealed record TranscriptRead(
    string SessionId,
    string Agent,
    string? AgentId,
    long Generation,
    long FromOffset,
    long ToOffset,
    int ReaderVersion,
    string? ProjectPath,
    string? Branch,
    UsageRow[] Usage,
    PromptSeen[] Prompts,
    EditSeen[] Edits,
    ToolSeen[] Tools,
    CommitSeen[] Commits,
    ErrorSeen[] Errors) : IFact
{
    /// <summary>Turns that a person broke off.</summary>
    public InterruptionSeen[] Interruptions { get; init; } = [];

    /// <summary>Of each usage window of the agent's service the first and the last that the transcript states.</summary>
    public LimitSeen[] Limits { get; init; } = [];

    /// <inheritdoc />
    public string DedupKey => $"{Generation}:{FromOffset}-{ToOffset}:{ReaderVersion}";
}

/// <summary>
/// The tokens of one API response as one record states them. The four input buckets are disjoint; reasoning is part of
/// output. Several rows may share an identity (streamed snapshots, replays in forks and subagents): whoever adds up
/// keeps one row per identity, the one with the greatest output.
/// </summary>
/// <param name="Identity">Global identity of the response: equal identities are the same response.</param>
/// <param name="AtMs">UTC milliseconds of the record.</param>
/// <param name="Model">As the agent wrote it; null if no record named one.</param>
/// <param name="Sidechain">The record stands in a side conversation; of two equal identities the other one counts.</param>
/// <param name="Inherited">Copied from a parent transcript: shown, never counted.</param>
/// <param name="Fast">The agent's fast mode, which has its own price.</param>
/// <param name="ContextWindow">Tokens that fit into the agent's context as it says itself; null if it does not.</param>
public sealed record UsageRow(
    string Identity,
    long AtMs,
    string? Model,
    long InputTokens,
    long CacheWrite5mTokens,
    long CacheWrite1hTokens,
    long CacheReadTokens,
    long OutputTokens,
    long ReasoningTokens,
    int WebSearches,
    bool Sidechain,
    bool Inherited,
    bool Fast,
    long? ContextWindow = null);

/// <summary>A person's prompt, or the agent's last word before the next one as far as is known yet, cut to a preview.</summary>
/// <param name="Reply">True for the agent's word.</param>
public sealed record PromptSeen(long Ordinal, long AtMs, bool Reply, string Preview);

/// <summary>One file changed by a tool call.</summary>
/// <param name="Path">As the agent wrote it; usually absolute.</param>
public sealed record EditSeen(long Ordinal, long AtMs, string Path, int AddedLines, int RemovedLines);

/// <summary>One finished tool call.</summary>
/// <param name="Status"><c>ok</c>, <c>error</c>, <c>denied</c>, <c>cancelled</c>.</param>
public sealed record ToolSeen(long Ordinal, long AtMs, string Name, string Status, long? DurationMs);

/// <summary>A commit whose hash a tool's own output shows.</summary>
public sealed record CommitSeen(long Ordinal, long AtMs, string Hash, string? Subject);

/// <summary>A person broke the turn off.</summary>
public sealed record InterruptionSeen(long Ordinal, long AtMs);

/// <summary>An error of the API or the agent, not of a tool.</summary>
/// <param name="Code">The agent's own code, for example <c>rate_limit</c>.</param>
public sealed record ErrorSeen(long Ordinal, long AtMs, string Code, string Preview);

/// <summary>How much of a usage window is used up, as the agent's service said.</summary>
/// <param name="Name">The service's name of the limit, for example <c>codex</c>; null if it gives none.</param>
/// <param name="WindowMinutes">Length of the window: 300 for five hours, 10080 for a week.</param>
/// <param name="UsedPercent">0 to 100.</param>
/// <param name="ResetsAtMs">UTC milliseconds of the window's end; null if it is not said. The same end may be said some seconds apart.</param>
/// <param name="Plan">The service's name of the plan, for example <c>pro</c>; null if it gives none.</param>
public sealed record LimitSeen(long AtMs, string? Name, int WindowMinutes, double UsedPercent, long? ResetsAtMs, string? Plan);
