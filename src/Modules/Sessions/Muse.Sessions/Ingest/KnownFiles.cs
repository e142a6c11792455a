using Muse.BuildingBlocks.Persistence;
using Muse.Sessions.Archive;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Ingest;

/// <summary>Where the ingest stood when the last process ended.</summary>
internal static class KnownFiles
{
    /// <summary>Fills the list from the tables, with what is kept of files that these do not know.</summary>
    /// <returns>The greatest generation ever given.</returns>
    public static long Load(MuseDatabase database, IReadOnlyList<ITranscriptFormat> formats, Dictionary<string, TrackedFile> files, IReadOnlyList<KeptFile> kept)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT t.id, t.session_id, t.agent, t.root, t.path, t.missing, t.agent_id, t.agent_type, t.description, t.parent_call_id, s.native_id,
              g.id, g.committed_bytes, g.items, g.revision, g.device, g.inode, g.size_bytes, g.modified_ns, g.prefix_hash, g.reader_version,
              g.reader_state, s.parent_native_id
            FROM sessions_transcripts t JOIN sessions_sessions s ON s.id = t.session_id JOIN sessions_generations g ON g.id = t.generation
            """;
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                if (formats.FirstOrDefault(f => f.Agent == reader.GetString(2)) is not { } format)
                {
                    continue;
                }

                string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
                var stamp = new FileStamp(reader.GetInt64(15), reader.GetInt64(16), reader.GetInt64(17), reader.GetInt64(18));
                var position = new Position(
                    reader.GetInt64(11), reader.GetInt64(12), reader.GetInt64(13), reader.GetInt64(14), stamp,
                    PrefixProof.Load((byte[])reader[19]), reader.GetInt32(20), (byte[])reader[21]);
                files[reader.GetString(4)] = new TrackedFile(format, reader.GetString(3), reader.GetString(4))
                {
                    TranscriptId = reader.GetInt64(0),
                    SessionId = reader.GetString(1),
                    Missing = reader.GetBoolean(5),
                    Place = new TranscriptPlace(reader.GetString(10), Text(6), null, Text(7), Text(8), Text(9), Text(22)),
                    Committed = position,
                    Read = position,
                };
            }
        }

        foreach (var file in kept.Where(k => !k.Dropped && !files.ContainsKey(k.Path)))
        {
            if (formats.FirstOrDefault(f => f.Agent == file.Agent) is { } format)
            {
                files[file.Path] = new TrackedFile(format, file.Root, file.Path) { Missing = true };
            }
        }

        command.CommandText = "SELECT max(coalesce((SELECT max(id) FROM sessions_generations), 0), coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'sessions_generations'), 0))";
        return (long)command.ExecuteScalar()!;
    }
}
