using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;

namespace Muse.Sessions.Persistence;

/// <summary>
/// The reads behind the list, the windows and the streams. In SQL and prepared: a person waits for each of them, and
/// through EF the first costs half a second of compiling and the next ones ten times as much (docs/adr/0019).
/// </summary>
internal sealed class SessionReads(MuseDatabase database, SessionTags tags)
{
    /// <summary>True if Muse has kept all that was read of the session's transcripts; asked of those whose files are gone.</summary>
    public const string IsKept = """
        NOT EXISTS (SELECT 1 FROM sessions_transcripts t JOIN sessions_generations g ON g.id = t.generation WHERE t.session_id = s.id
            AND g.committed_bytes > 0 AND NOT EXISTS (SELECT 1 FROM sessions_kept_files k WHERE k.generation = g.id AND NOT k.dropped AND k.bytes >= g.committed_bytes))
        """;

    /// <summary>What every filter speaks of: <c>s</c>, the session, and <c>c</c>, what a person said of it.</summary>
    public const string FromSessions = "FROM sessions_sessions s LEFT JOIN sessions_curation c ON c.session_id = s.id";

    /// <summary>True for a session with records that nobody has looked at.</summary>
    public const string IsUnread = "s.last_at_ms > coalesce(c.read_at_ms, (SELECT at_ms FROM sessions_read_start))";

    // The parent is looked up by its native id: a link to a session Muse does not have helps nobody.
    private const string SelectSessions = $"""
        SELECT s.id, s.machine, s.agent, s.native_id, s.title, s.title_rank, s.project_path, s.cwd, s.branch, s.model, s.version,
            s.started_at_ms, s.last_at_ms, s.prompts, s.replies, s.tools, s.errors, s.items, s.added_lines, s.removed_lines, s.agents,
            s.size_bytes, s.committed_bytes, s.unknown_lines, s.malformed_lines, s.last_prompt, s.last_reply, s.parent_native_id, s.internal,
            s.missing, s.changed_seq,
            (SELECT p.id FROM sessions_sessions p
             WHERE s.parent_native_id IS NOT NULL AND p.machine = s.machine AND p.agent = s.agent AND p.native_id = s.parent_native_id),
            CASE WHEN s.missing THEN {IsKept} ELSE 0 END,
            c.title, c.pinned, c.starred, c.archived, {IsUnread}, (SELECT count(*) FROM sessions_notes n WHERE n.session_id = s.id)
        {FromSessions}
        """;

    private const string SelectTranscripts = """
        SELECT t.session_id, s.native_id, t.agent_id, t.agent_type, t.description, t.parent_call_id, t.agent, t.root, t.path, t.generation,
            g.revision, g.items, g.committed_bytes
        FROM sessions_transcripts t JOIN sessions_sessions s ON s.id = t.session_id LEFT JOIN sessions_generations g ON g.id = t.generation
        """;

    private const string SelectItems = """
        SELECT i.key, i.kind, i.offset, i.length, i.block, i.at_ms, i.name, i.call_id, i.flags, i.preview, i.result_offset, i.result_length,
            i.outcome, i.agent_id, i.images, i.revision
        FROM sessions_items i
        """;

    private const string OfKinds = "(?3 IS NULL OR instr(?3, ',' || i.kind || ',') > 0)";

    public SessionWithParent? Session(string id)
    {
        using var reader = database.Read();
        return tags.On(reader, reader.Query($"{SelectSessions} WHERE s.id = ?").Bind(id).All(ToSession)).FirstOrDefault();
    }

    public long CountSessions(SqlFilter filter)
    {
        using var reader = database.Read();
        return filter.BindTo(reader.Query($"SELECT count(*) {FromSessions} WHERE {filter.Sql}")).FirstNumber();
    }

    /// <param name="order">Constant text.</param>
    public List<SessionWithParent> Sessions(SqlFilter filter, string order, int most)
    {
        using var reader = database.Read();
        return tags.On(reader, filter.BindTo(reader.Query($"{SelectSessions} WHERE {filter.Sql} ORDER BY {order} LIMIT ?")).Bind(most).All(ToSession));
    }

    public List<string> Ids(SqlFilter filter)
    {
        using var reader = database.Read();
        return filter.BindTo(reader.Query($"SELECT s.id {FromSessions} WHERE {filter.Sql}")).All(row => row.Text(0));
    }

    /// <summary>The ids and titles of sessions.</summary>
    public List<(string Id, string Title)> Titles(SqlFilter filter)
    {
        using var reader = database.Read();
        return filter.BindTo(reader.Query($"SELECT s.id, {SessionFilter.Title} {FromSessions} WHERE {filter.Sql}")).All(row => (row.Text(0), row.Text(1)));
    }

