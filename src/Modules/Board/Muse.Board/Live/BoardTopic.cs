using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Live;

/// <summary>The board in the one stream of a browser tab.</summary>
internal sealed class BoardTopic(BoardFeed feed, IServiceScopeFactory scopes) : ILiveTopic
{
    public string Name => "board";

    public IDisposable Subscribe(Action<TopicEvent> hear, Action lose) => new Listener(feed, hear, lose);

    public async Task<IReadOnlyList<TopicEvent>?> MissedAsync(string lastEventId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<MissedCards>().SinceAsync(lastEventId, ct);
    }

    private sealed class Listener : IBoardListener, IDisposable
    {
        private readonly BoardFeed _feed;
        private readonly Action<TopicEvent> _hear;
        private readonly Action _lose;

        public Listener(BoardFeed feed, Action<TopicEvent> hear, Action lose)
        {
            (_feed, _hear, _lose) = (feed, hear, lose);
            feed.Add(this);
        }

        public void Offer(TopicEvent live) => _hear(live);

        public void OfferIfIdle(TopicEvent live)
        {
            // The tab's stream has a beat of its own.
        }

        public void Lose() => _lose();

        public void Dispose() => _feed.Unsubscribe(this);
    }
}
