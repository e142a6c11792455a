using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Sessions;
using Muse.Insights.Persistence;

namespace Muse.Insights.Projections;

/// <summary>Keeps what commits are later held against, and what a day's journal tells. Every row is a greatest or least of what was told, so that no order or repetition matters.</summary>
internal sealed class SessionWorkProjection(ProjectionStatements<InsightsDbContext> statements) : IProjection<TranscriptRead>
{
    private const string Work = """
        INSERT INTO insights_session_work (session_id, agent, project_path, project_at_ms, first_at_ms, last_at_ms, is_stale) VALUES (?, ?, ?, ?, ?, ?, 1)
        ON CONFLICT (session_id) DO UPDATE SET
            project_path = CASE WHEN (excluded.project_at_ms, excluded.project_path) < (project_at_ms, project_path) THEN excluded.project_path ELSE project_path END,
            project_at_ms = min(project_at_ms, excluded.project_at_ms),
            first_at_ms = min(first_at_ms, excluded.first_at_ms), last_at_ms = max(last_at_ms, excluded.last_at_ms), is_stale = 1
        """;

    private const string Folder = "INSERT INTO insights_session_folders (folder, session_id) VALUES (?, ?) ON CONFLICT DO NOTHING";

    private const string Edit = """
        INSERT INTO insights_session_edits (session_id, path, at_ms, added_lines, removed_lines) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (session_id, path, at_ms) DO UPDATE SET
            added_lines = max(added_lines, excluded.added_lines), removed_lines = max(removed_lines, excluded.removed_lines)
        """;

    private const string Seen = """
        INSERT INTO insights_seen_commits (session_id, hash, subject, at_ms) VALUES (?, ?, ?, ?)
        ON CONFLICT (session_id, hash) DO UPDATE SET subject = max(coalesce(subject, excluded.subject), coalesce(excluded.subject, subject)), at_ms = min(at_ms, excluded.at_ms)
        """;

    // A transcript that was rewritten tells the same again under other numbers: those of its latest generation open.
    private const string Newer = """
        DO UPDATE SET ordinal = excluded.ordinal, generation = excluded.generation WHERE (excluded.generation, excluded.ordinal) > (generation, ordinal)
        """;

    private const string Error = """
        INSERT INTO insights_session_errors (at_ms, session_id, code, ordinal, generation, agent_id) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (at_ms, session_id, code) DO UPDATE SET ordinal = excluded.ordinal, generation = excluded.generation, agent_id = excluded.agent_id
        WHERE (excluded.generation, excluded.ordinal, excluded.agent_id) > (generation, ordinal, agent_id)
        """;

    private const string ToolFailed = $"""
        INSERT INTO insights_tool_errors (at_ms, session_id, tool, agent_id, ordinal, generation) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (at_ms, session_id, tool, agent_id) {Newer}
        """;

    private const string Ask = $"""
        INSERT INTO insights_session_asks (at_ms, session_id, text, ordinal, generation) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (at_ms, session_id, text) {Newer}
        """;

    public Task Handle(TranscriptRead notification, CancellationToken cancellationToken)
    {
        var (first, last) = Span(notification);
        if (last > 0)
        {
            Write(notification, first, last);
        }

        return Task.CompletedTask;
    }

    private void Write(TranscriptRead read, long first, long last)
    {
        // A subagent may work elsewhere; the project is where the person started.
        var named = read.ProjectPath is { Length: > 0 } && read.AgentId is null;
        statements[Work].Bind(read.SessionId).Bind(read.Agent).Bind(named ? read.ProjectPath : "").Bind(named ? first : long.MaxValue)
            .Bind(first).Bind(last).Execute();
        foreach (var folder in read.Edits.Select(e => Path.GetDirectoryName(e.Path)).Append(read.ProjectPath).Where(Path.IsPathRooted).Distinct(StringComparer.Ordinal))
        {
            statements[Folder].Bind(folder).Bind(read.SessionId).Execute();
        }

        foreach (var edit in read.Edits)
        {
            statements[Edit].Bind(read.SessionId).Bind(edit.Path).Bind(edit.AtMs).Bind(edit.AddedLines).Bind(edit.RemovedLines).Execute();
        }

        foreach (var commit in read.Commits)
        {
            statements[Seen].Bind(read.SessionId).Bind(commit.Hash).Bind(commit.Subject).Bind(commit.AtMs).Execute();
        }

        WriteForTheJournal(read);
    }

    private void WriteForTheJournal(TranscriptRead read)
    {
        foreach (var error in read.Errors)
        {
            statements[Error].Bind(error.AtMs).Bind(read.SessionId).Bind(error.Code).Bind(error.Ordinal).Bind(read.Generation).Bind(read.AgentId ?? "").Execute();
        }

        foreach (var tool in read.Tools)
        {
            if (tool is { Status: "error", AtMs: > 0 })
            {
                statements[ToolFailed].Bind(tool.AtMs).Bind(read.SessionId).Bind(tool.Name).Bind(read.AgentId ?? "").Bind(tool.Ordinal).Bind(read.Generation).Execute();
            }
        }

        foreach (var prompt in read.Prompts)
        {
            // In a subagent's transcript the prompt is the calling agent's task, not a person's word.
            if (prompt is { Reply: false, AtMs: > 0 } && read.AgentId is null)
            {
                statements[Ask].Bind(prompt.AtMs).Bind(read.SessionId).Bind(prompt.Preview).Bind(prompt.Ordinal).Bind(read.Generation).Execute();
            }
        }
    }

    /// <summary>UTC milliseconds of the first and last thing of its own that was told; what has no time does not count.</summary>
    private static (long First, long Last) Span(TranscriptRead read)
    {
        var (first, last) = (long.MaxValue, 0L);
        foreach (var usage in read.Usage)
        {
            Take(usage.Inherited ? 0 : usage.AtMs);
        }

        Array.ForEach(read.Prompts, p => Take(p.AtMs));
        Array.ForEach(read.Tools, t => Take(t.AtMs));
        Array.ForEach(read.Edits, e => Take(e.AtMs));
        Array.ForEach(read.Commits, c => Take(c.AtMs));
        Array.ForEach(read.Errors, e => Take(e.AtMs));
        return (first, last);

        void Take(long atMs)
        {
            if (atMs > 0)
            {
                (first, last) = (Math.Min(first, atMs), Math.Max(last, atMs));
            }
        }
    }
}