    /// <summary>The session's own transcript, or a subagent's. Of several the one written last.</summary>
    public CurrentTranscript? Transcript(string sessionId, string? agentId)
    {
        using var reader = database.Read();
        return reader.Query($"{SelectTranscripts} WHERE t.session_id = ? AND t.agent_id IS ? ORDER BY t.last_at_ms DESC, t.id DESC LIMIT 1")
            .Bind(sessionId).Bind(agentId).First(ToTranscript);
    }

    /// <summary>The same, or why there is none.</summary>
    public Result<CurrentTranscript> ExpectTranscript(string sessionId, string? agentId) =>
        Transcript(sessionId, agentId) is { } found ? found
        : agentId is not null && Session(sessionId) is not null ? SessionProblems.AgentNotFound(sessionId, agentId)
        : SessionProblems.NotFound(sessionId);

    /// <summary>The transcripts of a session's subagents, in the order they were started.</summary>
    public List<CurrentTranscript> Agents(string sessionId)
    {
        using var reader = database.Read();
        return reader.Query($"{SelectTranscripts} WHERE t.session_id = ? AND t.agent_id IS NOT NULL AND t.generation IS NOT NULL ORDER BY t.started_at_ms, t.id")
            .Bind(sessionId).All(ToTranscript);
    }

    /// <summary>The transcript a generation belongs to.</summary>
    public CurrentTranscript? Transcript(long generation)
    {
        using var reader = database.Read();
        return reader.Query($"{SelectTranscripts} WHERE t.id = (SELECT transcript_id FROM sessions_generations WHERE id = ?)")
            .Bind(generation).First(ToTranscript);
    }

    /// <summary>The item with this name; null if there is none in the indexed part.</summary>
    public ItemRow? Item(long generation, ItemRef item)
    {
        using var reader = database.Read();
        var (first, last) = (ItemKey.First(generation), ItemKey.Last(generation));
        if (item.Ordinal is { } ordinal)
        {
            var key = ItemKey.Of(generation, ordinal);
            return key > last ? null : reader.Query($"{SelectItems} WHERE i.key = ?").Bind(key).First(ToItem);
        }

        // From the end: such names are given out for the tail only. Offsets grow with the ordinal, but for lines written
        // again, whose items moved behind: those are found because the search does not stop at a smaller offset.
        return reader.Query($"{SelectItems} WHERE i.key >= ? AND i.key <= ? AND i.offset = ? AND i.block = ? ORDER BY i.key DESC LIMIT 1")
            .Bind(first).Bind(last).Bind(item.Offset).Bind(item.Block).First(ToItem);
    }

    /// <summary>Items from a key on, before the end.</summary>
    /// <param name="kinds">Only these; all if empty.</param>
    public List<ItemRow> ItemsFrom(long from, long end, IReadOnlyList<string> kinds, int most)
    {
        using var reader = database.Read();
        return reader.Query($"{SelectItems} WHERE i.key >= ?1 AND i.key < ?2 AND {OfKinds} ORDER BY i.key LIMIT ?4")
            .Bind(from).Bind(end).Bind(KindList(kinds)).Bind(most).All(ToItem);
    }

    /// <summary>The last items before the end, not before the first key; in order.</summary>
    /// <inheritdoc cref="ItemsFrom" path="/param" />
    public List<ItemRow> ItemsBefore(long first, long end, IReadOnlyList<string> kinds, int most)
    {
        using var reader = database.Read();
        var rows = reader.Query($"{SelectItems} WHERE i.key >= ?1 AND i.key < ?2 AND {OfKinds} ORDER BY i.key DESC LIMIT ?4")
            .Bind(first).Bind(end).Bind(KindList(kinds)).Bind(most).All(ToItem);
        rows.Reverse();
        return rows;
    }

    /// <summary>Items in a range of keys that changed after a revision.</summary>
    public List<ItemRow> ItemsChanged(long first, long end, long revision, int most)
    {
        using var reader = database.Read();
        return reader.Query($"{SelectItems} WHERE i.key >= ? AND i.key < ? AND i.revision > ? ORDER BY i.key LIMIT ?")
            .Bind(first).Bind(end).Bind(revision).Bind(most).All(ToItem);
    }

    /// <summary>The last item of a time or before it, else the first; null if there is none.</summary>
    public long? OrdinalAt(CurrentTranscript transcript, long atMs)
    {
        using var reader = database.Read();
        var (first, end) = (ItemKey.First(transcript.Generation), ItemKey.Of(transcript.Generation, transcript.Items));
        var found = reader.Query("SELECT i.key FROM sessions_items i WHERE i.key >= ? AND i.key < ? AND i.at_ms <= ? ORDER BY i.key DESC LIMIT 1")
            .Bind(first).Bind(end).Bind(atMs).First(row => (object)row.Number(0));
        return found is long key ? ItemKey.Ordinal(key) : end > first ? 0 : null;
    }

