using Muse.BuildingBlocks.Web;

namespace Muse.Sessions.Live;

/// <summary>One client's stream: what it subscribed to, from the feed to the wire, until the client is gone.</summary>
internal sealed class LiveStream(EventStream stream, LiveSubscription subscription, LiveRenderer renderer, CancellationToken aborted)
{
    /// <summary>Events written before the connection is asked whether it still takes them.</summary>
    private const int MostUnflushed = 16;
    private string _lastId = "0";

    public ValueTask FlushAsync() => stream.FlushAsync();

    /// <summary>Writes an event; without an id of its own it repeats the last one, so that a client resumes from there.</summary>
    public void Write(string type, string? id, ReadOnlySpan<byte> data)
    {
        _lastId = id ?? _lastId;
        stream.Write(type, _lastId, data);
    }

    /// <summary>Everything up to this id is told: what has no id of its own carries it from now on.</summary>
    public void MoveTo(string id) => _lastId = id;

    public void Hello(string verdict, long seq, string id) => Write("hello", id, renderer.Json(new LiveMessages.HelloData(verdict, seq)));

    /// <summary>Sends what is published until the client leaves.</summary>
    /// <param name="isNew">False for an event that the client has already.</param>
    /// <param name="idOf">The event's id; null repeats the last.</param>
    /// <param name="onGap">Tells the client that it lost events.</param>
    public async Task FollowAsync(Func<LiveEvent, bool> isNew, Func<LiveEvent, string?> idOf, Action onGap)
    {
        while (await subscription.Events.WaitToReadAsync(aborted))
        {
            if (subscription.TakeGap())
            {
                onGap();
            }

            for (var i = 0; i < MostUnflushed && subscription.Events.TryRead(out var live); i++)
            {
                if (isNew(live) && renderer.Render(live) is { } data)
                {
                    Write(live.Topic?.Type ?? NameOf(live.Kind), idOf(live), data);
                }
            }

            await stream.FlushAsync();
        }
    }

    private static string NameOf(LiveKind kind) => kind switch
    {
        LiveKind.Items => "items",
        LiveKind.Reset => "reset",
        LiveKind.Session => "session",
        LiveKind.Ingest => "ingest",
        LiveKind.Curation => "curation",
        _ => "beat",
    };
}
