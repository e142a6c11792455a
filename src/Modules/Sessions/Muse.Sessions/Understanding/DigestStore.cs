using Muse.BuildingBlocks.Persistence;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Understanding;

/// <summary>A session whose digest is older than what was read of it.</summary>
/// <param name="IsNew">It has none yet.</param>
internal readonly record struct StaleSession(string Id, long Seq, bool IsNew);

/// <summary>Reads what digests are made of, and keeps them.</summary>
internal sealed class DigestStore(MuseDatabase database)
{
    private const ItemFlags NoPart = ItemFlags.Void | ItemFlags.Inherited | ItemFlags.Sidechain;

    /// <summary>Sessions to look at, those written last first.</summary>
    public List<StaleSession> Stale(int most)
    {
        using var reader = database.Read();
        return reader.Query("""
            SELECT s.id, s.changed_seq, d.session_id IS NULL FROM sessions_sessions s LEFT JOIN sessions_digests d ON d.session_id = s.id
            WHERE d.session_id IS NULL OR d.seq < s.changed_seq OR d.version <> ? ORDER BY s.last_at_ms DESC LIMIT ?
            """).Bind(SessionDigest.Version).Bind(most).All(row => new StaleSession(row.Text(0), row.Number(1), row.Int(2) != 0));
    }

    /// <summary>The items that are part of the conversation now, with the files that they changed; and whether it begins with a copy.</summary>
    public (List<Step> Steps, bool IsFork) Steps(CurrentTranscript transcript)
    {
        using var reader = database.Read();
        var (steps, isFork) = (new List<Step>(), false);
        var (first, last) = (ItemKey.First(transcript.Generation), ItemKey.Last(transcript.Generation));
        reader.Query("SELECT i.key, i.kind, i.at_ms, i.name, i.flags, i.preview FROM sessions_items i WHERE i.key BETWEEN ? AND ? ORDER BY i.key")
            .Bind(first).Bind(last).Each(row =>
            {
                var flags = (ItemFlags)row.Int(4);
                isFork |= (flags & ItemFlags.Inherited) != ItemFlags.None;
                if ((flags & NoPart) == ItemFlags.None)
                {
                    steps.Add(new Step(ItemKey.Ordinal(row.Number(0)), ItemView.KindOf(row.Text(1)), row.NumberOrNull(2), row.TextOrNull(3), flags, row.Text(5)));
                }

                return true;
            });
        var byOrdinal = steps.Where(s => s.IsTool).ToDictionary(s => s.Ordinal);
        reader.Query("SELECT e.item_key, e.path FROM sessions_edits e WHERE e.item_key BETWEEN ? AND ? ORDER BY e.id").Bind(first).Bind(last).Each(row =>
        {
            if (byOrdinal.TryGetValue(ItemKey.Ordinal(row.Number(0)), out var step))
            {
                step.Edits.Add(row.Text(1));
            }

            return true;
        });
        return (steps, isFork);
    }

    /// <summary>Files changed in all the session's transcripts, with the number of changes.</summary>
    public Dictionary<string, int> Touched(string sessionId)
    {
        using var reader = database.Read();
        var touched = new Dictionary<string, int>(StringComparer.Ordinal);
        var generations = reader.Query("SELECT generation FROM sessions_transcripts WHERE session_id = ?").Bind(sessionId).All(row => row.Number(0));
        foreach (var generation in generations.Distinct())
        {
            reader.Query("SELECT e.path, count(*) FROM sessions_edits e WHERE e.item_key BETWEEN ? AND ? GROUP BY e.path")
                .Bind(ItemKey.First(generation)).Bind(ItemKey.Last(generation)).Each(row =>
                {
                    touched[row.Text(0)] = touched.GetValueOrDefault(row.Text(0)) + row.Int(1);
                    return true;
                });
        }

        return touched;
    }

    /// <summary>How full the context was at the last response of the session's own transcript.</summary>
    public (long? Tokens, long? Window) Context(string sessionId)
    {
        using var reader = database.Read();
        var found = reader.Query("""
            SELECT context_tokens, context_window FROM sessions_transcripts WHERE session_id = ? AND agent_id IS NULL ORDER BY last_at_ms DESC, id DESC LIMIT 1
            """).Bind(sessionId).All(row => (row.NumberOrNull(0), row.NumberOrNull(1)));
        return found.FirstOrDefault();
    }

    public async Task WriteAsync(IReadOnlyList<(StaleSession Session, SessionDigest Digest)> made, CancellationToken ct)
    {
        using var gate = await database.EnterWriteAsync(ct);
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        using var sql = new PreparedStatements(() => connection);
        foreach (var ((id, seq, _), digest) in made)
        {
            sql["DELETE FROM sessions_open_loops WHERE session_id = ?"].Bind(id).Execute();
            sql["DELETE FROM sessions_touched WHERE session_id = ?"].Bind(id).Execute();
            foreach (var loop in digest.Loops)
            {
                sql["INSERT INTO sessions_open_loops (session_id, kind, text, item, at_ms) VALUES (?, ?, ?, ?, ?)"]
                    .Bind(id).Bind(loop.Kind).Bind(loop.Text).Bind(loop.Item).Bind(loop.AtMs).Execute();
            }

            foreach (var (path, edits) in digest.Touched)
            {
                sql["INSERT INTO sessions_touched (path, session_id, edits) VALUES (?, ?, ?)"].Bind(path).Bind(id).Bind(edits).Execute();
            }

            sql["""
                INSERT OR REPLACE INTO sessions_digests (session_id, seq, version, is_fork, findings, brief) VALUES (?, ?, ?, ?, ?, ?)
                """].Bind(id).Bind(seq).Bind(SessionDigest.Version).Bind(digest.IsFork ? 1 : 0).Bind(SessionDigest.Write(digest.Findings))
                .Bind(SessionDigest.Write(digest.Brief)).Execute();
        }

        await transaction.CommitAsync(CancellationToken.None);
    }
}
