using System.Globalization;
using Microsoft.AspNetCore.Http;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Live;

namespace Muse.Sessions.Features.StreamEvents;

/// <summary>A tab's stream.</summary>
internal sealed class TopicStream(TopicSet topics, MissedEvents missed, LiveFeed feed, LiveRenderer renderer, FactJournal journal) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var ct = httpContext.RequestAborted;

        // Subscribe before looking at what was missed: an event between the two is then seen twice, and dropped by its revision.
        using var subscription = feed.Subscribe(topics.Filter);
        List<IDisposable> others = [.. topics.Others.Select(topic => topic.Subscribe(
            told => subscription.Offer(new LiveEvent(LiveKind.Topic, told.Seq) { Topic = told }), subscription.Lose))];
        var stream = new LiveStream(EventStream.Start(httpContext), subscription, renderer, ct);
        try
        {
            var seq = journal.Last;
            var verdict = await missed.LookAsync(seq, ct);
            var resumed = verdict == LiveMessages.Resumed && EventStream.LastEventId(httpContext.Request) is not null;

            // The old number as id while what was missed is on its way: a client that leaves before it comes back for it.
            stream.Hello(verdict, seq, resumed ? EventStream.LastEventId(httpContext.Request)! : Text(seq));
            if (verdict == LiveMessages.Resumed)
            {
                missed.WriteTo(stream);
                stream.MoveTo(Text(seq));
            }

            await stream.FlushAsync();
            await stream.FollowAsync(IsNew, IdOf, () => stream.Hello(LiveMessages.Gap, journal.Last, Text(journal.Last)));
        }
        catch (OperationCanceledException)
        {
            // The client left, as clients do.
        }
        finally
        {
            others.ForEach(other => other.Dispose());
        }
    }

    private bool IsNew(LiveEvent live)
    {
        if (live.Change is not { } change)
        {
            return true;
        }

        var key = (change.SessionId, change.AgentId);
        return !missed.Told.TryGetValue(key, out var told) || told.Generation != change.Generation || change.Revision > told.Revision;
    }

    /// <summary>
    /// Items go out before the merged news of their session. Where a tab wants both, only the latter moves the id on:
    /// else a client that left in between would never hear of the session.
    /// </summary>
    private string? IdOf(LiveEvent live) => live.Seq == 0 || (topics.Sessions && live.Kind != LiveKind.Session) ? null : Text(live.Seq);

    private static string Text(long seq) => seq.ToString(CultureInfo.InvariantCulture);
}
