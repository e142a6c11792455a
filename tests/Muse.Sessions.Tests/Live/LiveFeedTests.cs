using Microsoft.Extensions.Time.Testing;
using Muse.Sessions.Live;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Tests.Live;

public sealed class LiveFeedTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly LiveFeed _feed;

    public LiveFeedTests() => _feed = new LiveFeed(_clock, () => throw new InvalidOperationException("Nobody asked for the ingest."));

    [Fact]
    public void A_slow_subscriber_is_told_of_a_gap_and_delays_nobody()
    {
        using var slow = _feed.Subscribe(new LiveFilter(false, false, [new WatchedTranscript("s", null)]));
        using var quick = _feed.Subscribe(new LiveFilter(false, false, [new WatchedTranscript("s", null)]));
        var heard = 0;

        foreach (var revision in Enumerable.Range(1, 2000))
        {
            _feed.Publish(Change("s", revision));
            heard += quick.Events.TryRead(out _) ? 1 : 0;
        }

        Assert.Equal((2000, false, true), (heard, quick.TakeGap(), slow.TakeGap()));
        Assert.False(slow.Events.TryRead(out _));
        _feed.Publish(Change("s", 2001));
        Assert.True(slow.Events.TryRead(out var next) && next.Change!.Revision == 2001);
    }

    [Fact]
    public void Changes_of_a_session_are_merged()
    {
        using var list = _feed.Subscribe(new LiveFilter(true, false, []));

        _feed.Publish(Change("a", 1));
        _feed.Publish(Change("b", 2));
        _feed.Publish(Change("a", 3));
        _clock.Advance(LiveFeed.Merge);

        Assert.True(list.Events.TryRead(out var first) && list.Events.TryRead(out var second) && !list.Events.TryRead(out _)
            && (first.SessionId, first.Seq, second.SessionId, second.Seq) == ("b", 2, "a", 3));
    }

    [Fact]
    public async Task An_event_is_made_once_for_all()
    {
        using var one = _feed.Subscribe(new LiveFilter(false, false, [new WatchedTranscript("s", null)]));
        using var two = _feed.Subscribe(new LiveFilter(false, false, [new WatchedTranscript("s", null)]));
        _feed.Publish(Change("s", 1));
        var made = 0;
        byte[] Make(LiveEvent live) => [(byte)Interlocked.Increment(ref made)];

        var (first, second) = (await one.Events.ReadAsync(), await two.Events.ReadAsync());

        Assert.Same(first.Render(Make), second.Render(Make));
        Assert.Equal(1, made);
    }

    [Fact]
    public void Only_what_is_watched_is_heard()
    {
        using var agent = _feed.Subscribe(new LiveFilter(false, false, [new WatchedTranscript("s", "a1")]));

        _feed.Publish(Change("s", 1));
        _feed.Publish(Change("t", 1));

        Assert.False(agent.Events.TryRead(out _));
        Assert.True(_feed.Wants("s") && !_feed.Wants("t"));
    }

    public void Dispose() => _feed.Dispose();

    private static LiveChange Change(string session, long revision) => new(
        session, null, 1, revision, revision, [new ItemRow { Kind = "reply", Preview = "x" }], 1, Reset: false, SessionChanged: true);
}
