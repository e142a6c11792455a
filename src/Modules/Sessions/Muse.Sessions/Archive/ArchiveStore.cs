using System.Text.Json;
using Microsoft.Data.Sqlite;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Ingest;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Archive;

/// <summary>The rows of the archive. Writes are a few rows each: the ingest waits at the same gate.</summary>
internal sealed class ArchiveStore(MuseDatabase database, WorkCounters work)
{
    private const string SelectFiles = """
        SELECT k.id, k.generation, k.agent, k.root, k.path, k.file, k.place, k.bytes, k.stored_bytes, k.total, k.chain, k.device, k.inode,
            k.size_bytes, k.modified_ns, k.read_bytes, k.read_hash, k.dropped
        FROM sessions_kept_files k
        """;

    /// <summary>What is kept of a generation; null if nothing is.</summary>
    public KeptFile? Of(long generation)
    {
        using var reader = database.Read();
        return reader.Query($"{SelectFiles} WHERE k.generation = ? AND k.generation > 0 AND NOT k.dropped").Bind(generation).First(ToFile);
    }

    /// <summary>What was kept of a path, the latest first, with what was dropped.</summary>
    public List<KeptFile> OfPath(string path)
    {
        using var reader = database.Read();
        return reader.Query($"{SelectFiles} WHERE k.path = ? ORDER BY k.id DESC").Bind(path).All(ToFile);
    }

    /// <summary>Everything that is kept, oldest source first, with what was dropped.</summary>
    public List<KeptFile> All()
    {
        using var reader = database.Read();
        return reader.Query($"{SelectFiles} ORDER BY k.modified_ns, k.id").All(ToFile);
    }

    /// <summary>The files of a session that are kept as they were read last.</summary>
    public List<KeptFile> OfSession(string sessionId)
    {
        using var reader = database.Read();
        return reader.Query($"""
            {SelectFiles} JOIN sessions_transcripts t ON t.generation = k.generation WHERE t.session_id = ? AND NOT k.dropped ORDER BY k.path
            """).Bind(sessionId).All(ToFile);
    }

    /// <summary>The frames of a file in order.</summary>
    public List<KeptFrame> Frames(long keptFile)
    {
        using var reader = database.Read();
        return reader.Query("""SELECT f."offset", f.length, f.position, f.stored_bytes, f.hash FROM sessions_kept_frames f WHERE f.kept_file = ? ORDER BY 1""")
            .Bind(keptFile).All(row => new KeptFrame(row.Number(0), row.Int(1), row.Number(2), row.Int(3), row.Bytes(4)));
    }

    /// <summary>
    /// Transcripts of which something is not kept: read to their end, not changed since a time, oldest first, since their
    /// agent deletes those first.
    /// </summary>
    /// <param name="unchangedSinceNs">Last change at or before this, in nanoseconds since 1970.</param>
    /// <param name="notBeforeNs">Older ones are not wanted.</param>
    public List<DueFile> Due(long unchangedSinceNs, long notBeforeNs)
    {
        using var reader = database.Read();
        return reader.Query("""
            SELECT t.path, t.agent, t.root, t.session_id, g.id, g.committed_bytes, g.prefix_hash, g.device, g.inode, g.size_bytes, g.modified_ns
            FROM sessions_transcripts t JOIN sessions_generations g ON g.id = t.generation
            LEFT JOIN sessions_kept_files k ON k.generation = g.id
            WHERE NOT t.missing AND g.size_bytes > 0 AND g.modified_ns > ? AND g.modified_ns <= ?
                AND (k.id IS NULL OR (k.bytes < k.total AND NOT k.dropped) OR k.modified_ns <> g.modified_ns OR k.size_bytes <> g.size_bytes)
            ORDER BY g.modified_ns
            """).Bind(notBeforeNs).Bind(unchangedSinceNs).All(row => new DueFile(
                row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Number(4), row.Number(5), row.Bytes(6),
                new FileStamp(row.Number(7), row.Number(8), row.Number(9), row.Number(10))));
    }

    /// <summary>
    /// Gives kept files whose generation was replaced by one of the same bytes to that: a newer reader read them again, or the
    /// database was made anew.
    /// </summary>
    public async Task FollowGenerationsAsync(CancellationToken ct)
    {
        const string same = """
            FROM sessions_transcripts t JOIN sessions_generations g ON g.id = t.generation
            WHERE t.path = sessions_kept_files.path AND g.committed_bytes = sessions_kept_files.read_bytes AND g.prefix_hash = sessions_kept_files.read_hash
                AND NOT EXISTS (SELECT 1 FROM sessions_kept_files o WHERE o.generation = g.id)
            """;
        const string strayed = $"generation NOT IN (SELECT id FROM sessions_generations) AND EXISTS (SELECT 1 {same})";
        using (var reader = database.Read())
        {
            if (reader.Query($"SELECT count(*) FROM sessions_kept_files WHERE {strayed}").FirstNumber() == 0)
            {
                return;
            }
        }

        await WriteAsync($"UPDATE sessions_kept_files SET generation = (SELECT g.id {same}) WHERE {strayed}", _ => { }, ct);
    }

