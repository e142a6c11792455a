using Microsoft.Data.Sqlite;
using Muse.BuildingBlocks.Persistence;

namespace Muse.Sessions.Ingest;

/// <summary>The ingest path's statements, compiled once on its connection. Values are bound in the order of the text.</summary>
internal sealed class IngestStatements(SqliteConnection connection) : IDisposable
{
    public PreparedStatement Session { get; } = new(connection, """
        INSERT INTO sessions_sessions (id, machine, agent, native_id, title, title_rank, last_at_ms, prompts, replies, tools, errors, items,
          added_lines, removed_lines, agents, size_bytes, committed_bytes, unknown_lines, malformed_lines, internal, missing, changed_seq)
        VALUES (?, ?, ?, ?, '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING
        """);

    public PreparedStatement Transcript { get; } = new(connection, """
        INSERT INTO sessions_transcripts (session_id, agent_id, agent_type, description, parent_call_id, agent, root, path, generation, missing)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
        """);

    public PreparedStatement Item { get; } = new(connection, """
        INSERT INTO sessions_items ("key", kind, "offset", length, block, at_ms, name, call_id, flags, preview, result_offset, result_length,
          outcome, agent_id, images, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    public PreparedStatement Change { get; } = new(connection, """
        UPDATE sessions_items SET kind = coalesce(?, kind), "offset" = coalesce(?, "offset"), length = coalesce(?, length),
          block = coalesce(?, block), name = coalesce(?, name), flags = flags | ?, preview = coalesce(?, preview),
          result_offset = coalesce(?, result_offset), result_length = coalesce(?, result_length),
          outcome = CASE WHEN ? IS NULL THEN outcome ELSE json_patch(coalesce(outcome, '{}'), ?) END,
          agent_id = coalesce(?, agent_id), images = coalesce(?, images), revision = ? WHERE "key" = ?
        """);

    public PreparedStatement Edit { get; } = new(connection,
        "INSERT INTO sessions_edits (item_key, path, at_ms, added, removed) VALUES (?, ?, ?, ?, ?)");

    public PreparedStatement Unknown { get; } = new(connection, """
        INSERT INTO sessions_unknown_types (generation, version, type, count, first_offset) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET count = count + excluded.count
        """);

    public PreparedStatement Generation { get; } = new(connection, """
        INSERT INTO sessions_generations (id, transcript_id, device, inode, size_bytes, modified_ns, committed_bytes, prefix_hash,
          reader_version, reader_state, revision, items, item_lines, folded_lines, unknown_lines, malformed_lines, blank_lines,
          prompts, replies, tools, errors, added_lines, removed_lines, superseded)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
        ON CONFLICT (id) DO UPDATE SET device = excluded.device, inode = excluded.inode, size_bytes = excluded.size_bytes,
          modified_ns = excluded.modified_ns, committed_bytes = excluded.committed_bytes, prefix_hash = excluded.prefix_hash,
          reader_state = excluded.reader_state, revision = excluded.revision, items = excluded.items,
          item_lines = item_lines + excluded.item_lines, folded_lines = folded_lines + excluded.folded_lines,
          unknown_lines = unknown_lines + excluded.unknown_lines, malformed_lines = malformed_lines + excluded.malformed_lines,
          blank_lines = blank_lines + excluded.blank_lines, prompts = prompts + excluded.prompts, replies = replies + excluded.replies,
          tools = tools + excluded.tools, errors = errors + excluded.errors, added_lines = added_lines + excluded.added_lines,
          removed_lines = removed_lines + excluded.removed_lines
        """);

    public PreparedStatement GenerationStamp { get; } = new(connection,
        "UPDATE sessions_generations SET device = ?, inode = ?, size_bytes = ?, modified_ns = ? WHERE id = ?");

    public PreparedStatement Superseded { get; } = new(connection, "UPDATE sessions_generations SET superseded = 1 WHERE id = ?");
    public PreparedStatement DropItems { get; } = new(connection, "DELETE FROM sessions_items WHERE \"key\" BETWEEN ? AND ?");
    public PreparedStatement DropEdits { get; } = new(connection, "DELETE FROM sessions_edits WHERE item_key BETWEEN ? AND ?");
    public PreparedStatement DropUnknown { get; } = new(connection, "DELETE FROM sessions_unknown_types WHERE generation = ?");
    public PreparedStatement DropGeneration { get; } = new(connection, "DELETE FROM sessions_generations WHERE id = ?");

    public PreparedStatement TranscriptHead { get; } = new(connection, """
        UPDATE sessions_transcripts SET generation = ?, missing = ?, model = coalesce(?, model),
          started_at_ms = min(coalesce(started_at_ms, ?), coalesce(?, started_at_ms)),
          last_at_ms = max(coalesce(last_at_ms, ?), coalesce(?, last_at_ms)), context_tokens = coalesce(?, context_tokens),
          context_window = coalesce(?, context_window) WHERE id = ?
        """);

    /// <summary>The session's own words about itself. A title is replaced by one of at least its rank; the first prompt only once.</summary>
    public PreparedStatement SessionHead { get; } = new(connection, """
        UPDATE sessions_sessions SET
          title = CASE WHEN ?1 IS NOT NULL AND (?2 > title_rank OR (?2 = title_rank AND ?2 > 1)) THEN ?1 ELSE title END,
          title_rank = CASE WHEN ?1 IS NOT NULL THEN max(?2, title_rank) ELSE title_rank END,
          project_path = coalesce(project_path, ?3), cwd = coalesce(?4, cwd), branch = coalesce(?5, branch), model = coalesce(?6, model),
          version = coalesce(?7, version), last_prompt = coalesce(?8, last_prompt), last_reply = coalesce(?9, last_reply),
          parent_native_id = coalesce(parent_native_id, ?10), internal = coalesce(?11, internal) WHERE id = ?12
        """);

    /// <summary>A subagent's transcript names the session only as long as its own transcript has not.</summary>
    public PreparedStatement OrphanHead { get; } = new(connection, """
        UPDATE sessions_sessions SET title = CASE WHEN title_rank = 0 THEN coalesce(?, title) ELSE title END, cwd = coalesce(cwd, ?) WHERE id = ?
        """);

    /// <summary>
    /// The sums of the session's current generations; prompts, replies and items are those of its own transcript. A file without
    /// a single time (only half a line yet) dates the session by its own change until a record does. A transcript that was moved
    /// (Codex archives) stands in two rows under one file name: the later one counts.
    /// </summary>
    public PreparedStatement SessionFigures { get; } = new(connection, """
        UPDATE sessions_sessions SET (prompts, replies, items, tools, errors, added_lines, removed_lines, size_bytes, committed_bytes,
          unknown_lines, malformed_lines, agents) = (
            SELECT sum(g.prompts * (t.agent_id IS NULL)), sum(g.replies * (t.agent_id IS NULL)), sum(g.items * (t.agent_id IS NULL)),
              sum(g.tools), sum(g.errors), sum(g.added_lines), sum(g.removed_lines), sum(g.size_bytes), sum(g.committed_bytes),
              sum(g.unknown_lines), sum(g.malformed_lines), sum(t.agent_id IS NOT NULL)
            FROM sessions_transcripts t JOIN sessions_generations g ON g.id = t.generation WHERE t.session_id = ?
              AND (t.agent_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM sessions_transcripts o WHERE o.session_id = t.session_id
                AND o.agent_id IS NULL AND o.id > t.id
                AND replace(o.path, rtrim(o.path, replace(o.path, '/', '')), '') = replace(t.path, rtrim(t.path, replace(t.path, '/', '')), '')))),
          started_at_ms = min(coalesce(started_at_ms, ?), coalesce(?, started_at_ms)),
          last_at_ms = coalesce((SELECT max(last_at_ms) FROM sessions_transcripts WHERE session_id = ?), ?),
          missing = (SELECT min(missing) FROM sessions_transcripts WHERE session_id = ?)
        WHERE id = ?
        """);

    public PreparedStatement SessionChanged { get; } = new(connection, "UPDATE sessions_sessions SET changed_seq = max(changed_seq, ?) WHERE id = ?");
    public PreparedStatement TranscriptMissing { get; } = new(connection, "UPDATE sessions_transcripts SET missing = ? WHERE id = ?");

    public PreparedStatement SessionMissing { get; } = new(connection, """
        UPDATE sessions_sessions SET missing = (SELECT min(missing) FROM sessions_transcripts WHERE session_id = ?) WHERE id = ?
        """);

    /// <summary>What is kept has the bytes of the generation that was read from it.</summary>
    public PreparedStatement KeptGeneration { get; } = new(connection, "UPDATE sessions_kept_files SET generation = ? WHERE id = ?");

    public void Dispose()
    {
        foreach (var statement in new[]
        {
            Session, Transcript, Item, Change, Edit, Unknown, Generation, GenerationStamp, Superseded, DropItems, DropEdits, DropUnknown,
            DropGeneration, TranscriptHead, SessionHead, OrphanHead, SessionFigures, SessionChanged, TranscriptMissing, SessionMissing, KeptGeneration,
        })
        {
            statement.Dispose();
        }
    }
}
