using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Muse.BuildingBlocks.Persistence;

namespace Muse.Sessions.Search;

/// <summary>
/// The index in a file of its own, <c>search.db</c>: it is larger than everything else together, can be made again at any
/// time, and must not hold up those who write what cannot (docs/adr/0025). It belongs to one <c>muse.db</c> and is begun
/// anew beside another.
/// </summary>
internal sealed class SearchDatabase : IDisposable
{
    /// <summary>Raised when the same transcripts give other documents.</summary>
    public const int Version = 2;

    /// <summary>
    /// Segments that are merged while somebody waits for what is being written: by then words are slow to find. Fewer are merged
    /// afterwards, see <see cref="SearchStore.MergeSome"/>.
    /// </summary>
    private const int MostSegments = 64;

    /// <summary>Bytes of words in a row: one row fills a page of the file, as twice the usual ones would not fit.</summary>
    private const int WordPage = 8100;
    private const int Damaged = 11;
    private const int NoDatabase = 26;
    private readonly MuseDatabase _main;
    private readonly MuseDatabase _index;
    private readonly Lock _lock = new();
    private bool _ready;

    public SearchDatabase(MuseDatabase main)
    {
        _main = main;
        Path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(main.Path) ?? ".", "search.db");
        _index = new MuseDatabase(Path, connection =>
        {
            SearchTokenizer.Register(connection);
            // Larger than what is asked for often: mapped whole it would count as this process's memory.
            Execute(connection, "PRAGMA mmap_size = 33554432");
        });
    }

    public string Path { get; }

    /// <summary>Bytes on disk.</summary>
    public long SizeBytes => new[] { Path, Path + "-wal" }.Select(p => new FileInfo(p)).Sum(f => f.Exists ? f.Length : 0);

    /// <summary>A connection for reading; dispose it to pass it on.</summary>
    public DatabaseReader Read()
    {
        EnsureReady();
        return _index.Read();
    }

    /// <summary>A connection for the one who writes.</summary>
    public SqliteConnection Open()
    {
        EnsureReady();
        return _index.Open();
    }

    /// <summary>Notes that the file is damaged: the next start makes a new one.</summary>
    /// <returns>True if that is what the error says.</returns>
    public bool GiveUp(SqliteException e)
    {
        if (e.SqliteErrorCode is not (Damaged or NoDatabase))
        {
            return false;
        }

        File.WriteAllText(Path + ".damaged", "");
        return true;
    }

    /// <summary>Forgets every document.</summary>
    public static void Empty(SqliteConnection connection) => Execute(connection, """
        BEGIN IMMEDIATE; INSERT INTO words (words) VALUES ('delete-all'); DELETE FROM documents; DELETE FROM progress; COMMIT;
        """);

    public void Dispose() => _index.Dispose();

    private void EnsureReady()
    {
        lock (_lock)
        {
            if (_ready)
            {
                return;
            }

            if (File.Exists(Path + ".damaged"))
            {
                Remove();
            }

            try
            {
                Prepare();
            }
            catch (SqliteException e) when (e.SqliteErrorCode is Damaged or NoDatabase)
            {
                SqliteConnection.ClearAllPools();
                Remove();
                Prepare();
            }

            _ready = true;
        }
    }

    private void Prepare()
    {
        var owner = Owner();
        using var connection = _index.Open();
        var (version, known) = (Pragma(connection, "user_version"), Pragma(connection, "application_id"));
        if ((version, known) == (Version, owner))
        {
            return;
        }

        // No copy of any text: documents are deleted by their number, and shown from the transcripts.
        Execute(connection, $"""
            BEGIN IMMEDIATE;
            DROP TABLE IF EXISTS vocabulary; DROP TABLE IF EXISTS words; DROP TABLE IF EXISTS documents; DROP TABLE IF EXISTS progress;
            CREATE VIRTUAL TABLE words USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'muse');
            INSERT INTO words (words, rank) VALUES ('hashsize', {SearchStore.TransactionBytes * 2}), ('pgsz', {WordPage}), ('automerge', 0), ('crisismerge', {MostSegments});
            CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, instance);
            CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY, item INTEGER NOT NULL);
            CREATE UNIQUE INDEX documents_item ON documents (item);
            CREATE TABLE progress (generation INTEGER NOT NULL PRIMARY KEY, first INTEGER NOT NULL, next INTEGER NOT NULL, revision INTEGER NOT NULL);
            PRAGMA user_version = {Version}; PRAGMA application_id = {owner};
            COMMIT;
            """);
    }

    /// <summary>The number by which the main file is known; given at the first look.</summary>
    private long Owner()
    {
        using var connection = _main.Open();
        if (Pragma(connection, "application_id") is not 0 and var known)
        {
            return known;
        }

        Execute(connection, $"PRAGMA application_id = {RandomNumberGenerator.GetInt32(1, int.MaxValue)}");
        return Pragma(connection, "application_id");
    }

    private void Remove()
    {
        foreach (var suffix in new[] { "", "-wal", "-shm", ".damaged" })
        {
            File.Delete(Path + suffix);
        }
    }

    private static long Pragma(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return (long)command.ExecuteScalar()!; // a pragma of a number always has a row
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
