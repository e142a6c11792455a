using System.Text.RegularExpressions;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;
using Muse.Sessions.Search;

namespace Muse.Sessions.Features.SearchItems;

/// <summary>A part of a transcript's bytes.</summary>
internal readonly record struct ScanPart(long From, long To);

/// <summary>What a part holds, the newest first.</summary>
/// <param name="IsGone">The file is not there any more: only previews were looked at.</param>
/// <param name="IsUnread">It is there and could not be read.</param>
/// <param name="TooLong">Items of which could not be told in time whether the pattern stands in them.</param>
internal sealed record ScanFinds(IReadOnlyList<ScanFinds.Found> Items, bool IsGone, bool IsUnread, int TooLong)
{
    public static readonly ScanFinds Nothing = new([], false, false, 0);
    public static readonly ScanFinds Unread = Nothing with { IsUnread = true };

    public readonly record struct Found(long Key, SearchItems.Hit Hit);
}

/// <summary>
/// Looks through one transcript part by part, from its end on: its bytes for what may hold the pattern, then the items that
/// stand there for what a person reads, so that names of fields are no hits. Parts are looked at by several threads at once.
/// </summary>
internal sealed class TranscriptScan(SearchSource source, TextPattern pattern, SearchQuery filters, SessionReads reads, ItemReader reader)
{
    /// <summary>Hits of one transcript that are counted.</summary>
    public const int MostCounted = 200;
    private const int PartBytes = 8 << 20;
    private const int RowsAtOnce = 200;
    private readonly Lazy<ItemPlaces> _places = new(() => new ItemPlaces(reads.Places(source.Generation)));
    private readonly Lazy<SessionWithParent?> _session = new(() => reads.Session(source.SessionId));
    private readonly ITranscriptFormat? _format = reader.FormatOf(source.Agent);
    private bool _isEnough;

    public SearchSource Source => source;

    public SessionWithParent? Session => _session.Value;

    /// <summary>Nobody counts further hits: what is left is passed over.</summary>
    public bool IsEnough
    {
        get => Volatile.Read(ref _isEnough);
        set => Volatile.Write(ref _isEnough, value);
    }

    /// <summary>Parts before a byte, from the last to the first. A file that is gone, or has to be unpacked, is one part.</summary>
    public IEnumerable<ScanPart> Parts(long before)
    {
        var to = Math.Min(before, source.CommittedBytes);
        var size = to > PartBytes && reader.IsReadInParts(source.Path, source.Generation) ? PartBytes : to;
        do
        {
            var from = Math.Max(0, to - size);
            yield return new ScanPart(from, to);
            to = from;
        }
        while (to > 0);
    }

    /// <param name="passed">Told the bytes that were looked through, now and then.</param>
    public ScanFinds Look(ScanPart part, Action<long> passed, CancellationToken ct)
    {
        if (IsEnough)
        {
            passed(part.To - part.From);
            return ScanFinds.Nothing;
        }

        using var lines = reader.Open(source.Path, source.Generation, source.CommittedBytes);
        var isGone = lines is null && !File.Exists(PackedFile.Located(source.Path));
        var wanted = new SearchFilters(filters);
        var (finds, tooLong) = (new List<ScanFinds.Found>(), 0);
        foreach (var rows in lines is null ? Previews() : Candidates(lines, part, passed, ct))
        {
            lines?.Plan(rows.Select(r => new LineRange(r.Offset, r.Length)));
            foreach (var row in rows)
            {
                ct.ThrowIfCancellationRequested();
                try
                {
                    if (Hit(row.ToItem(), lines, wanted) is { } hit)
                    {
                        finds.Add(new ScanFinds.Found(row.Key, hit));
                    }
                }
                catch (RegexMatchTimeoutException)
                {
                    tooLong++;
                }
            }

            if (finds.Count >= MostCounted)
            {
                break;
            }
        }

        if (lines is null)
        {
            passed(part.To - part.From);
        }

        return new ScanFinds(finds, isGone, lines is null && !isGone, tooLong);
    }

    /// <summary>Items of which the bytes may hold it, the newest first, some at a time.</summary>
    private IEnumerable<List<ItemRow>> Candidates(TranscriptLines lines, ScanPart part, Action<long> passed, CancellationToken ct)
    {
        var keys = new HashSet<long>();
        using (var bytes = new ByteScan(pattern, new SaidFields(_format?.Wrapper)))
        {
            bytes.Look(lines, part.From, part.To, source.CommittedBytes, (from, to, isSaid) => _places.Value.Take(from, to, isSaid, keys), passed, ct);
        }

        foreach (var some in keys.OrderDescending().Chunk(RowsAtOnce))
        {
            var rows = reads.Items(some);
            rows.Reverse();
            yield return rows;
        }
    }

    private IEnumerable<List<ItemRow>> Previews()
    {
        var (first, end) = (ItemKey.First(source.Generation), ItemKey.Of(source.Generation, source.Items));
        while (end > first && reads.ItemsBefore(first, end, [], RowsAtOnce) is { Count: > 0 } rows)
        {
            end = rows[0].Key;
            rows.Reverse();
            yield return rows;
        }
    }

    private SearchItems.Hit? Hit(Item item, TranscriptLines? lines, SearchFilters wanted)
    {
        // What a fork copied is found in the session it was copied from.
        if (!wanted.Take(item, source) || (item.Flags.HasFlag(ItemFlags.Inherited) && Session?.ParentId is not null))
        {
            return null;
        }

        var body = ItemReader.Body(_format, item, lines, SearchText.Limits);
        foreach (var part in wanted.Take(item, body, source) ? SearchText.Parts(item, body) : [])
        {
            if (pattern.In(part) is { } place)
            {
                var snippet = SearchSnippet.Around(part, [place]);
                return new SearchItems.Hit(
                    ItemRef.Text(item.Ordinal), source.AgentId, ItemView.KindWord(item.Kind), item.Name, item.AtMs, snippet.Text, snippet.Marks,
                    source.Origin.LinkTo(item.Ordinal));
            }
        }

        return null;
    }

    /// <summary>Tells which items' bytes are in a piece of the file.</summary>
    private sealed class ItemPlaces
    {
        private readonly ItemPlace[] _places;

        /// <summary>The greatest end of a place and all before it: a record may stand within another's line.</summary>
        private readonly long[] _ends;

        public ItemPlaces(List<ItemPlace> places)
        {
            _places = [.. places.OrderBy(p => p.Offset)];
            _ends = new long[_places.Length];
            for (var i = 0; i < _places.Length; i++)
            {
                _ends[i] = Math.Max(i == 0 ? 0 : _ends[i - 1], _places[i].End);
            }
        }

        /// <summary>Adds the items of a piece.</summary>
        /// <param name="isSaid">Otherwise only those that show what their agent noted.</param>
        /// <returns>The byte behind the last of them.</returns>
        public long Take(long from, long to, bool isSaid, HashSet<long> keys)
        {
            var (low, high) = (0, _places.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _places[middle].Offset < to ? (middle + 1, high) : (low, middle);
            }

            var end = to;
            for (var i = low - 1; i >= 0 && _ends[i] > from; i--)
            {
                if (_places[i].End > from)
                {
                    _ = (isSaid || !_places[i].IsSaid) && keys.Add(_places[i].Key);
                    end = Math.Max(end, _places[i].End);
                }
            }

            return end;
        }
    }
}
