using System.Threading.Channels;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Live;

/// <summary>Hears what the board tells. Never waits.</summary>
internal interface IBoardListener
{
    void Offer(TopicEvent live);

    /// <summary>For what may be lost: nobody is told of a gap for it.</summary>
    void OfferIfIdle(TopicEvent live);

    /// <summary>What follows is incomplete.</summary>
    void Lose();
}


/// <summary>What one stream has not sent yet.</summary>
internal sealed class BoardSubscription(Action<BoardSubscription> unsubscribe) : IBoardListener, IDisposable
{
    /// <summary>Events a client may be behind before it is told to fetch again instead.</summary>
    private const int MostBehind = 512;

    // Wait, because TryWrite then refuses instead of dropping in silence; nobody ever waits.
    private readonly Channel<TopicEvent> _events = Channel.CreateBounded<TopicEvent>(
        new BoundedChannelOptions(MostBehind) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private int _lagging;

    public ChannelReader<TopicEvent> Events => _events.Reader;

    public void Offer(TopicEvent live)
    {
        if (Volatile.Read(ref _lagging) == 0 && !_events.Writer.TryWrite(live))
        {
            Volatile.Write(ref _lagging, 1);
        }
    }

    // Heard with the next event, at the latest with the next beat.
    public void Lose() => Volatile.Write(ref _lagging, 1);

    public void OfferIfIdle(TopicEvent live) => _events.Writer.TryWrite(live);

    /// <summary>True if events were lost since the last call: what is queued is thrown away, for the client fetches again.</summary>
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
