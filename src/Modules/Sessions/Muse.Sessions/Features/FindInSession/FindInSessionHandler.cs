using MediatR;
using Microsoft.EntityFrameworkCore;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Features.FindInSession;

/// <summary>
/// Scans the bytes for lines that hold the text, then looks into the bodies of those lines' items: a name of a field or
/// a path that every line repeats is no match.
/// </summary>
internal sealed class FindInSessionHandler(SessionsDbContext db, SessionReads reads, ItemReader reader)
    : IRequestHandler<FindInSession.Query, Result<FindInSession.Response>>
{
    /// <summary>Lines and bytes of bodies one request looks into; about half a second of work.</summary>
    private const int MostLines = 20_000;
    private const long MostBodyBytes = 128 << 20;
    private static readonly BodyLimits Limits = new(Text: 1_000_000, Output: 4_000_000);

    public async Task<Result<FindInSession.Response>> Handle(FindInSession.Query query, CancellationToken ct)
    {
        var found = reads.ExpectTranscript(query.Id, query.Agent);
        if (found.IsFailed)
        {
            return found.Problem;
        }

        var transcript = found.Value;
        using var lines = reader.Open(transcript);
        if (lines is null)
        {
            return SessionProblems.TranscriptGone();
        }

        var text = query.Q!; // the validator saw to it
        var places = LineScan.Find(lines, transcript.CommittedBytes, TextNeedle.SpellingsOf(text), MostLines, ct);
        var items = places.Count == 0 ? [] : await ItemsAtAsync(transcript, places.ToHashSet(), ct);
        return Look(query, transcript, lines, items, places.Count >= MostLines, ct);
    }

    private FindInSession.Response Look(
        FindInSession.Query query, CurrentTranscript transcript, TranscriptLines lines, List<ItemRow> items, bool truncated, CancellationToken ct)
    {
        var limit = Parameter.Limit(query.Limit, FindInSession.DefaultLimit, 500)!.Value; // the validator read it
        var (before, after) = (ItemRef.TryParse(query.Before)?.Ordinal ?? long.MaxValue, ItemRef.TryParse(query.After)?.Ordinal ?? -1);
        var format = reader.FormatOf(transcript.Agent);
        var matches = new List<FindInSession.Match>();
        var (total, looked) = (0, 0L);
        foreach (var row in items)
        {
            ct.ThrowIfCancellationRequested();
            looked += row.Length + row.ResultLength;
            if (looked > MostBodyBytes)
            {
                truncated = true;
                break;
            }

            var item = row.ToItem();
            if (Snippet.Of(item, ItemReader.Body(format, item, lines, Limits), query.Q!) is not { } snippet)
            {
                continue;
            }

            total++;
            if (item.Ordinal > after && item.Ordinal < before)
            {
                matches.Add(new FindInSession.Match(
                    ItemRef.Text(item.Ordinal), item.Ordinal, ItemView.KindWord(item.Kind), snippet.Text, snippet.Start, snippet.Length));
            }
        }

        // Going back, the nearest matches are the last ones.
        var more = matches.Count > limit;
        var kept = !more ? matches : query.Before is not null && query.After is null ? matches[^limit..] : matches[..limit];
        return new FindInSession.Response(kept, total, truncated || more);
    }

    private async Task<List<ItemRow>> ItemsAtAsync(CurrentTranscript transcript, HashSet<long> places, CancellationToken ct)
    {
        var (first, end) = (ItemKey.First(transcript.Generation), ItemKey.Of(transcript.Generation, transcript.Items));
        var keys = new List<long>();
        var all = db.Items.Where(i => i.Key >= first && i.Key < end).OrderBy(i => i.Key).Select(i => new { i.Key, i.Offset, i.ResultOffset });
        await foreach (var item in all.AsAsyncEnumerable().WithCancellation(ct))
        {
            if (places.Contains(item.Offset) || (item.ResultOffset is { } result && places.Contains(result)))
            {
                keys.Add(item.Key);
            }
        }

        var rows = new List<ItemRow>(keys.Count);
        foreach (var some in keys.Chunk(500))
        {
            rows.AddRange(await db.Items.AsNoTracking().Where(i => some.Contains(i.Key)).OrderBy(i => i.Key).ToListAsync(ct));
        }

        return rows;
    }
}
