using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Muse.Board.Persistence;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Live;

/// <summary>Finds what a returning client missed, from the database, so that a restart makes no difference.</summary>
internal sealed class MissedCards(BoardDbContext db, CardReader reader, BoardFeed feed, FactJournal journal)
{
    /// <summary>Commits of several writers are told nearly in order: looking a little further back finds those that were not.</summary>
    private const long Overlap = 64;

    /// <returns>Null if that cannot be told: the number is from elsewhere, or too long ago.</returns>
    public async Task<IReadOnlyList<TopicEvent>?> SinceAsync(string lastEventId, CancellationToken ct)
    {
        var now = journal.Last;
        if (!long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var last) || last > now || now - last > BoardWatch.MostBehindSeq)
        {
            return null;
        }

        var after = last - Overlap;
        var cards = await reader.MovedSinceAsync(after, ct);
        var gone = await db.Cards.AsNoTracking().Where(c => c.Removed && c.ChangedSeq > after).Select(c => new { c.Id, c.ChangedSeq }).ToListAsync(ct);
        var deliveries = await db.Deliveries.AsNoTracking().Where(d => d.ChangedSeq > after).OrderBy(d => d.ChangedSeq).ToListAsync(ct);
        return
        [
            .. gone.Select(c => new TopicEvent("gone", c.ChangedSeq, feed.Json(new BoardMessages.GoneData(c.Id, ReplacedBy: null)))),
            .. cards.OrderBy(c => c.ChangedSeq).Select(c => new TopicEvent("card", c.ChangedSeq, feed.Json(c.View))),
            .. deliveries.Select(d => new TopicEvent("delivery", d.ChangedSeq, feed.Json(BoardMessages.DeliveryData.Of(d)))),
        ];
    }
}
