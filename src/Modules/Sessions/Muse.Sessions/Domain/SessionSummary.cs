using Muse.Sessions.Persistence;

namespace Muse.Sessions.Domain;

/// <summary>A session as lists, windows and streams show it.</summary>
/// <param name="State"><c>live</c>: written within five minutes; <c>kept</c>: its files are gone, and Muse has kept what was in them;
/// <c>missing</c>: they are gone, and only previews are left of what was not kept; else <c>quiet</c>.</param>
/// <param name="Indexed">Part of its bytes that is indexed, 0 to 1.</param>
internal sealed record SessionSummary(
    string Id, [property: AgentWord] string Agent, string NativeId, string Machine, string Title, string Project, string? ProjectPath, string? Branch,
    string? Model, string? Version, [property: StateWord] string State, long? StartedAtMs, long? LastAtMs, long Prompts, long Replies, long Tools, long Errors,
    long Items, long Agents, long AddedLines, long RemovedLines, long SizeBytes, long UnknownLines, long MalformedLines, string? ParentId,
    string? LastPrompt, string? LastReply, double Indexed, SessionMarks Marks)
{
    private const long LiveForMs = 5 * 60 * 1000;

    /// <summary>Sessions with a last record at or after this are live.</summary>
    public static long LiveSince(TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds() - LiveForMs;

    /// <param name="parentId">Id of the session it came from, if Muse has it.</param>
    /// <param name="isKept">If its files are gone: Muse has kept their bytes.</param>
    /// <param name="marks">What a person said of it.</param>
    public static SessionSummary Of(SessionRow row, string? parentId, bool isKept, SessionMarks marks, TimeProvider clock)
    {
        var path = row.ProjectPath ?? row.Cwd;
        return new SessionSummary(
            row.Id, row.Agent, row.NativeId, row.Machine, marks.OwnTitle ?? (row.Title.Length > 0 ? row.Title : row.LastPrompt ?? row.NativeId),
            LastSegment(path), path, row.Branch, row.Model, row.Version,
            row.Missing ? isKept ? "kept" : "missing" : row.LastAtMs >= LiveSince(clock) ? "live" : "quiet",
            row.StartedAtMs, row.LastAtMs == 0 ? null : row.LastAtMs, row.Prompts, row.Replies, row.Tools, row.Errors, row.Items, row.Agents,
            row.AddedLines, row.RemovedLines, row.SizeBytes, row.UnknownLines, row.MalformedLines, parentId, row.LastPrompt, row.LastReply,
            row.SizeBytes == 0 ? 1 : Math.Round(Math.Min(1, (double)row.CommittedBytes / row.SizeBytes), 4), marks);
    }

    public static string LastSegment(string? path)
    {
        var trimmed = path?.TrimEnd('/', '\\') ?? "";
        return trimmed[(trimmed.LastIndexOfAny(['/', '\\']) + 1)..];
    }
}

/// <summary>A session's row with the id of the session it came from and what a person said of it.</summary>
/// <param name="IsKept">False while its files are there.</param>
internal sealed record SessionWithParent(SessionRow Row, string? ParentId, bool IsKept, SessionMarks Marks)
{
    public SessionSummary Summary(TimeProvider clock) => SessionSummary.Of(Row, ParentId, IsKept, Marks, clock);
}
