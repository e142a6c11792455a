using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;
using Muse.Sessions.Search;

namespace Muse.Sessions.Features.SearchItems;

/// <summary>
/// Looks through one transcript: its bytes for lines that may hold the pattern, then the items of those lines for what a
/// person reads, so that names of fields are no hits.
/// </summary>
internal sealed class FileScan(TextPattern pattern, SearchFilters filters, SearchSource source, SessionReads reads, ItemReader reader)
{
    /// <summary>Hits of one transcript that are sent, and that are counted.</summary>
    public const int MostShown = 20;
    private const int MostCounted = 200;
    private const int MostLines = 20_000;
    private const int Step = 2000;

    /// <param name="passed">Told the bytes that were looked through.</param>
    public List<SearchItems.Hit> Find(Action<long> passed, CancellationToken ct)
    {
        using var lines = TranscriptLines.Open(source.Path);
        var hits = new List<SearchItems.Hit>();
        if (lines is not null && reader.FormatOf(source.Agent) is { } format)
        {
            foreach (var rows in Candidates(format, lines, ct))
            {
                lines.Plan(rows.Select(r => new LineRange(r.Offset, r.Length)));
                foreach (var row in rows)
                {
                    ct.ThrowIfCancellationRequested();
                    var item = row.ToItem();
                    if (hits.Count < MostCounted && filters.Take(item, source) && ItemReader.Body(format, item, lines, SearchText.Limits) is var body
                        && filters.Take(item, body, source) && Hit(item, body) is { } hit)
                    {
                        hits.Add(hit);
                    }
                }

                if (hits.Count >= MostCounted)
                {
                    break;
                }
            }
        }

        passed(source.CommittedBytes);
        return hits;
    }

    /// <summary>Items that may hold it, the newest first, some at a time.</summary>
    private IEnumerable<List<ItemRow>> Candidates(ITranscriptFormat format, TranscriptLines lines, CancellationToken ct)
    {
        var (first, end) = (ItemKey.First(source.Generation), ItemKey.Of(source.Generation, source.Items));
        if (pattern.Needles is { } needles && !format.IsDocument(source.Path))
        {
            var places = LineScan.Find(lines, source.CommittedBytes, needles, MostLines, ct).ToHashSet();
            var rows = places.Count == 0 ? [] : reads.ItemsAt(first, end, places);
            rows.Reverse();
            yield return rows;
            yield break;
        }

        while (end > first && reads.ItemsBefore(first, end, [], Step) is { Count: > 0 } rows)
        {
            end = rows[0].Key;
            rows.Reverse();
            yield return rows;
        }
    }

    private SearchItems.Hit? Hit(Item item, ItemBody? body)
    {
        foreach (var part in SearchText.Parts(item, body))
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
}
