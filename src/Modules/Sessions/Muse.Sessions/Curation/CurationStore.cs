using Microsoft.Data.Sqlite;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts;
using Muse.Contracts.Sessions;
using Muse.Sessions.Domain;
using Muse.Sessions.Live;

namespace Muse.Sessions.Curation;

/// <summary>
/// Writes what a person says about sessions. Not through the commands' pipeline, because a session's row carries the journal
/// number of its change and open streams are told after the commit, as with what is read.
/// </summary>
internal sealed class CurationStore(MuseDatabase database, FactJournal journal, LiveFeed feed)
{
    /// <summary>Runs the change in one transaction and tells who watches.</summary>
    public async Task<T> WriteAsync<T>(Func<CurationWrite, T> change, CancellationToken ct)
    {
        using var gate = await database.EnterWriteAsync(ct);
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        using var write = new CurationWrite(connection);
        var result = change(write);
        IReadOnlyList<(long Seq, IFact Fact)> appended = [];
        if (write.Sessions.Count > 0)
        {
            appended = journal.Append(connection, [.. write.Sessions.Select(write.Fact).OfType<SessionCurated>()]);
            foreach (var (seq, fact) in appended)
            {
                write["UPDATE sessions_sessions SET changed_seq = max(changed_seq, ?) WHERE id = ?"].Bind(seq).Bind(((SessionCurated)fact).SessionId).Execute();
            }
        }

        await transaction.CommitAsync(CancellationToken.None);
        journal.Committed(appended);
        foreach (var (seq, fact) in appended)
        {
            feed.PublishSession(((SessionCurated)fact).SessionId, seq);
        }

        foreach (var told in write.Told)
        {
            feed.PublishCuration(told);
        }

        return result;
    }
}

/// <summary>One change of what a person says, with its statements.</summary>
internal sealed class CurationWrite(SqliteConnection connection) : IDisposable
{
    private readonly PreparedStatements _statements = new(() => connection);

    /// <summary>Sessions whose rows look different after it.</summary>
    public HashSet<string> Sessions { get; } = new(StringComparer.Ordinal);

    /// <summary>What else open pages have to fetch again.</summary>
    public List<LiveMessages.CurationData> Told { get; } = [];

    /// <param name="sql">Constant text.</param>
    public PreparedStatement this[string sql] => _statements[sql];

    public bool HasSession(string id) => this["SELECT count(*) FROM sessions_sessions WHERE id = ?"].Bind(id).FirstNumber() > 0;

    /// <summary>Marks the session as changed; makes its row if this is the first that is said of it.</summary>
    public void Touch(string sessionId)
    {
        this["""
            INSERT INTO sessions_curation (session_id, pinned, starred, archived, revision) VALUES (?, 0, 0, 0, 1)
            ON CONFLICT DO UPDATE SET revision = revision + 1
            """].Bind(sessionId).Execute();
        Sessions.Add(sessionId);
    }

    /// <summary>Sets <c>pin</c>, <c>star</c>, <c>archive</c> or <c>read</c> of a session that there is.</summary>
    /// <returns>False if it was so already: then nobody needs to hear of it.</returns>
    public bool Mark(string id, string mark, bool on, long nowMs)
    {
        const string make = "INSERT INTO sessions_curation (session_id, pinned, starred, archived, revision) VALUES (?, 0, 0, 0, 0) ON CONFLICT DO NOTHING";
        this[make].Bind(id).Execute();
        var sql = mark switch
        {
            "pin" => "UPDATE sessions_curation SET pinned = ?2 WHERE session_id = ?1 AND pinned <> ?2",
            "star" => "UPDATE sessions_curation SET starred = ?2 WHERE session_id = ?1 AND starred <> ?2",
            "archive" => "UPDATE sessions_curation SET archived = ?2 WHERE session_id = ?1 AND archived <> ?2",
            // What was written up to now, whatever the clock of who wrote it; a record that comes later makes it unread again.
            _ => """
                UPDATE sessions_curation SET read_at_ms = CASE WHEN ?2 THEN max(?3, (SELECT last_at_ms FROM sessions_sessions WHERE id = ?1)) ELSE 0 END
                WHERE session_id = ?1 AND ?2 = ((SELECT last_at_ms FROM sessions_sessions WHERE id = ?1)
                  > coalesce(read_at_ms, (SELECT at_ms FROM sessions_read_start)))
                """,
        };
        var set = this[sql].Bind(id).Bind(on ? 1 : 0);
        if ((mark == "read" ? set.Bind(nowMs) : set).Execute() == 0)
        {
            return false;
        }

        Touch(id);
        return true;
    }

    /// <summary>Puts a tag on a session that there is, and makes the tag if there is none of its name; or takes it off, also where its rule puts it on.</summary>
    /// <param name="tag">As <see cref="TagName"/> stores it.</param>
    public void Tag(string id, string tag, bool on)
    {
        if (this["INSERT INTO sessions_tags (name, color) VALUES (?, ?) ON CONFLICT DO NOTHING"].Bind(tag).Bind(TagColorWordAttribute.All[0]).Execute() > 0)
        {
            Told.Add(new("tags", null));
        }

        this["""
            INSERT INTO sessions_session_tags (session_id, tag, is_on) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET is_on = excluded.is_on
            """].Bind(id).Bind(tag).Bind(on ? 1 : 0).Execute();
        Touch(id);
    }

    /// <summary>Keeps which sessions a note names, and tells all of them: they show that they are named. No text, no links.</summary>
    public void Link(string noteId, string sessionId, string text)
    {
        var named = this["SELECT session_id FROM sessions_note_links WHERE note_id = ?"].Bind(noteId).All(row => row.Text(0));
        this["DELETE FROM sessions_note_links WHERE note_id = ?"].Bind(noteId).Execute();
        foreach (var link in NoteText.Links(text))
        {
            this["INSERT INTO sessions_note_links (note_id, session_id) VALUES (?, ?)"].Bind(noteId).Bind(link).Execute();
            named.Add(link);
        }

        Touch(sessionId);
        Told.AddRange(named.Append(sessionId).Distinct(StringComparer.Ordinal).Select(id => new LiveMessages.CurationData("notes", id)));
    }

    public SessionCurated? Fact(string sessionId) => this["""
        SELECT session_id, revision, title, pinned, starred, archived, read_at_ms FROM sessions_curation WHERE session_id = ?
        """].Bind(sessionId).First(row => new SessionCurated(
            row.Text(0), row.Number(1), row.TextOrNull(2), row.Int(3) != 0, row.Int(4) != 0, row.Int(5) != 0, row.NumberOrNull(6)));

    public void Dispose() => _statements.Dispose();
}
