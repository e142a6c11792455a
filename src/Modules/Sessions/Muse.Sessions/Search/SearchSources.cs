using Muse.BuildingBlocks.Persistence;

namespace Muse.Sessions.Search;

/// <summary>A generation that is read now, as far as the ingest has it.</summary>
/// <param name="CommittedBytes">Read so far.</param>
/// <param name="LastAtMs">Time of the transcript, for items without one.</param>
/// <param name="Missing">The file is gone: previews are all that is left of what Muse has not kept.</param>
/// <param name="Marks">Of all its items.</param>
internal sealed record SearchSource(
    long Transcript, long Generation, long Items, long Revision, long CommittedBytes, string Path, string Agent, bool Missing, long LastAtMs,
    string SessionId, string? AgentId, string Marks)
{
    public SearchOrigin Origin => new(SessionId, AgentId, Agent, Path, Generation, CommittedBytes);
}

/// <summary>What there is to search.</summary>
internal sealed class SearchSources(MuseDatabase database)
{
    /// <summary>All of them, newest first.</summary>
    public List<SearchSource> All()
    {
        using var reader = database.Read();
        return reader.Query("""
            SELECT t.id, t.generation, g.items, g.revision, t.path, t.agent, t.missing, coalesce(t.last_at_ms, s.last_at_ms) AS at,
                coalesce(s.project_path, s.cwd), coalesce(t.model, s.model), g.committed_bytes, t.session_id, t.agent_id
            FROM sessions_transcripts t JOIN sessions_generations g ON g.id = t.generation JOIN sessions_sessions s ON s.id = t.session_id
            ORDER BY at DESC, t.id DESC
            """).All(row => new SearchSource(
                row.Number(0), row.Number(1), row.Number(2), row.Number(3), row.Number(10), row.Text(4), row.Text(5), row.Number(6) != 0, row.Number(7),
                row.Text(11), row.TextOrNull(12), SearchText.MarksOf(row.Text(5), row.TextOrNull(8), row.TextOrNull(9))));
    }
}
