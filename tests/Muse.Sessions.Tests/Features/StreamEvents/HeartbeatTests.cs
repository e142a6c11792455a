using Microsoft.Extensions.Time.Testing;
using Muse.Testing;

namespace Muse.Sessions.Tests.Features.StreamEvents;

public sealed class HeartbeatTests
{
    [Fact]
    public async Task A_quiet_stream_beats_every_fifteen_seconds()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var muse = MuseHost.At(clock);
        using var stream = await muse.ListenAsync("/api/events?topics=sessions");
        var hello = await stream.NextAsync();

        clock.Advance(TimeSpan.FromSeconds(15));

        var beat = await stream.NextAsync();
        Assert.Equal(("beat", hello.Id), (beat.Type, beat.Id));
        Assert.Equal(clock.GetUtcNow().ToUnixTimeMilliseconds(), beat.Data.GetProperty("atMs").GetInt64());
    }
}
