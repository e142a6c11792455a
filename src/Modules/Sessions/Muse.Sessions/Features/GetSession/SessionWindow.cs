using Microsoft.EntityFrameworkCore;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Features.GetSession;

/// <summary>
/// Takes a window of a transcript: rows by range of their key, and beyond the index the lines themselves.
/// </summary>
internal sealed class SessionWindow(
    SessionsDbContext db, CurrentTranscript transcript, UnindexedPart? unindexed, IReadOnlyList<string> kinds, long fileLength)
{
    private readonly long _first = ItemKey.First(transcript.Generation);

    // Rows committed after the transcript was looked up belong to a later revision: its stream brings them.
    private readonly long _end = ItemKey.Of(transcript.Generation, transcript.Items);

    /// <summary>Null if the item that was named is not there.</summary>
    public async Task<Part?> TakeAsync(GetSession.Query query, int limit, CancellationToken ct)
    {
        if (ItemRef.TryParse(query.Before ?? query.After ?? query.Around) is not { } named)
        {
            return query.Anchor == "head" ? await ForwardAsync(_first, limit, ct) : await BackwardAsync(null, limit, ct);
        }

        var place = await PlaceAsync(named, ct);
        return place is not { } at ? null
            : query.Before is not null ? await BackwardAsync(at, limit, ct)
            : query.After is not null ? await AfterAsync(at, limit, ct)
            : await AroundAsync(at, limit, ct);
    }

    /// <summary>The item's key, or the place of its line if that is not indexed.</summary>
    private async Task<(long? Key, long Offset, int Block)?> PlaceAsync(ItemRef named, CancellationToken ct)
    {
        if (named.Ordinal is null && named.Offset >= transcript.CommittedBytes)
        {
            return unindexed?.At(named.Offset, named.Block) is null ? null : (null, named.Offset, named.Block);
        }

        var row = await db.FindItemAsync(transcript.Generation, named, ct);
        return row is null ? null : (row.Key, row.Offset, row.Block);
    }

    private async Task<Part> BackwardAsync((long? Key, long Offset, int Block)? before, int limit, CancellationToken ct)
    {
        if (before?.Key is not null || unindexed is null)
        {
            var indexed = await RowsBeforeAsync(before?.Key ?? _end, limit + 1, ct);
            return new Part(Last(indexed, limit), [], indexed.Count > limit, before is not null || unindexed is not null);
        }

        var (items, more) = unindexed.Before(before?.Offset ?? fileLength, limit, IsWanted);
        if (more)
        {
            return new Part([], items, HasBefore: true, before is not null);
        }

        var left = Math.Max(0, limit - items.Count);
        var rows = await RowsBeforeAsync(_end, left + 1, ct);
        return new Part(Last(rows, left), items, rows.Count > left, before is not null);
    }

    private async Task<Part> AfterAsync((long? Key, long Offset, int Block) after, int limit, CancellationToken ct)
    {
        if (after.Key is { } key)
        {
            return await ForwardAsync(key + 1, limit, ct) with { HasBefore = true };
        }

        var (items, hasAfter) = unindexed!.From(
            after.Offset, limit, i => IsWanted(i) && (i.Offset > after.Offset || i.Block > after.Block)); // it found the item
        return new Part([], items, HasBefore: true, hasAfter);
    }

    private async Task<Part> AroundAsync((long? Key, long Offset, int Block) at, int limit, CancellationToken ct)
    {
        var half = limit / 2;
        var before = half == 0 ? new Part([], [], true, true) : await BackwardAsync(at, half, ct);
        var after = at.Key is { } key
            ? await ForwardAsync(key, limit - before.Rows.Count, ct)
            : await AfterAsync((null, at.Offset, at.Block - 1), limit - before.Rows.Count - before.Provisional.Count, ct);
        return new Part(
            [.. before.Rows, .. after.Rows], [.. before.Provisional, .. after.Provisional], before.HasBefore, after.HasAfter);
    }

    private async Task<Part> ForwardAsync(long from, int limit, CancellationToken ct)
    {
        var rows = await Rows(from, _end).OrderBy(i => i.Key).Take(limit + 1).ToListAsync(ct);
        if (rows.Count > limit)
        {
            rows.RemoveAt(limit);
            return new Part(rows, [], from > _first, HasAfter: true);
        }

        if (unindexed is null)
        {
            return new Part(rows, [], from > _first, HasAfter: false);
        }

        var (items, hasAfter) = rows.Count < limit ? unindexed.From(transcript.CommittedBytes, limit - rows.Count, IsWanted) : ([], true);
        return new Part(rows, items, from > _first, hasAfter);
    }

    private async Task<List<ItemRow>> RowsBeforeAsync(long end, int most, CancellationToken ct)
    {
        var rows = await Rows(_first, end).OrderByDescending(i => i.Key).Take(most).ToListAsync(ct);
        rows.Reverse();
        return rows;
    }

    private IQueryable<ItemRow> Rows(long from, long end)
    {
        var rows = db.Items.AsNoTracking().Where(i => i.Key >= from && i.Key < end);
        return kinds.Count == 0 ? rows : rows.Where(i => kinds.Contains(i.Kind));
    }

    private bool IsWanted(Item item) => kinds.Count == 0 || kinds.Contains(ItemView.KindWord(item.Kind));

    private static List<ItemRow> Last(List<ItemRow> rows, int limit) => rows.Count > limit ? rows[^limit..] : rows;

    /// <param name="Provisional">Follow the rows; not indexed yet.</param>
    internal sealed record Part(List<ItemRow> Rows, List<Item> Provisional, bool HasBefore, bool HasAfter);
}
