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
/// <param name="Changed">Ordinals of items of earlier reads that changed and are not in <paramref name="Items"/>: read back if somebody watches.</param>
internal sealed record LiveChange(
    string SessionId, string? AgentId, long Generation, long Revision, long Seq, IReadOnlyList<ItemRow> Items, long Total, bool Reset,
    bool SessionChanged, IReadOnlyList<long>? Changed = null);

/// <summary>
/// Tells open streams what was committed. Publishing costs a lock and a look at each subscriber and never waits: a
/// subscriber that does not keep up loses events and is told so. Two timers serve all streams together.
/// </summary>
internal sealed class LiveFeed : IDisposable
{
    /// <summary>A listener hears of a session at most this often.</summary>
    public static readonly TimeSpan Merge = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(15);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _changedSessions = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private readonly ITimer _flush;
    private readonly ITimer _beat;
    private LiveSubscription[] _subscribers = [];
    private IngestProgress? _progress;
    private bool _flushing;

    public LiveFeed(TimeProvider clock)
    {
        _clock = clock;
        _flush = clock.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _beat = clock.CreateTimer(_ => Beat(), null, BeatEvery, BeatEvery);
    }

    public int Subscribers => Volatile.Read(ref _subscribers).Length;

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
        var listed = false;
        foreach (var subscriber in subscribers)
        {
            listed |= subscriber.Filter.Sessions;
            if (!subscriber.Filter.Watches(change.SessionId, change.AgentId))
            {
                continue;
            }

            if (change.Reset)
            {
                subscriber.Offer(reset ??= new LiveEvent(LiveKind.Reset, change.Seq) { Change = change });
            }

            if (change.Items.Count > 0 || change.Changed is { Count: > 0 })
            {
                subscriber.Offer(items ??= new LiveEvent(LiveKind.Items, change.Seq) { Change = change });
            }
        }

        if (change.SessionChanged && listed)
        {
            lock (_lock)
            {
                _changedSessions[change.SessionId] = change.Seq;
                ScheduleFlush();
            }
        }
    }

    /// <summary>Tells how far the ingest is; only the newest of a tenth of a second goes out.</summary>
    public void PublishIngest(IngestProgress progress)
    {
        if (Subscribers == 0)
        {
            return;
        }

        lock (_lock)
        {
            _progress = progress;
            ScheduleFlush();
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
        _beat.Dispose();
    }

    private void Unsubscribe(LiveSubscription subscription)
    {
        lock (_lock)
        {
            Volatile.Write(ref _subscribers, [.. _subscribers.Where(s => s != subscription)]);
        }
    }

    private void ScheduleFlush()
    {
        if (!_flushing)
        {
            _flushing = true;
            _flush.Change(Merge, Timeout.InfiniteTimeSpan);
        }
    }

    private void Flush()
    {
        List<KeyValuePair<string, long>> sessions;
        IngestProgress? progress;
        lock (_lock)
        {
            // In journal order: a stream's last id then says that everything up to it was told.
            sessions = [.. _changedSessions.OrderBy(s => s.Value)];
            progress = _progress;
            _changedSessions.Clear();
            (_progress, _flushing) = (null, false);
        }

        foreach (var (sessionId, seq) in sessions)
        {
            Broadcast(new LiveEvent(LiveKind.Session, seq) { SessionId = sessionId }, filter => filter.Sessions);
        }

        if (progress is not null)
        {
            Broadcast(new LiveEvent(LiveKind.Ingest, 0) { Progress = progress }, filter => filter.Ingest);
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
