using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Search;

/// <summary>
/// Puts one generation into batches: what changed, then what was appended, then what stands before, some at a time.
/// Keeps the file open between them, since a packed one is unpacked to be opened.
/// </summary>
internal sealed class SearchWork(SearchSource source, SearchPosition? position, SessionReads reads, ItemReader reader) : IDisposable
{
    private const int MostItems = 2000;

    /// <summary>Bytes of lines taken at once; their texts are about a third of it.</summary>
    private const long MostBytes = SearchStore.TransactionBytes;
    private readonly ITranscriptFormat? _format = reader.FormatOf(source.Agent);
    private SearchPosition _at = position ?? new SearchPosition(source.Items, source.Items, source.Revision);
    private long _changedFrom;
    private TranscriptLines? _lines;

    /// <summary>True if nothing of the generation is left to do.</summary>
    public static bool IsDone(SearchSource source, SearchPosition? position) => position is null
        ? source.Items == 0
        : position.First == 0 && position.Next >= source.Items && position.Revision >= source.Revision;

    /// <summary>Adds what is next.</summary>
    /// <returns>False if nothing is left, or if the file cannot be read now.</returns>
    public bool AddTo(SearchBatch batch)
    {
        if (IsDone(source, _at))
        {
            return false;
        }

        _lines ??= reader.Open(source.Path, source.Generation, source.CommittedBytes);
        if (_lines is null && !source.Missing)
        {
            return false;
        }

        if (_at.Revision < source.Revision)
        {
            AddChanged(batch);
        }
        else if (_at.Next < source.Items)
        {
            AddAppended(batch);
        }
        else
        {
            AddBefore(batch);
        }

        batch.Positions[source.Generation] = _at;
        return true;
    }

    public void Dispose() => _lines?.Dispose();

    private void AddChanged(SearchBatch batch)
    {
        var (first, end) = (ItemKey.Of(source.Generation, Math.Max(_at.First, _changedFrom)), ItemKey.Of(source.Generation, _at.Next));
        var rows = Cut(reads.ItemsChanged(first, end, _at.Revision, MostItems), out var isAll);
        Add(rows, batch, known: true);
        _changedFrom = isAll ? 0 : ItemKey.Ordinal(rows[^1].Key) + 1;
        _at = isAll ? _at with { Revision = source.Revision } : _at;
    }

    private void AddAppended(SearchBatch batch)
    {
        var rows = Cut(reads.ItemsFrom(ItemKey.Of(source.Generation, _at.Next), ItemKey.Of(source.Generation, source.Items), [], MostItems), out _);
        Add(rows, batch, known: false);
        _at = _at with { Next = rows.Count == 0 ? source.Items : ItemKey.Ordinal(rows[^1].Key) + 1 };
    }

    private void AddBefore(SearchBatch batch)
    {
        var rows = reads.ItemsBefore(ItemKey.First(source.Generation), ItemKey.Of(source.Generation, _at.First), [], MostItems);
        rows.Reverse();
        rows = Cut(rows, out _);
        Add(rows, batch, known: false);
        _at = _at with { First = rows.Count == 0 ? 0 : ItemKey.Ordinal(rows[^1].Key) };
    }

    /// <summary>As many of the rows as make a batch, at least one.</summary>
    private static List<ItemRow> Cut(List<ItemRow> rows, out bool isAll)
    {
        var (count, bytes) = (0, 0L);
        while (count < rows.Count && (count == 0 || bytes < MostBytes))
        {
            bytes += rows[count].Length + rows[count].ResultLength;
            count++;
        }

        isAll = count == rows.Count && count < MostItems;
        return count == rows.Count ? rows : rows[..count];
    }

    private void Add(List<ItemRow> rows, SearchBatch batch, bool known)
    {
        var lastAtMs = source.LastAtMs;
        _lines?.Plan(rows.Select(r => new LineRange(r.Offset, r.Length)));
        foreach (var row in rows)
        {
            var item = row.ToItem();
            lastAtMs = item.AtMs ?? lastAtMs;
            var start = batch.Text.WrittenCount;
            batch.SaidBytes += SearchText.Write(item, ItemReader.Body(_format, item, _lines, SearchText.Limits), source.Marks, batch.Text);
            batch.Documents.Add(new SearchBatch.Document(
                SearchDocument.Id(SearchRanks.Of(item.Kind), lastAtMs, source.Transcript, item.Ordinal), row.Key, start, batch.Text.WrittenCount - start, known));
        }
    }
}
