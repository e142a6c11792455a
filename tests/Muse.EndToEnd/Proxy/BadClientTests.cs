namespace Muse.EndToEnd.Proxy;

/// <summary>Clients that leave without a word, or half, or ask for more than they read: nothing of them stays.</summary>
[Collection("Streams")]
public sealed class BadClientTests(ProxiedMuse muse) : IClassFixture<ProxiedMuse>
{
    private const int Many = 500;
    private const int AtOnce = 50;
    private const int Pipelined = 2000;

    /// <summary>Handles that pools may have opened meanwhile; a leak would be one per client.</summary>
    private const int HandleSlack = 50;
    private const int ThreadSlack = 16;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Five_hundred_clients_that_vanish_leave_nothing_behind(bool throughProxy)
    {
        var before = await WarmFiguresAsync(throughProxy);
        var clients = await OpenAsync(Many, throughProxy, waits: i => i % 5 != 0);
        if (!throughProxy)
        {
            Assert.InRange((await muse.FiguresOnceAsync(f => f.Streams == Many)).Streams, Many, Many);
        }

        for (var i = 0; i < clients.Length; i++)
        {
            clients[i].Vanish();
            if (i % 50 == 0)
            {
                // Some leave while Muse writes to them.
                muse.Transcript.Append($"who is still here {i}");
            }
        }

        await AssertNothingIsLeftAsync(before);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Five_hundred_half_closed_clients_are_let_go(bool throughProxy)
    {
        var before = await WarmFiguresAsync(throughProxy);
        var clients = await OpenAsync(Many, throughProxy, waits: _ => true);

        foreach (var client in clients)
        {
            client.HalfClose();
        }

        await Task.WhenAll(clients.Select(client => client.EndAsync()));
        await AssertNothingIsLeftAsync(before);
        foreach (var client in clients)
        {
            client.Dispose();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_thousand_pipelined_requests_on_a_stream_do_not_busy_the_server(bool throughProxy)
    {
        var before = await WarmFiguresAsync(throughProxy);
        using var client = (await OpenAsync(1, throughProxy, waits: _ => true))[0];

        await client.SendAsync(Requests(throughProxy, ""));

        Assert.InRange(await muse.IdleCpuAsync(), 0, RuntimeFigures.Flat);
        Assert.Equal(1, (await muse.FiguresAsync()).Streams);
        muse.Transcript.Append("still listening?");
        await client.ExpectAsync("still listening?");
        client.Vanish();
        await AssertNothingIsLeftAsync(before);
    }

    [Fact]
    public async Task A_half_closed_client_with_requests_in_the_pipe_is_let_go()
    {
        var before = await WarmFiguresAsync(throughProxy: false);
        using var client = (await OpenAsync(1, throughProxy: false, waits: _ => true))[0];
        await client.SendAsync(Requests(throughProxy: false, ""));

        client.HalfClose();

        await client.EndAsync();
        await AssertNothingIsLeftAsync(before);
    }

    [Fact]
    public async Task A_client_that_vanishes_behind_more_requests_than_are_buffered_is_found_out()
    {
        var before = await WarmFiguresAsync(throughProxy: false);
        using var client = (await OpenAsync(1, throughProxy: false, waits: _ => true))[0];
        await client.SendAsync(Requests(throughProxy: false, new string('x', 700)));
        Assert.InRange(await muse.IdleCpuAsync(), 0, RuntimeFigures.Flat);

        client.Vanish();

        // The reset stands behind bytes that nobody reads: it shows at the next write, and there is a heartbeat.
        await AssertNothingIsLeftAsync(before);
    }

    private string Requests(bool throughProxy, string padding)
    {
        var request = $"GET /healthz HTTP/1.1\r\nHost: {Host(throughProxy)}\r\n{(padding.Length > 0 ? $"X-Padding: {padding}\r\n" : "")}\r\n";
        return string.Concat(Enumerable.Repeat(request, Pipelined));
    }

    private string Host(bool throughProxy) => throughProxy ? ProxiedMuse.PublicHost : $"127.0.0.1:{muse.Port}";

    /// <param name="waits">Whether a client waits for its first event.</param>
    private async Task<RawClient[]> OpenAsync(int count, bool throughProxy, Func<int, bool> waits)
    {
        var port = throughProxy ? muse.RequireProxy().Port : muse.Port;
        var clients = new RawClient[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            clients[i] = await RawClient.AskAsync(port, Host(throughProxy), muse.Stream);
            if (waits(i))
            {
                await clients[i].ExpectAsync("event: hello");
            }
        });
        return clients;
    }

    /// <summary>The figures after some well-behaved clients have come and gone, with all that is opened once open.</summary>
    private async Task<RuntimeFigures> WarmFiguresAsync(bool throughProxy)
    {
        foreach (var client in await OpenAsync(AtOnce, throughProxy, waits: _ => true))
        {
            client.Dispose();
        }

        var figures = await muse.FiguresOnceAsync(f => f is { Streams: 0, Subscribers: 0, Connections: <= 3 });
        Assert.Equal((0, 0), (figures.Streams, figures.Subscribers));
        return figures;
    }

    private async Task AssertNothingIsLeftAsync(RuntimeFigures before)
    {
        var after = await muse.FiguresOnceAsync(f => f is { Streams: 0, Subscribers: 0 }
            && f.Connections <= before.Connections + 1 && f.Handles <= before.Handles + HandleSlack && f.Threads <= before.Threads + ThreadSlack);
        TestContext.Current.SendDiagnosticMessage($"{TestContext.Current.Test?.TestDisplayName}: {before} -> {after}");

        Assert.Equal((0, 0), (after.Streams, after.Subscribers));
        Assert.InRange(after.Connections, 0, before.Connections + 1);
        Assert.InRange(after.Handles, 0, before.Handles + HandleSlack);
        Assert.InRange(after.Threads, 0, before.Threads + ThreadSlack);
        Assert.InRange(await muse.IdleCpuAsync(), 0, RuntimeFigures.Flat);
    }
}
