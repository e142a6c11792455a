using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts;

namespace Muse.BuildingBlocks.Journal;

/// <summary>
/// The table of facts, in commit order. Appending happens inside the transaction of the change a fact tells of; the
/// pump is woken after the commit.
/// </summary>
public sealed class FactJournal(TimeProvider clock)
{
    /// <summary>Facts kept in memory until every module has them, so that the pump need not read them back.</summary>
    private const int HotFacts = 256;

    private readonly ConcurrentDictionary<long, IFact> _hot = new();
    private TaskCompletionSource _signal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;

    /// <summary>Creates the journal's tables; they belong to no module.</summary>
    public static void CreateTables(SqliteConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        using var command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE IF NOT EXISTS muse_journal (
              seq INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, dedup_key TEXT NOT NULL,
              at_ms INTEGER NOT NULL, payload BLOB NOT NULL);
            CREATE UNIQUE INDEX IF NOT EXISTS ix_muse_journal_key ON muse_journal (name, dedup_key);
            CREATE TABLE IF NOT EXISTS muse_cursors (
              consumer TEXT PRIMARY KEY, seq INTEGER NOT NULL, version INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS muse_parked (
              consumer TEXT NOT NULL, seq INTEGER NOT NULL, error TEXT NOT NULL, payload BLOB NOT NULL, name TEXT NOT NULL,
              PRIMARY KEY (consumer, seq));
            """;
        command.ExecuteNonQuery();
    }

    /// <summary>The last sequence number committed by this process, or stored at its start.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>The last number when this process started.</summary>
    public long LastAtStart { get; private set; }

    /// <summary>Completes when something was appended after the call.</summary>
    public Task Appended => Volatile.Read(ref _signal).Task;

    /// <summary>Reads the last number at start.</summary>
    public void Open(SqliteConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'muse_journal'), 0)";
        LastAtStart = (long)command.ExecuteScalar()!;
        Interlocked.Exchange(ref _last, LastAtStart);
    }

    /// <summary>
    /// Appends facts inside the caller's transaction on <paramref name="connection"/>. A fact whose key is stored
    /// already is left as it is. Call <see cref="Committed"/> after the commit.
    /// </summary>
    public IReadOnlyList<(long Seq, IFact Fact)> Append(SqliteConnection connection, IReadOnlyCollection<IFact> facts) =>
        Append(connection, [.. facts.Select(FactCatalog.Prepare)]);

    /// <inheritdoc cref="Append(SqliteConnection, IReadOnlyCollection{IFact})" />
    public IReadOnlyList<(long Seq, IFact Fact)> Append(SqliteConnection connection, IReadOnlyCollection<PreparedFact> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var appended = new List<(long, IFact)>(facts.Count);
        using var insert = new PreparedStatement(
            connection, "INSERT INTO muse_journal (name, dedup_key, at_ms, payload) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
        foreach (var (fact, name, payload) in facts)
        {
            var changed = insert.Bind(name).Bind(fact.DedupKey).Bind(clock.GetUtcNow().ToUnixTimeMilliseconds()).Bind(payload).Execute();
            if (changed > 0)
            {
                appended.Add((SQLitePCL.raw.sqlite3_last_insert_rowid(connection.Handle), fact));
            }
        }

        return appended;
    }

    /// <summary>Makes committed facts known to the pump.</summary>
    public void Committed(IReadOnlyList<(long Seq, IFact Fact)> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        foreach (var (seq, fact) in facts)
        {
            _hot[seq] = fact;
            _hot.TryRemove(seq - HotFacts, out _);
            Interlocked.Exchange(ref _last, seq);
        }

        Interlocked.Exchange(ref _signal, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>Facts after a number, from memory where they are still hot.</summary>
    /// <param name="wanted">Other types need not be read and come as null; all types if it is not given.</param>
    public List<(long Seq, IFact? Fact)> ReadAfter(MuseDatabase database, long after, int most, IReadOnlySet<Type>? wanted = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        var facts = new List<(long, IFact?)>();
        for (var seq = after + 1; facts.Count < most && _hot.TryGetValue(seq, out var fact); seq++)
        {
            facts.Add((seq, fact));
        }

        if (facts.Count > 0 || after >= Last)
        {
            return facts;
        }

        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT seq, name, payload FROM muse_journal WHERE seq > $after ORDER BY seq LIMIT $most";
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$most", most);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var name = reader.GetString(1);
            var isWanted = wanted is null || (FactCatalog.All.TryGetValue(name, out var type) && wanted.Contains(type));
            facts.Add((reader.GetInt64(0), isWanted ? FactCatalog.Read(name, (byte[])reader[2]) : null));
        }

        return facts;
    }

    /// <summary>Deletes facts that can be made again and that every consumer has.</summary>
    /// <returns>Facts deleted.</returns>
    public static int Prune(SqliteConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var deleted = 0;
        using var prune = new PreparedStatement(
            connection, "DELETE FROM muse_journal WHERE name = ? AND seq <= (SELECT min(seq) FROM muse_cursors)");
        foreach (var name in FactCatalog.CanBeMadeAgain)
        {
            deleted += prune.Bind(name).Execute();
        }

        return deleted;
    }
}
