using Muse.Testing;

namespace Muse.EndToEnd.Proxy;

/// <summary>Streams through a real nginx that buffers and compresses what it may.</summary>
[Collection("Streams")]
public sealed class ProxiedStreamTests(ProxiedMuse muse) : IClassFixture<ProxiedMuse>
{
    [Fact]
    public async Task Events_arrive_one_by_one_while_lines_are_appended()
    {
        muse.RequireProxy();
        using var stream = await EventReader.OpenAsync(muse.Through, muse.Stream);
        Assert.Equal("fresh", (await stream.NextAsync("hello")).Data.GetProperty("verdict").GetString());

        // nginx keeps this header to itself, and passes small events on without it, too; it is for those that would not.
        using var direct = await EventReader.OpenAsync(muse.Direct, muse.Stream);
        Assert.Equal(["no"], direct.Response.Headers.GetValues("X-Accel-Buffering"));

        for (var i = 0; i < 20; i++)
        {
            // The next line is written only after this one has arrived: a proxy that holds events back would hold the test.
            muse.Transcript.Append($"one by one {i}");
            Assert.Equal([$"one by one {i}"], Texts(await stream.NextAsync("items")));
        }
    }

    [Fact]
    public async Task A_client_that_returns_after_the_proxy_restarted_misses_nothing()
    {
        var nginx = muse.RequireProxy();
        ServerEvent last;
        using (var stream = await EventReader.OpenAsync(muse.Through, muse.Stream))
        {
            await stream.NextAsync("hello");
            muse.Transcript.Append("before the restart");
            last = await stream.NextAsync("items");
            await nginx.StopAsync();
            var end = await Assert.ThrowsAnyAsync<Exception>(() => stream.NextAsync("items"));
            Assert.IsNotAssignableFrom<OperationCanceledException>(end); // the connection ended, and not the patience
        }

        Assert.Equal(0, (await muse.FiguresOnceAsync(f => f.Streams == 0)).Streams);
        muse.Transcript.Append("while it was down 1");
        muse.Transcript.Append("while it was down 2");
        await nginx.StartAgainAsync();
        using var again = await EventReader.OpenAsync(muse.Through, muse.Stream, last.Id);
        muse.Transcript.Append("after the restart");

        Assert.Equal("resumed", (await again.NextAsync()).Data.GetProperty("verdict").GetString());
        List<string> missed = [];
        while (missed.Count < 3)
        {
            missed.AddRange(Texts(await again.NextAsync("items")));
        }

        Assert.Equal(["while it was down 1", "while it was down 2", "after the restart"], missed);
    }

    [Fact]
    public async Task The_stream_of_a_tab_arrives_uncompressed_and_one_by_one_too()
    {
        muse.RequireProxy();
        muse.Through.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using var stream = await EventReader.OpenAsync(muse.Through, "/api/events?topics=sessions");
        muse.Through.DefaultRequestHeaders.Remove("Accept-Encoding");
        await stream.NextAsync("hello");

        for (var i = 0; i < 3; i++)
        {
            muse.Transcript.Append($"for the tab {i}");
            var session = await stream.NextAsync("session");
            Assert.Equal(muse.Stream.Split('/')[3], session.Data.GetProperty("id").GetString());
        }
    }

    private static List<string> Texts(ServerEvent items) =>
        [.. items.Data.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("text").GetString()!)];
}
