using System.Diagnostics;
using System.Text.Json;

namespace Muse.Benchmarks;

/// <summary>The published program over a home, as a person would run it, in a process of its own so that its CPU and memory can be read.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    private readonly string _program;
    private readonly string _home;
    private readonly string _data = Directory.CreateTempSubdirectory("muse-bench-data-").FullName;
    private Process _process;

    private BenchHost(string program, string home)
    {
        (_program, _home) = (program, home);
        (_process, Client) = (null!, null!); // launched before anybody gets it
    }

    public HttpClient Client { get; private set; }

    /// <summary>CPU seconds used since the start.</summary>
    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    public double ResidentMb
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Starts the program and returns when it listens.</summary>
    public static async Task<BenchHost> StartAsync(string program, string home)
    {
        var host = new BenchHost(program, home);
        await host.LaunchAsync();
        return host;
    }

    /// <summary>Stops the program as a person does.</summary>
    public async Task StopAsync()
    {
        using (var stop = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await stop.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Starts the program again over what it has indexed.</summary>
    public Task StartAgainAsync()
    {
        Client.Dispose();
        _process.Dispose();
        return LaunchAsync();
    }

    public async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await Client.GetStringAsync(path)).RootElement;

    /// <summary>Waits until every file is read and every projection has it.</summary>
    public async Task CaughtUpAsync()
    {
        while (true)
        {
            var ingest = await GetAsync("/api/ingest");
            if (ingest.GetProperty("state").GetString() == "idle" && ingest.GetProperty("filesTotal").GetInt32() > 0
                && (await GetAsync("/api/debug/runtime")).GetProperty("journal").GetProperty("lag").GetInt64() == 0)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>Waits until everything that is read can be searched, too: what is measured then is not the indexing.</summary>
    public async Task IndexedAsync()
    {
        while (true)
        {
            var search = await GetAsync("/api/search/status");
            var items = search.GetProperty("items").GetInt64();
            if (search.GetProperty("state").GetString() == "idle" && items > 0 && search.GetProperty("indexed").GetInt64() == items)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>
    /// Waits until nothing is worked on any more: digests are made and quiet transcripts kept behind the ingest. What is left is looking
    /// whether there is something new.
    /// </summary>
    public async Task AtRestAsync()
    {
        var (last, same) = ("", 0);
        while (same < 3)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
            var work = (await GetAsync("/api/debug/runtime")).GetProperty("work").EnumerateObject().Where(c => c.Name is not ("ingest.sweeps" or "git.passes"));
            var now = string.Join(' ', work.Select(c => $"{c.Name}={c.Value}"));
            (last, same) = (now, now == last ? same + 1 : 0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Directory.Delete(_data, recursive: true);
    }

    private async Task LaunchAsync()
    {
        var port = FreePort();
        var start = new ProcessStartInfo(_program, ["up", "--port", $"{port}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MUSE_HOME"] = _data;
        start.Environment["Muse__Sessions__Home"] = _home;
        start.Environment["Muse__Board__Live__Watch"] = "false";
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{_program} did not start.");
        _process.BeginErrorReadLine();
        while (await _process.StandardOutput.ReadLineAsync() is { } line && !line.Contains(" is at ", StringComparison.Ordinal))
        {
        }

        _ = _process.StandardOutput.ReadToEndAsync();
        var handler = new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None, UseProxy = false };
        Client = new HttpClient(handler) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    private async Task EndAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
