using Microsoft.Data.Sqlite;
using Muse.EndToEnd.Cli;

namespace Muse.EndToEnd.Ingest;

/// <summary>What the ingest left in the database, to be compared between two runs.</summary>
internal static class IngestTables
{
    /// <summary>Everything that does not depend on when something was read: numbers given in reading order are left out.</summary>
    private static readonly string[] Tables =
    [
        """
        SELECT t.path, i."key" & 268435455, i.kind, i."offset", i.length, i.block, i.at_ms, i.name, i.call_id, i.flags, i.preview, i.result_offset,
          i.result_length, i.outcome, i.agent_id FROM sessions_items i JOIN sessions_transcripts t ON i."key" >> 28 = t.generation ORDER BY 1, 2
        """,
        "SELECT t.path, e.item_key & 268435455, e.path, e.added, e.removed FROM sessions_edits e JOIN sessions_transcripts t ON e.item_key >> 28 = t.generation ORDER BY 1, 2, 3",
        """
        SELECT t.path, g.committed_bytes, g.items, g.item_lines, g.folded_lines, g.unknown_lines, g.malformed_lines, g.prompts, g.replies, g.tools,
          g.errors, g.added_lines FROM sessions_generations g JOIN sessions_transcripts t ON t.generation = g.id ORDER BY 1
        """,
        "SELECT native_id, title, project_path, prompts, replies, tools, errors, items, started_at_ms, last_at_ms, last_prompt, last_reply FROM sessions_sessions ORDER BY 1",
        "SELECT identity, session_id, model, input_tokens, cache_read_tokens, output_tokens FROM insights_usage ORDER BY 1",
        "SELECT count(*) FROM sessions_generations",
    ];

    public static List<string> Dump(MuseFolders folders)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folders.Muse, "muse.db")};Pooling=False");
        connection.Open();
        var rows = new List<string>();
        foreach (var sql in Tables)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString()))
                    .Replace(folders.User, "", StringComparison.Ordinal));
            }
        }

        return rows;
    }
}
