using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Muse.BuildingBlocks.Persistence;

/// <summary>
/// The SQLite file that holds everything, and the gate its writers pass. SQLite has one writer at a time; waiting
/// for it in our own queue is fair and immediate, waiting in SQLite's busy handler is neither.
/// </summary>
/// <param name="path">Full path of the file; its folder must exist.</param>
/// <param name="opened">Done once to each connection before it is used: what SQLite keeps by connection.</param>
public sealed class MuseDatabase(string path, Action<SqliteConnection>? opened = null) : IDisposable
{
    private const int MostIdleReaders = 8;

    // The pool keeps what was set on a handle, and to set it again costs more than a small query.
    private static readonly ConditionalWeakTable<sqlite3, object> Configured = [];
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentBag<DatabaseReader> _readers = [];

    /// <summary>Full path of the file, as a rule <c>muse.db</c>.</summary>
    public string Path { get; } = path;

    /// <summary>For EF contexts and short readers: pooled.</summary>
    public string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        ForeignKeys = false,
        DefaultTimeout = 30,
    }.ToString();

    /// <summary>Opens a connection with the settings every connection of Muse has.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        if (Configure(connection))
        {
            opened?.Invoke(connection);
        }

        return connection;
    }

    /// <summary>Applies the pragmas that belong to a connection, not to the file.</summary>
    /// <returns>False if the connection came from the pool and has them.</returns>
    public static bool Configure(SqliteConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.Handle is { } handle && !Configured.TryAdd(handle, Configured))
        {
            return false;
        }

        using var command = connection.CreateCommand();
        // NORMAL: after a power cut the last commits may be gone, the file is whole, and the transcripts are read again.
        command.CommandText = """
            PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000;
            PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; PRAGMA mmap_size = 268435456; PRAGMA wal_autocheckpoint = 4000;
            """;
        command.ExecuteNonQuery();
        return true;
    }

    /// <summary>Waits for the right to write; dispose what is returned to pass it on.</summary>
    public async Task<IDisposable> EnterWriteAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        return new Exit(_gate);
    }

    /// <summary>A connection for reading, with its statements still prepared if one was used before; dispose it to pass it on.</summary>
    public DatabaseReader Read() => _readers.TryTake(out var reader) ? reader : new DatabaseReader(Open(), this);

    /// <inheritdoc />
    public void Dispose()
    {
        while (_readers.TryTake(out var reader))
        {
            reader.Close();
        }

        _gate.Dispose();
    }

    internal void Return(DatabaseReader reader)
    {
        if (_readers.Count < MostIdleReaders)
        {
            _readers.Add(reader);
        }
        else
        {
            reader.Close();
        }
    }

    private sealed class Exit(SemaphoreSlim gate) : IDisposable
    {
        private SemaphoreSlim? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}
