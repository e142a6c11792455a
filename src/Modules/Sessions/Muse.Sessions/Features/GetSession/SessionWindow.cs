using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Features.GetSession;

/// <summary>
/// Takes a window of a transcript: rows by range of their key, and beyond the index the lines themselves.
/// </summary>
internal sealed class SessionWindow(
    SessionReads reads, CurrentTranscript transcript, UnindexedPart? unindexed, IReadOnlyList<string> kinds, long fileLength)
{
    private readonly long _first = ItemKey.First(transcript.Generation);

    // Rows committed after the transcript was looked up belong to a later revision: its stream brings them.
    private readonly long _end = ItemKey.Of(transcript.Generation, transcript.Items);

    /// <summary>Null if the item that was named is not there.</summary>
    public Part? Take(GetSession.Query query, int limit)
    {
        if (ItemRef.TryParse(query.Before ?? query.After ?? query.Around) is not { } named)
        {
            return query.Anchor == "head" ? Forward(_first, limit) : Backward(null, limit);
        }

        var place = Place(named);
        return place is not { } at ? null
            : query.Before is not null ? Backward(at, limit)
            : query.After is not null ? After(at, limit)
            : Around(at, limit);
    }

    /// <summary>The item's key, or the place of its line if that is not indexed.</summary>
    private (long? Key, long Offset, int Block)? Place(ItemRef named)
    {
        if (named.Ordinal is null && named.Offset >= transcript.CommittedBytes)
        {
            return unindexed?.At(named.Offset, named.Block) is null ? null : (null, named.Offset, named.Block);
        }

        var row = reads.Item(transcript.Generation, named);
        return row is null ? null : (row.Key, row.Offset, row.Block);
    }

    private Part Backward((long? Key, long Offset, int Block)? before, int limit)
    {
        if (before?.Key is not null || unindexed is null)
        {
            var indexed = reads.ItemsBefore(_first, before?.Key ?? _end, kinds, limit + 1);
            return new Part(Last(indexed, limit), [], indexed.Count > limit, before is not null || unindexed is not null);
        }

        var (items, more) = unindexed.Before(before?.Offset ?? fileLength, limit, IsWanted);
        if (more)
        {
            return new Part([], items, HasBefore: true, before is not null);
        }

        var left = Math.Max(0, limit - items.Count);
        var rows = reads.ItemsBefore(_first, _end, kinds, left + 1);
        return new Part(Last(rows, left), items, rows.Count > left, before is not null);
    }

    private Part After((long? Key, long Offset, int Block) after, int limit)
    {
        if (after.Key is { } key)
        {
            return Forward(key + 1, limit) with { HasBefore = true };
        }

        var (items, hasAfter) = unindexed!.From(
            after.Offset, limit, i => IsWanted(i) && (i.Offset > after.Offset || i.Block > after.Block)); // it found the item
        return new Part([], items, HasBefore: true, hasAfter);
    }

    private Part Around((long? Key, long Offset, int Block) at, int limit)
    {
        var half = limit / 2;
        var before = half == 0 ? new Part([], [], true, true) : Backward(at, half);
        var after = at.Key is { } key
            ? Forward(key, limit - before.Rows.Count)
            : After((null, at.Offset, at.Block - 1), limit - before.Rows.Count - before.Provisional.Count);
        return new Part(
            [.. before.Rows, .. after.Rows], [.. before.Provisional, .. after.Provisional], before.HasBefore, after.HasAfter);
    }

    private Part Forward(long from, int limit)
    {
        var rows = reads.ItemsFrom(from, _end, kinds, limit + 1);
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

    private bool IsWanted(Item item) => kinds.Count == 0 || kinds.Contains(ItemView.KindWord(item.Kind));

    private static List<ItemRow> Last(List<ItemRow> rows, int limit) => rows.Count > limit ? rows[^limit..] : rows;

    /// <param name="Provisional">Follow the rows; not indexed yet.</param>
    internal sealed record Part(List<ItemRow> Rows, List<Item> Provisional, bool HasBefore, bool HasAfter);
}
