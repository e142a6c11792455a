using Muse.BuildingBlocks.Persistence;
using Muse.Sessions.Domain;

namespace Muse.Sessions.Search;

/// <summary>The transcript a hit stands in.</summary>
internal sealed record SearchOrigin(string SessionId, string? AgentId, string Agent, string Path, long Generation, long CommittedBytes)
{
    /// <summary>Address of one of its items in the client, unfolded.</summary>
    public string LinkTo(long ordinal) =>
        $"/sessions/{Uri.EscapeDataString(SessionId)}?focus={ItemRef.Text(ordinal)}&unfold=1{(AgentId is null ? "" : $"&agent={Uri.EscapeDataString(AgentId)}")}";
}

/// <summary>Tells whose generation a document is of.</summary>
internal sealed class SearchOrigins(MuseDatabase database)
{
    /// <summary>Null for a generation that was superseded: its documents are no hits any more, even before they are removed.</summary>
    public SearchOrigin? Of(long generation)
    {
        using var reader = database.Read();
        return reader.Query("""
            SELECT t.session_id, t.agent_id, t.agent, t.path, g.committed_bytes FROM sessions_generations g
            JOIN sessions_transcripts t ON t.id = g.transcript_id AND t.generation = g.id WHERE g.id = ?
            """).Bind(generation).First(row => new SearchOrigin(row.Text(0), row.TextOrNull(1), row.Text(2), row.Text(3), generation, row.Number(4)));
    }
}
