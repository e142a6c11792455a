using Muse.Sessions.Ingest;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Live;

/// <summary>One committed read of one transcript, for those who watch.</summary>
/// <param name="Revision">The read's number in its generation.</param>
/// <param name="Seq">Journal number of the read's fact.</param>
/// <param name="Items">New and changed rows, already merged.</param>
/// <param name="Total">Items of the transcript after the read.</param>
/// <param name="Reset">The file was rewritten: what was shown of it is void.</param>
/// <param name="SessionChanged">The session's own row changed too.</param>
internal sealed record LiveChange(
    string SessionId, string? AgentId, long Generation, long Revision, long Seq, IReadOnlyList<ItemRow> Items, long Total, bool Reset,
    bool SessionChanged);

/// <summary>
/// Tells open streams what was committed. Publishing costs a lock and a look at each subscriber and never waits: a
/// subscriber that does not keep up loses events and is told so. Three timers serve all streams together.
/// </summary>
internal sealed class LiveFeed : IDisposable
{
    /// <summary>A listener hears of a session at most this often.</summary>
    public static readonly TimeSpan Merge = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(15);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _changedSessions = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private readonly Func<IIngestStatus> _ingest;
    private readonly ITimer _flush;
    private readonly ITimer _progress;
    private readonly ITimer _beat;
    private LiveSubscription[] _subscribers = [];
    private bool _flushing;
    private bool _telling;

    /// <param name="ingest">Asked late: the ingest itself publishes here.</param>
    public LiveFeed(TimeProvider clock, Func<IIngestStatus> ingest)
    {
        (_clock, _ingest) = (clock, ingest);
        _flush = clock.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _progress = clock.CreateTimer(_ => TellProgress(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _beat = clock.CreateTimer(_ => Beat(), null, BeatEvery, BeatEvery);
    }

    public int Subscribers => Volatile.Read(ref _subscribers).Length;

    /// <summary>True if somebody watches items of the session, of whichever transcript.</summary>
    public bool Wants(string sessionId) =>
        Volatile.Read(ref _subscribers).Any(s => s.Filter.Watched.Any(w => w.SessionId == sessionId));

    /// <summary>Items go out at once; that their session changed is told merged.</summary>
    public void Publish(LiveChange change)
    {
        var subscribers = Volatile.Read(ref _subscribers);
        if (subscribers.Length == 0)
        {
            return;
        }

        LiveEvent? reset = null;
        LiveEvent? items = null;
        var (listed, progress) = (false, false);
        foreach (var subscriber in subscribers)
        {
            listed |= subscriber.Filter.Sessions && change.SessionChanged;
            progress |= subscriber.Filter.Ingest;
            if (!subscriber.Filter.Watches(change.SessionId, change.AgentId))
            {
                continue;
            }

            if (change.Reset)
            {
                subscriber.Offer(reset ??= new LiveEvent(LiveKind.Reset, change.Seq) { Change = change });
            }

            if (change.Items.Count > 0)
            {
                subscriber.Offer(items ??= new LiveEvent(LiveKind.Items, change.Seq) { Change = change });
            }
        }

        if (listed)
        {
            lock (_lock)
            {
                _changedSessions[change.SessionId] = change.Seq;
                Arm(_flush, ref _flushing, Merge);
            }
        }

        if (progress)
        {
            PublishIngest();
        }
    }

    /// <summary>What a person says of the session changed, or what is made of it: its row is told merged.</summary>
    public void PublishSession(string sessionId, long seq)
    {
        lock (_lock)
        {
            _changedSessions[sessionId] = Math.Max(seq, _changedSessions.GetValueOrDefault(sessionId));
            Arm(_flush, ref _flushing, Merge);
        }
    }

    /// <summary>What is no session's row changed.</summary>
    public void PublishCuration(LiveMessages.CurationData part) => Broadcast(new LiveEvent(LiveKind.Curation, 0) { Curation = part }, filter => filter.Sessions);

    /// <summary>The ingest went on, or its state changed without a read: it pauses, or a root appeared.</summary>
    public void PublishIngest()
    {
        lock (_lock)
        {
            Arm(_progress, ref _telling, ProgressEvery);
        }
    }

    /// <summary>Dispose the subscription in a <c>finally</c>.</summary>
    public LiveSubscription Subscribe(LiveFilter filter)
    {
        var subscription = new LiveSubscription(filter, Unsubscribe);
        lock (_lock)
        {
            Volatile.Write(ref _subscribers, [.. _subscribers, subscription]);
        }

        return subscription;
    }

    public void Dispose()
    {
        _flush.Dispose();
        _progress.Dispose();
        _beat.Dispose();
    }

    private void Unsubscribe(LiveSubscription subscription)
    {
        lock (_lock)
        {
            Volatile.Write(ref _subscribers, [.. _subscribers.Where(s => s != subscription)]);
        }
    }

    private static void Arm(ITimer timer, ref bool armed, TimeSpan after)
    {
        if (!armed)
        {
            armed = true;
            timer.Change(after, Timeout.InfiniteTimeSpan);
        }
    }

    private void Flush()
    {
        List<KeyValuePair<string, long>> sessions;
        lock (_lock)
        {
            // In journal order: a stream's last id then says that everything up to it was told.
            sessions = [.. _changedSessions.OrderBy(s => s.Value)];
            _changedSessions.Clear();
            _flushing = false;
        }

        foreach (var (sessionId, seq) in sessions)
        {
            Broadcast(new LiveEvent(LiveKind.Session, seq) { SessionId = sessionId }, filter => filter.Sessions);
        }
    }

    private void TellProgress()
    {
        lock (_lock)
        {
            _telling = false;
        }

        if (!Volatile.Read(ref _subscribers).Any(s => s.Filter.Ingest))
        {
            return;
        }

        var progress = _ingest().Read();
        Broadcast(new LiveEvent(LiveKind.Ingest, 0) { Progress = progress }, filter => filter.Ingest);
        if (progress.State != "idle")
        {
            // Nothing may be committed any more, and the end must be told too.
            PublishIngest();
        }
    }

    private void Beat()
    {
        var beat = new LiveEvent(LiveKind.Beat, 0) { AtMs = _clock.GetUtcNow().ToUnixTimeMilliseconds() };
        foreach (var subscriber in Volatile.Read(ref _subscribers))
        {
            subscriber.OfferIfIdle(beat);
        }
    }

    private void Broadcast(LiveEvent live, Func<LiveFilter, bool> wants)
    {
        foreach (var subscriber in Volatile.Read(ref _subscribers))
        {
            if (wants(subscriber.Filter))
            {
                subscriber.Offer(live);
            }
        }
    }
}
