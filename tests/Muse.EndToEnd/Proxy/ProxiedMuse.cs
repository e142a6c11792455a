using System.Text.Json;
using Muse.EndToEnd.Cli;

namespace Muse.EndToEnd.Proxy;

/// <summary>A running Muse with one session, and in front of it an nginx if this machine has a container engine.</summary>
public sealed class ProxiedMuse : IAsyncLifetime
{
    public const string PublicHost = "muse.example.org";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly MuseFolders _folders = new();
    private string? _whyNoProxy;
    private MuseProcess? _process;
    private NginxProxy? _nginx;
    private HttpClient? _direct;
    private HttpClient? _through;

    internal Transcript Transcript => field ??= new Transcript(_folders.User);

    /// <summary>The stream of the session.</summary>
    public string Stream { get; private set; } = "";

    public int Port => Direct.BaseAddress!.Port;

    /// <summary>Asks Muse itself.</summary>
    public HttpClient Direct => _direct ?? throw new InvalidOperationException("Muse has not started.");

    /// <summary>Asks nginx, under the public name.</summary>
    public HttpClient Through => _through ?? throw new InvalidOperationException("There is no proxy; see RequireProxy.");

    public async ValueTask InitializeAsync()
    {
        _ = Transcript;
        (_process, _direct) = await MuseProcess.ServeAsync(
            _folders, "up", "--port", "0", "--Muse:Door:TrustedProxies=127.0.0.1", $"--Muse:Door:PublicHost={PublicHost}");
        Stream = $"/api/sessions/{await SessionAsync()}/stream";
        _whyNoProxy = await Engine.WhyNotAsync();
        if (_whyNoProxy is not null)
        {
            return;
        }

        try
        {
            _nginx = await NginxProxy.StartAsync(Port);
        }
        catch (Exception e) when (!Engine.IsRequired)
        {
            _whyNoProxy = e.Message;
            return;
        }

        _through = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{_nginx.Port}") };
        _through.DefaultRequestHeaders.Host = PublicHost;
    }

    public async ValueTask DisposeAsync()
    {
        _through?.Dispose();
        if (_nginx is not null)
        {
            await _nginx.DisposeAsync();
        }

        _direct?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folders.Dispose();
    }

    /// <summary>Skips the test where no proxy can be had; in CI there must be one.</summary>
    internal NginxProxy RequireProxy()
    {
        if (_nginx is null)
        {
            Assert.False(Engine.IsRequired, _whyNoProxy);
            Assert.Skip(_whyNoProxy ?? "There is no proxy.");
        }

        return _nginx;
    }

    internal async Task<RuntimeFigures> FiguresAsync() => RuntimeFigures.Read(await Direct.GetFromJsonAsync("/api/debug/runtime"));

    /// <summary>Waits until the figures are as they should be, and returns the last ones either way.</summary>
    internal async Task<RuntimeFigures> FiguresOnceAsync(Func<RuntimeFigures, bool> settled)
    {
        var began = TimeProvider.System.GetTimestamp();
        var figures = await FiguresAsync();
        while (!settled(figures) && TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            figures = await FiguresAsync();
        }

        return figures;
    }

    /// <summary>
    /// Processor time of Muse in three quiet seconds: the least of a few tries, since a busy thread is busy in each while
    /// the compiler that follows a start or a burst comes to rest.
    /// </summary>
    internal async Task<long> IdleCpuAsync()
    {
        var least = long.MaxValue;
        for (var i = 0; i < 6 && least > RuntimeFigures.Flat; i++)
        {
            var before = await FiguresAsync();
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
            least = Math.Min(least, (await FiguresAsync()).CpuMs - before.CpuMs);
        }

        return least;
    }

    private async Task<string> SessionAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            var sessions = (await Direct.GetFromJsonAsync("/api/sessions")).GetProperty("items");
            if (sessions.GetArrayLength() > 0)
            {
                return sessions[0].GetProperty("id").GetString()!;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, deadline.Token);
        }
    }
}

/// <summary>What Muse says of itself.</summary>
internal sealed record RuntimeFigures(long Streams, long Subscribers, long Connections, long Handles, long Threads, long CpuMs)
{
    /// <summary>Milliseconds of processor time in three seconds that timers alone may take.</summary>
    public const long Flat = 300;

    public static RuntimeFigures Read(JsonElement root) => new(
        root.GetProperty("connections").GetProperty("streams").GetInt64(),
        root.GetProperty("live").GetProperty("subscribers").GetInt64(),
        root.GetProperty("connections").GetProperty("open").GetInt64(),
        root.GetProperty("process").GetProperty("openHandles").GetInt64(),
        root.GetProperty("threads").GetProperty("total").GetInt64(),
        root.GetProperty("process").GetProperty("cpuMs").GetInt64());
}
