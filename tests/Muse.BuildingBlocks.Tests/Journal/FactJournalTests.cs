using System.Text.Json;
using Microsoft.Data.Sqlite;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts;
using Muse.Contracts.Sessions;

namespace Muse.BuildingBlocks.Tests.Journal;

public sealed class FactJournalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("muse-journal-");
    private readonly MuseDatabase _database;
    private readonly SqliteConnection _connection;
    private readonly FactJournal _journal = new(TimeProvider.System);

    public FactJournalTests()
    {
        _database = new MuseDatabase(Path.Combine(_folder.FullName, "muse.db"));
        _connection = _database.Open();
        FactJournal.CreateTables(_connection);
        _journal.Open(_connection);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    // Fails when a payload that is worth packing is not, or does not come back as it was.
    [Fact]
    public void A_long_fact_is_stored_packed_and_comes_back_whole()
    {
        var fact = Read(0, 100) with { Prompts = [.. Enumerable.Range(0, 1000).Select(i => new PromptSeen(i, i, false, $"prompt number {i}"))] };

        var payload = FactCatalog.Write(fact);

        var plain = JsonSerializer.SerializeToUtf8Bytes(fact).Length;
        Assert.True(payload.Length < plain / 2, $"{payload.Length} of {plain} bytes");
        var back = Assert.IsType<TranscriptRead>(FactCatalog.Read(FactCatalog.NameOf(typeof(TranscriptRead)), payload));
        Assert.Equal(fact.Prompts, back.Prompts);
    }

    [Fact]
    public void A_fact_recorded_twice_is_stored_once()
    {
        Record(Read(0, 100));
        Record(Read(0, 100), Read(100, 200));

        var stored = _journal.ReadAfter(_database, 0, 10).Concat(_journal.ReadAfter(_database, 1, 10)).DistinctBy(f => f.Seq);
        Assert.Equal(["1:0-100:1", "1:100-200:1"], stored.Select(f => f.Fact!.DedupKey));
    }

    [Fact]
    public void A_fact_is_the_same_from_memory_and_from_the_table()
    {
        Record(Read(0, 100), Read(100, 200));
        var restarted = new FactJournal(TimeProvider.System);
        restarted.Open(_connection);

        var cold = restarted.ReadAfter(_database, 0, 10);

        Assert.Equal(2, restarted.Last);
        Assert.Equal(Texts(_journal.ReadAfter(_database, 0, 10)), Texts(cold));
    }

    [Fact]
    public void Numbers_are_not_given_again_after_pruning()
    {
        Record(Read(0, 100), Read(100, 200));
        Cursor("one", 2);

        Assert.Equal(2, FactJournal.Prune(_connection));
        Record(Read(200, 300));

        Assert.Equal([3L], _journal.ReadAfter(_database, 2, 10).Select(f => f.Seq));
    }

    [Fact]
    public void Pruning_stops_behind_the_slowest_reader()
    {
        Record(Read(0, 100), Read(100, 200), Read(200, 300));
        Cursor("fast", 3);
        Cursor("slow", 1);

        Assert.Equal(1, FactJournal.Prune(_connection));
    }

    [Fact]
    public void What_a_rolled_back_transaction_recorded_was_never_there()
    {
        using (var transaction = _connection.BeginTransaction())
        {
            _journal.Append(_connection, [Read(0, 100)]);
            transaction.Rollback();
        }

        Assert.Equal(0, _journal.Last);
        Assert.Empty(_journal.ReadAfter(_database, 0, 10));
    }

    private static TranscriptRead Read(long from, long to) => new(
        "s1", "claude-code", null, 1, from, to, 1, "/home/dev/app", "main",
        [new UsageRow("claude:m1", 5, "claude-opus-5", 1, 2, 3, 4, 5, 6, 0, false, false, false)], [], [], [], [], []);

    private static string[] Texts(List<(long Seq, IFact? Fact)> facts) =>
        [.. facts.Select(f => $"{f.Seq} {JsonSerializer.Serialize((TranscriptRead?)f.Fact)}")];

    private void Record(params IFact[] facts)
    {
        using var transaction = _connection.BeginTransaction();
        var appended = _journal.Append(_connection, facts);
        transaction.Commit();
        _journal.Committed(appended);
    }

    private void Cursor(string consumer, long seq)
    {
        using var statement = new PreparedStatement(_connection, "INSERT INTO muse_cursors (consumer, seq, version) VALUES (?, ?, 1)");
        statement.Bind(consumer).Bind(seq).Execute();
    }
}
