using System.Buffers;
using Microsoft.Data.Sqlite;
using Muse.BuildingBlocks.Persistence;
using Muse.Sessions.Domain;

namespace Muse.Sessions.Search;

/// <summary>How far a generation is searchable: its items from the first to before the next, as they were at a revision.</summary>
/// <remarks>It grows at both ends: what is appended, and backwards from where it began, so that the newest is there first.</remarks>
internal sealed record SearchPosition(long First, long Next, long Revision)
{
    public long Items => Next - First;
}

/// <summary>Documents that are written together, with the positions behind them.</summary>
internal sealed class SearchBatch
{
    /// <summary>The texts one after another, UTF-8.</summary>
    public ArrayBufferWriter<byte> Text { get; } = new();

    /// <param name="Known">The item may have a document already.</param>
    public readonly record struct Document(long Id, long Item, int Start, int Length, bool Known);

    public List<Document> Documents { get; } = [];

    /// <summary>By generation.</summary>
    public Dictionary<long, SearchPosition> Positions { get; } = [];

    /// <summary>Bytes of what was said, without the marks.</summary>
    public long SaidBytes { get; set; }
    public bool IsEmpty => Positions.Count == 0;
    public bool IsFull => Text.WrittenCount >= SearchStore.TransactionBytes;

    public void Clear()
    {
        Text.ResetWrittenCount();
        Documents.Clear();
        Positions.Clear();
        SaidBytes = 0;
    }
}

/// <summary>
/// Writes the index. Documents and position commit together, so that a killed process goes on where it stood and no item
/// has two. One thread at a time.
/// </summary>
internal sealed class SearchStore : IDisposable
{
    /// <summary>Text written in one transaction: a quarter of a second, which nobody else waits for.</summary>
    public const int TransactionBytes = 8 << 20;
    private const int RemovedAtOnce = 2000;

    /// <summary>Pages written in one transaction of merging: a few hundredths of a second.</summary>
    private const int MergedAtOnce = 250;
    private readonly SqliteConnection _connection;
    private readonly PreparedStatement _number;
    private readonly PreparedStatement _words;
    private readonly PreparedStatement _known;
    private readonly PreparedStatement _some;
    private readonly PreparedStatement _noWords;
    private readonly PreparedStatement _noNumber;
    private readonly PreparedStatement _position;
    private readonly PreparedStatement _noPosition;
    private readonly PreparedStatement _merge;
    private readonly PreparedStatement _changes;

    public SearchStore(SearchDatabase database)
    {
        _connection = database.Open();
        _number = new PreparedStatement(_connection, "INSERT INTO documents (id, item) VALUES (?, ?) ON CONFLICT (id) DO NOTHING");
        _words = new PreparedStatement(_connection, "INSERT INTO words (rowid, text) VALUES (?, ?)");
        _known = new PreparedStatement(_connection, "SELECT id FROM documents WHERE item = ?");
        _some = new PreparedStatement(_connection, "SELECT id FROM documents WHERE item BETWEEN ? AND ? LIMIT ?");
        _noWords = new PreparedStatement(_connection, "DELETE FROM words WHERE rowid = ?");
        _noNumber = new PreparedStatement(_connection, "DELETE FROM documents WHERE id = ?");
        _position = new PreparedStatement(_connection, "INSERT OR REPLACE INTO progress (generation, first, next, revision) VALUES (?, ?, ?, ?)");
        _noPosition = new PreparedStatement(_connection, "DELETE FROM progress WHERE generation = ?");
        _merge = new PreparedStatement(_connection, "INSERT INTO words (words, rank) VALUES ('merge', ?)");
        _changes = new PreparedStatement(_connection, "SELECT total_changes()");
    }

    public Dictionary<long, SearchPosition> Positions()
    {
        using var all = new PreparedStatement(_connection, "SELECT generation, first, next, revision FROM progress");
        return all.All(row => (row.Number(0), new SearchPosition(row.Number(1), row.Number(2), row.Number(3)))).ToDictionary(p => p.Item1, p => p.Item2);
    }

    /// <exception cref="SqliteException">Nothing was committed.</exception>
    public void Write(SearchBatch batch)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        foreach (var document in batch.Documents)
        {
            if (document.Known && _known.Bind(document.Item).FirstNumber() is > 0 and var id)
            {
                Remove(id);
            }
        }

        // SQLite collects words in memory only as long as the numbers grow.
        batch.Documents.Sort((a, b) => a.Id.CompareTo(b.Id));
        foreach (var document in batch.Documents)
        {
            var id = document.Id;
            while (_number.Bind(id).Bind(document.Item).Execute() == 0)
            {
                id = SearchDocument.Next(id);
            }

            _words.Bind(id).BindUtf8(batch.Text.WrittenSpan.Slice(document.Start, document.Length)).Execute();
        }

        foreach (var (generation, after) in batch.Positions)
        {
            _position.Bind(generation).Bind(after.First).Bind(after.Next).Bind(after.Revision).Execute();
        }

        transaction.Commit();
    }

    /// <summary>Removes some of the documents of a generation that is not read any more.</summary>
    /// <returns>Documents removed; 0 when none is left.</returns>
    public int RemoveSome(long generation)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        var ids = _some.Bind(ItemKey.First(generation)).Bind(ItemKey.Last(generation)).Bind(RemovedAtOnce).All(row => row.Number(0));
        ids.ForEach(Remove);
        if (ids.Count == 0)
        {
            _noPosition.Bind(generation).Execute();
        }

        transaction.Commit();
        return ids.Count;
    }

    /// <summary>
    /// Merges some of what was written one after another, so that a word is looked for in few places. Not while documents are
    /// written: it takes as long as that, and nobody waits for it.
    /// </summary>
    /// <returns>False if there is nothing to merge.</returns>
    public bool MergeSome()
    {
        var before = _changes.FirstNumber();
        using var transaction = _connection.BeginTransaction(deferred: false);
        _merge.Bind(MergedAtOnce).Execute();
        transaction.Commit();
        // The command itself counts as one change (https://sqlite.org/fts5.html#the_merge_command).
        return _changes.FirstNumber() - before > 1;
    }

    /// <summary>Forgets everything.</summary>
    public void Empty() => SearchDatabase.Empty(_connection);

    public void Dispose()
    {
        foreach (var statement in new[] { _number, _words, _known, _some, _noWords, _noNumber, _position, _noPosition, _merge, _changes })
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private void Remove(long id)
    {
        _noWords.Bind(id).Execute();
        _noNumber.Bind(id).Execute();
    }
}