    /// <summary>Notes frames that are on the disk: from now on they count.</summary>
    /// <returns>The file with its id.</returns>
    public async Task<KeptFile> CommitAsync(KeptFile file, IReadOnlyList<KeptFrame> frames, CancellationToken ct)
    {
        using var write = await database.EnterWriteAsync(ct);
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var id = file.Id;
        if (id == 0)
        {
            using var insert = new PreparedStatement(connection, """
                INSERT INTO sessions_kept_files (generation, agent, root, path, file, place, bytes, stored_bytes, total, chain, device, inode,
                  size_bytes, modified_ns, read_bytes, read_hash, dropped) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
                """);
            insert.Bind(file.Generation).Bind(file.Agent).Bind(file.Root).Bind(file.Path).Bind(file.File).Bind(JsonSerializer.Serialize(file.Place));
            BindGrowth(insert, file).Execute();
            id = SQLitePCL.raw.sqlite3_last_insert_rowid(connection.Handle);
        }
        else
        {
            using var update = new PreparedStatement(connection, """
                UPDATE sessions_kept_files SET generation = ?, bytes = ?, stored_bytes = ?, total = ?, chain = ?, device = ?, inode = ?,
                  size_bytes = ?, modified_ns = ?, read_bytes = ?, read_hash = ? WHERE id = ?
                """);
            update.Bind(file.Generation);
            BindGrowth(update, file).Bind(id).Execute();
        }

        using (var insert = new PreparedStatement(connection, """
            INSERT INTO sessions_kept_frames (kept_file, "offset", length, position, stored_bytes, hash) VALUES (?, ?, ?, ?, ?, ?)
            """))
        {
            foreach (var frame in frames)
            {
                insert.Bind(id).Bind(frame.Offset).Bind(frame.Length).Bind(frame.Position).Bind(frame.StoredBytes).Bind(frame.Hash).Execute();
            }
        }

        transaction.Commit();
        work.Add("archive.rowsWritten", frames.Count + 1);
        return file with { Id = id };
    }

    /// <summary>Forgets a file and its frames; what is on the disk is removed by the caller.</summary>
    public Task ForgetAsync(long keptFile, CancellationToken ct) => WriteAsync(
        "DELETE FROM sessions_kept_frames WHERE kept_file = $file; DELETE FROM sessions_kept_files WHERE id = $file",
        command => command.Parameters.AddWithValue("$file", keptFile), ct);

    /// <summary>Gives a file up, and remembers that it was kept.</summary>
    public Task DropAsync(long keptFile, CancellationToken ct) => WriteAsync(
        "DELETE FROM sessions_kept_frames WHERE kept_file = $file; UPDATE sessions_kept_files SET dropped = 1 WHERE id = $file",
        command => command.Parameters.AddWithValue("$file", keptFile), ct);

    private async Task WriteAsync(string sql, Action<SqliteCommand> bind, CancellationToken ct)
    {
        using var write = await database.EnterWriteAsync(ct);
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        bind(command);
        work.Add("archive.rowsWritten", command.ExecuteNonQuery());
        transaction.Commit();
    }

    private static PreparedStatement BindGrowth(PreparedStatement statement, KeptFile file) => statement
        .Bind(file.Bytes).Bind(file.StoredBytes).Bind(file.Total).Bind(file.Chain).Bind(file.Stamp.Device).Bind(file.Stamp.Inode)
        .Bind(file.Stamp.SizeBytes).Bind(file.Stamp.ModifiedNs).Bind(file.ReadBytes).Bind(file.ReadHash);

    private static KeptFile ToFile(PreparedStatement row) => new(
        row.Number(0), row.Number(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5),
        JsonSerializer.Deserialize<TranscriptPlace>(row.Text(6)) ?? new TranscriptPlace(""), row.Number(7), row.Number(8), row.Number(9),
        row.Bytes(10), new FileStamp(row.Number(11), row.Number(12), row.Number(13), row.Number(14)), row.Number(15), row.Bytes(16), row.Int(17) != 0);
}

/// <summary>A transcript of which something is not kept yet.</summary>
/// <param name="Stamp">Of the source when it was read to its end.</param>
/// <param name="ReadHash">Proof of the bytes read, see <see cref="PrefixProof" />.</param>
internal sealed record DueFile(
    string Path, string Agent, string Root, string SessionId, long Generation, long ReadBytes, byte[] ReadHash, FileStamp Stamp);
