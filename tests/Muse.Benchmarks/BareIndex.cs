using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using Muse.BuildingBlocks.Persistence;
using Muse.Sessions.Domain;
using Muse.Sessions.Ingest;
using Muse.Sessions.Reading;
using Muse.Sessions.Reading.Claude;
using Muse.Sessions.Search;

namespace Muse.Benchmarks;

/// <summary>What SQLite's full-text search costs by itself: the same texts, put into a table with nothing around it.</summary>
internal static class BareIndex
{
    private const long Enough = 60_000_000;

    /// <summary>Megabytes of text a second, and bytes of index for each byte of text.</summary>
    public static (double Rate, double Size) Insert(IReadOnlyList<string> files)
    {
        var texts = Texts(files);
        var bytes = texts.Sum(t => (long)t.Length);
        var folder = Directory.CreateTempSubdirectory("muse-bench-fts-");
        try
        {
            var path = Path.Combine(folder.FullName, "bare.db");
            using var database = new MuseDatabase(path);
            using var connection = database.Open();
            using (var create = connection.CreateCommand())
            {
                create.CommandText = "CREATE VIRTUAL TABLE bare USING fts5 (text, content = '', tokenize = 'unicode61')";
                create.ExecuteNonQuery();
            }

            using var insert = new PreparedStatement(connection, "INSERT INTO bare (rowid, text) VALUES (?, ?)");
            var clock = Stopwatch.StartNew();
            using (var transaction = connection.BeginTransaction())
            {
                for (var i = 0; i < texts.Count; i++)
                {
                    insert.Bind(i + 1).BindUtf8(texts[i]).Execute();
                }

                transaction.Commit();
            }

            var rate = bytes / 1e6 / clock.Elapsed.TotalSeconds;
            // What was committed stands in the log until it is emptied.
            using var empty = connection.CreateCommand();
            empty.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            empty.ExecuteNonQuery();
            return (rate, new FileInfo(path).Length / (double)bytes);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static List<byte[]> Texts(IReadOnlyList<string> files)
    {
        var format = new ClaudeFormat();
        var (texts, taken) = (new List<byte[]>(), 0L);
        foreach (var path in files.Where(f => f.Contains("/.claude/", StringComparison.Ordinal)))
        {
            using var lines = TranscriptLines.Open(path);
            var batch = new ReadBatch(0);
            TranscriptIntake.ReadLines(format.Open(new TranscriptPlace("bench"), []), File.ReadAllBytes(path), 0, batch);
            foreach (var item in batch.Items)
            {
                var text = Encoding.UTF8.GetBytes(string.Join('\n', SearchText.Parts(item, ItemReader.Body(format, item, lines, SearchText.Limits))));
                texts.Add(text);
                taken += text.Length;
            }

            if (taken > Enough)
            {
                break;
            }
        }

        return texts;
    }
}
