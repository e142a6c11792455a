using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Muse.Board.Persistence;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Live;

/// <summary>
/// Tells open streams what was stored. The bytes of an event are made once, from the tables, and only if somebody
/// listens. A listener that does not keep up loses events and is told so.
/// </summary>
internal sealed partial class BoardFeed : IDisposable
{
    public static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(15);

    /// <summary>Figures of a card are told at most this often.</summary>
    private static readonly TimeSpan Merge = TimeSpan.FromMilliseconds(250);
    private const int MostTellings = 256;
    private readonly Lock _lock = new();
    // Wait, because TryWrite then refuses; nobody ever waits.
    private readonly Channel<Telling> _tellings = Channel.CreateBounded<Telling>(new BoundedChannelOptions(MostTellings) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private readonly Dictionary<string, long> _figures = new(StringComparer.Ordinal);
    private readonly IServiceScopeFactory _scopes;
    private readonly JournalPump _pump;
    private readonly TimeProvider _clock;
    private readonly JsonSerializerOptions _json;
    private readonly ILogger<BoardFeed> _logger;
    private readonly ITimer _beat;
    private readonly ITimer _flush;
    private IBoardListener[] _subscribers = [];
    private bool _flushing;

    public BoardFeed(IServiceScopeFactory scopes, JournalPump pump, TimeProvider clock, IOptions<JsonOptions> json, ILogger<BoardFeed> logger)
    {
        (_scopes, _pump, _clock, _json, _logger) = (scopes, pump, clock, json.Value.SerializerOptions, logger);
        _beat = clock.CreateTimer(_ => Beat(), null, BeatEvery, BeatEvery);
        _flush = clock.CreateTimer(_ => FlushFigures(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Subscribers => Volatile.Read(ref _subscribers).Length;

    public byte[] Json<T>(T data) => JsonSerializer.SerializeToUtf8Bytes(data, _json);

    /// <summary>Cards as they are stored now, and cards that are no more.</summary>
    public void Tell(IReadOnlyList<string> changed, IReadOnlyList<BoardMessages.GoneData> removed, IReadOnlyDictionary<string, long> seqs)
    {
        if (Subscribers > 0)
        {
            Queue(new Telling(changed, removed, seqs));
        }
    }

    /// <summary>A delivery as it is stored now.</summary>
    public void TellDelivery(BoardMessages.DeliveryData delivery, long seq)
    {
        if (Subscribers > 0)
        {
            Queue(new Telling([], [], new Dictionary<string, long>(StringComparer.Ordinal)) { Delivery = new TopicEvent("delivery", seq, Json(delivery)) });
        }
    }

    /// <summary>Figures of these cards changed; told once the projections have written what was recorded up to <paramref name="seq"/>.</summary>
    public void TellFigures(IReadOnlyList<string> cards, long seq)
    {
        if (cards.Count == 0 || Subscribers == 0)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var card in cards)
            {
                _figures[card] = seq;
            }

            Arm();
        }
    }

    /// <summary>Dispose the subscription in a <c>finally</c>.</summary>
    public BoardSubscription Subscribe()
    {
        var subscription = new BoardSubscription(Unsubscribe);
        Add(subscription);
        return subscription;
    }

    public void Add(IBoardListener listener)
    {
        lock (_lock)
        {
            Volatile.Write(ref _subscribers, [.. _subscribers, listener]);
        }
    }

    public void Dispose()
    {
        _tellings.Writer.TryComplete();
        _beat.Dispose();
        _flush.Dispose();
    }

    public void Unsubscribe(IBoardListener subscription)
    {
        lock (_lock)
        {
            Volatile.Write(ref _subscribers, [.. _subscribers.Where(s => s != subscription)]);
        }
    }

    private void Arm()
    {
        if (!_flushing)
        {
            _flushing = true;
            _flush.Change(Merge, Timeout.InfiniteTimeSpan);
        }
    }

    private void FlushFigures()
    {
        lock (_lock)
        {
            _flushing = false;
            var written = _pump.Projected;
            var ready = _figures.Where(f => f.Value <= written).Select(f => f.Key).ToList();
            ready.ForEach(card => _figures.Remove(card));
            if (ready.Count > 0)
            {
                Queue(new Telling(ready, [], new Dictionary<string, long>(StringComparer.Ordinal)));
            }

            if (_figures.Count > 0)
            {
                Arm();
            }
        }
    }

    private void Beat()
    {
        var beat = new TopicEvent("beat", 0, Json(new BoardMessages.BeatData(_clock.GetUtcNow().ToUnixTimeMilliseconds())));
        Each(subscriber => subscriber.OfferIfIdle(beat));
    }

    /// <summary>Makes events and hands them out until the house closes.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await foreach (var telling in _tellings.Reader.ReadAllAsync(ct))
        {
            try
            {
                foreach (var live in await RenderAsync(telling))
                {
                    Each(subscriber => subscriber.Offer(live));
                }
            }
            catch (SqliteException e)
            {
                RenderFailed(e);
                Each(subscriber => subscriber.Lose());
            }
        }
    }

    private void Queue(Telling telling)
    {
        if (!_tellings.Writer.TryWrite(telling))
        {
            Each(subscriber => subscriber.Lose());
        }
    }

    private void Each(Action<IBoardListener> tell)
    {
        foreach (var subscriber in Volatile.Read(ref _subscribers))
        {
            tell(subscriber);
        }
    }

    /// <summary>In journal order: a stream's last id then says that everything up to it was told.</summary>
    private async Task<IEnumerable<TopicEvent>> RenderAsync(Telling telling)
    {
        if (telling.Delivery is { } delivery)
        {
            return [delivery];
        }

        await using var scope = _scopes.CreateAsyncScope();
        var reader = scope.ServiceProvider.GetRequiredService<CardReader>();
        // Made for all streams, so no stream's end stops it.
        var cards = telling.Changed.Count == 0 ? [] : await reader.ThoseAsync(telling.Changed, CancellationToken.None);
        return cards.Select(c => new TopicEvent("card", telling.Seqs.GetValueOrDefault(c.View.Id), Json(c.View)))
            .Concat(telling.Removed.Select(gone => new TopicEvent("gone", telling.Seqs.GetValueOrDefault(gone.Id), Json(gone))))
            .OrderBy(e => e.Seq);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cards could not be read for the streams, which are told to fetch them")]
    private partial void RenderFailed(Exception exception);

    private sealed record Telling(IReadOnlyList<string> Changed, IReadOnlyList<BoardMessages.GoneData> Removed, IReadOnlyDictionary<string, long> Seqs)
    {
        public TopicEvent? Delivery { get; init; }
    }
}