    /// <summary>The items with these keys, in order.</summary>
    public List<ItemRow> Items(IEnumerable<long> keys)
    {
        using var reader = database.Read();
        return reader.Query($"{SelectItems} WHERE i.key IN (SELECT value FROM json_each(?)) ORDER BY i.key").Bind($"[{string.Join(',', keys)}]").All(ToItem);
    }

    /// <summary>Where the lines of a generation's items stand, and those of their results; in no order.</summary>
    public List<ItemPlace> Places(long generation)
    {
        using var reader = database.Read();
        var places = new List<ItemPlace>();
        reader.Query("""
            SELECT i.key, i.offset, i.length, i.result_offset, i.result_length, i.kind IN ('prompt', 'reply', 'thinking', 'tool')
            FROM sessions_items i WHERE i.key >= ? AND i.key <= ?
            """)
            .Bind(ItemKey.First(generation)).Bind(ItemKey.Last(generation)).Each(row =>
            {
                places.Add(new ItemPlace(row.Number(1), row.Int(2), row.Number(0), row.Int(5) != 0));
                if (row.NumberOrNull(3) is { } result && result != row.Number(1))
                {
                    places.Add(new ItemPlace(result, row.Int(4), row.Number(0), row.Int(5) != 0));
                }

                return true;
            });
        return places;
    }

    private static string? KindList(IReadOnlyList<string> kinds) => kinds.Count == 0 ? null : $",{string.Join(',', kinds)},";

    private static SessionWithParent ToSession(PreparedStatement row) => new(
        new SessionRow
        {
            Id = row.Text(0),
            Machine = row.Text(1),
            Agent = row.Text(2),
            NativeId = row.Text(3),
            Title = row.Text(4),
            TitleRank = row.Int(5),
            ProjectPath = row.TextOrNull(6),
            Cwd = row.TextOrNull(7),
            Branch = row.TextOrNull(8),
            Model = row.TextOrNull(9),
            Version = row.TextOrNull(10),
            StartedAtMs = row.NumberOrNull(11),
            LastAtMs = row.Number(12),
            Prompts = row.Number(13),
            Replies = row.Number(14),
            Tools = row.Number(15),
            Errors = row.Number(16),
            Items = row.Number(17),
            AddedLines = row.Number(18),
            RemovedLines = row.Number(19),
            Agents = row.Number(20),
            SizeBytes = row.Number(21),
            CommittedBytes = row.Number(22),
            UnknownLines = row.Number(23),
            MalformedLines = row.Number(24),
            LastPrompt = row.TextOrNull(25),
            LastReply = row.TextOrNull(26),
            ParentNativeId = row.TextOrNull(27),
            Internal = row.Int(28) != 0,
            Missing = row.Int(29) != 0,
            ChangedSeq = row.Number(30),
        },
        row.TextOrNull(31),
        row.Int(32) != 0,
        new SessionMarks(row.Int(34) != 0, row.Int(35) != 0, row.Int(36) != 0, row.Int(37) != 0, row.TextOrNull(33), [], row.Number(38)));

    private static CurrentTranscript ToTranscript(PreparedStatement row) => new(
        row.Text(0), row.Text(1), row.TextOrNull(2), row.TextOrNull(3), row.TextOrNull(4), row.TextOrNull(5), row.Text(6), row.Text(7),
        row.Text(8), row.Number(9), row.Number(10), row.Number(11), row.Number(12));

    private static ItemRow ToItem(PreparedStatement row) => new()
    {
        Key = row.Number(0),
        Kind = row.Text(1),
        Offset = row.Number(2),
        Length = row.Int(3),
        Block = row.Int(4),
        AtMs = row.NumberOrNull(5),
        Name = row.TextOrNull(6),
        CallId = row.TextOrNull(7),
        Flags = row.Int(8),
        Preview = row.Text(9),
        ResultOffset = row.NumberOrNull(10),
        ResultLength = row.Int(11),
        Outcome = row.TextOrNull(12),
        AgentId = row.TextOrNull(13),
        Images = row.Int(14),
        Revision = row.Number(15),
    };
}

/// <summary>Bytes that belong to an item.</summary>
/// <param name="IsSaid">It shows what somebody said or a tool put out, and nothing else of its line.</param>
internal readonly record struct ItemPlace(long Offset, int Length, long Key, bool IsSaid)
{
    public long End => Offset + Length;
}
