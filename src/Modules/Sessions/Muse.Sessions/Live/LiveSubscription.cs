using System.Threading.Channels;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Ingest;

namespace Muse.Sessions.Live;

internal enum LiveKind
{
    Items,
    Reset,
    Session,
    Ingest,
    Beat,
    Curation,

    /// <summary>An event of another module's topic.</summary>
    Topic,
}

/// <summary>One event for all who hear it; the bytes that are sent are made once, by the first that sends it.</summary>
internal sealed class LiveEvent(LiveKind kind, long seq)
{
    private readonly Lock _lock = new();
    private byte[]? _rendered;
    private bool _isRendered;

    public LiveKind Kind { get; } = kind;

    /// <summary>Journal number; 0 for what has none.</summary>
    public long Seq { get; } = seq;
    public string? SessionId { get; init; }
    public LiveChange? Change { get; init; }
    public IngestProgress? Progress { get; init; }
    public TopicEvent? Topic { get; init; }
    public LiveMessages.CurationData? Curation { get; init; }
    public long AtMs { get; init; }

    /// <summary>The event's data as JSON; null if there is nothing to tell after all.</summary>
    public byte[]? Render(Func<LiveEvent, byte[]?> render)
    {
        lock (_lock)
        {
            if (!_isRendered)
            {
                (_rendered, _isRendered) = (render(this), true);
            }

            return _rendered;
        }
    }
}

/// <param name="Watched">Transcripts whose items are wanted.</param>
internal sealed record LiveFilter(bool Sessions, bool Ingest, IReadOnlyList<WatchedTranscript> Watched)
{
    public bool Watches(string sessionId, string? agentId)
    {
        foreach (var watched in Watched)
        {
            if (watched.SessionId == sessionId && watched.AgentId == agentId)
            {
                return true;
            }
        }

        return false;
    }
}

internal sealed record WatchedTranscript(string SessionId, string? AgentId);

/// <summary>What one stream has not sent yet.</summary>
internal sealed class LiveSubscription(LiveFilter filter, Action<LiveSubscription> unsubscribe) : IDisposable
{
    /// <summary>Events a client may be behind before it is told to fetch again instead.</summary>
    private const int MostBehind = 512;

    // Wait, because TryWrite then refuses instead of dropping in silence; nobody ever waits.
    private readonly Channel<LiveEvent> _events = Channel.CreateBounded<LiveEvent>(
        new BoundedChannelOptions(MostBehind) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private int _lagging;

    public LiveFilter Filter { get; } = filter;
    public ChannelReader<LiveEvent> Events => _events.Reader;

    public void Offer(LiveEvent live)
    {
        if (Volatile.Read(ref _lagging) == 0 && !_events.Writer.TryWrite(live))
        {
            Volatile.Write(ref _lagging, 1);
        }
    }

    /// <summary>What follows is incomplete; said with the next event.</summary>
    public void Lose() => Volatile.Write(ref _lagging, 1);

    /// <summary>For what may be lost: nobody is told of a gap for it.</summary>
    public void OfferIfIdle(LiveEvent live) => _events.Writer.TryWrite(live);

    /// <summary>
    /// True if events were lost since the last call: what is queued is thrown away, and what is published from now on
    /// comes after the gap.
    /// </summary>
    public bool TakeGap()
    {
        if (Volatile.Read(ref _lagging) == 0)
        {
            return false;
        }

        while (_events.Reader.TryRead(out _))
        {
        }

        Volatile.Write(ref _lagging, 0);
        return true;
    }

    public void Dispose() => unsubscribe(this);
}
