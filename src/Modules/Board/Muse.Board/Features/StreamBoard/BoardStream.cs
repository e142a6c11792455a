using System.Globalization;
using Microsoft.AspNetCore.Http;
using Muse.Board.Live;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Features.StreamBoard;

/// <summary>One client's stream of the board.</summary>
internal sealed class BoardStream(string? lastEventId, MissedCards missed, BoardFeed feed, FactJournal journal) : IResult
{
    /// <summary>Events written before the connection is asked whether it still takes them.</summary>
    private const int MostUnflushed = 16;
    private string _lastId = "0";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var ct = httpContext.RequestAborted;

        // Subscribe before looking at what was missed: a card between the two is then sent twice, as the same whole.
        using var subscription = feed.Subscribe();
        var stream = EventStream.Start(httpContext);
        try
        {
            var seq = journal.Last;
            var found = lastEventId is null ? null : await missed.SinceAsync(lastEventId, ct);
            var verdict = lastEventId is null ? BoardMessages.Fresh : found is null ? BoardMessages.Gap : BoardMessages.Resumed;

            // The old number as id while what was missed is on its way: a client that leaves before it comes back for it.
            Hello(stream, verdict, seq, found is null ? Text(seq) : lastEventId!); // found only for an id
            foreach (var live in found ?? [])
            {
                stream.Write(live.Type, _lastId, live.Data);
            }

            _lastId = Text(seq);
            await stream.FlushAsync();
            await FollowAsync(stream, subscription, ct);
        }
        catch (OperationCanceledException)
        {
            // The client left, as clients do.
        }
    }

    private async Task FollowAsync(EventStream stream, BoardSubscription subscription, CancellationToken ct)
    {
        while (await subscription.Events.WaitToReadAsync(ct))
        {
            if (subscription.TakeGap())
            {
                Hello(stream, BoardMessages.Gap, journal.Last, Text(journal.Last));
            }

            for (var i = 0; i < MostUnflushed && subscription.Events.TryRead(out var live); i++)
            {
                _lastId = live.Seq > 0 ? Text(live.Seq) : _lastId;
                stream.Write(live.Type, _lastId, live.Data);
            }

            await stream.FlushAsync();
        }
    }

    private void Hello(EventStream stream, string verdict, long seq, string id)
    {
        _lastId = id;
        stream.Write("hello", id, feed.Json(new BoardMessages.HelloData(verdict, seq)));
    }

    private static string Text(long seq) => seq.ToString(CultureInfo.InvariantCulture);
}
