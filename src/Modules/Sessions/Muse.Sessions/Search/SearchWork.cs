using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Search;

/// <summary>
/// Makes batches of one generation: what changed, then what was appended, then what stands before, a batch at a time.
/// Keeps the file open between them, since a packed one is unpacked to be opened.
/// </summary>
internal sealed class SearchWork(SearchSource source, SearchPosition? position, SessionReads reads, ItemReader reader) : IDisposable
{
    private const int MostItems = 4000;

    /// <summary>Bytes of lines in a batch; their texts are about half of it.</summary>
    private const long MostBytes = SearchStore.TransactionBytes * 2L;
    private readonly ITranscriptFormat? _format = reader.FormatOf(source.Agent);
    private SearchPosition _at = position ?? new SearchPosition(source.Items, source.Items, source.Revision);
    private long _changedFrom;
    private TranscriptLines? _lines;

    /// <summary>True if nothing of the generation is left to do.</summary>
    public static bool IsDone(SearchSource source, SearchPosition? position) => position is null
        ? source.Items == 0
        : position.First == 0 && position.Next >= source.Items && position.Revision >= source.Revision;

    /// <summary>The next batch; null if there is none, or if the file cannot be read now.</summary>
    public SearchBatch? Next()
    {
        if (IsDone(source, _at))
        {
            return null;
        }

        _lines ??= TranscriptLines.Open(source.Path);
        if (_lines is null && !source.Missing)
        {
            return null;
        }

        return _at.Revision < source.Revision ? Changed() : _at.Next < source.Items ? Appended() : Before();
    }

    public void Dispose() => _lines?.Dispose();

    private SearchBatch Changed()
    {
        var (first, end) = (ItemKey.Of(source.Generation, Math.Max(_at.First, _changedFrom)), ItemKey.Of(source.Generation, _at.Next));
        var rows = Cut(reads.ItemsChanged(first, end, _at.Revision, MostItems), out var isAll);
        _changedFrom = isAll ? 0 : ItemKey.Ordinal(rows[^1].Key) + 1;
        return Make(rows, isAll ? _at with { Revision = source.Revision } : _at, replaces: true);
    }

    private SearchBatch Appended()
    {
        var rows = Cut(reads.ItemsFrom(ItemKey.Of(source.Generation, _at.Next), ItemKey.Of(source.Generation, source.Items), [], MostItems), out _);
        return Make(rows, _at with { Next = rows.Count == 0 ? source.Items : ItemKey.Ordinal(rows[^1].Key) + 1 }, replaces: false);
    }

    private SearchBatch Before()
    {
        var rows = reads.ItemsBefore(ItemKey.First(source.Generation), ItemKey.Of(source.Generation, _at.First), [], MostItems);
        rows.Reverse();
        rows = Cut(rows, out _);
        return Make(rows, _at with { First = rows.Count == 0 ? 0 : ItemKey.Ordinal(rows[^1].Key) }, replaces: false);
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

    private SearchBatch Make(List<ItemRow> rows, SearchPosition after, bool replaces)
    {
        _at = after;
        var lines = rows.Sum(r => (long)r.Length + r.ResultLength);
        var batch = new SearchBatch(source.Generation, after, replaces, (int)Math.Clamp(lines / 2, 4096, SearchStore.TransactionBytes));
        var lastAtMs = source.LastAtMs;
        _lines?.Plan(rows.Select(r => new LineRange(r.Offset, r.Length)));
        foreach (var row in rows)
        {
            var item = row.ToItem();
            lastAtMs = item.AtMs ?? lastAtMs;
            var start = batch.Text.WrittenCount;
            SearchText.Write(item, ItemReader.Body(_format, item, _lines, SearchText.Limits), source.Marks, batch.Text);
            batch.Documents.Add((
                SearchDocument.Id(SearchRanks.Of(item.Kind), lastAtMs, source.Transcript, item.Ordinal), row.Key, start, batch.Text.WrittenCount - start));
        }

        return batch;
    }
}
