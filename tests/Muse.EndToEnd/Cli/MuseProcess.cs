using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Muse.EndToEnd.Cli;

/// <summary>The real program in a process of its own, with a data folder and a home of its own.</summary>
public sealed class MuseProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private MuseProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
    }

    public int Pid => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts a verb that serves and waits until it listens.</summary>
    public static async Task<(MuseProcess Process, HttpClient Client)> ServeAsync(MuseFolders folders, params string[] arguments)
    {
        var process = new MuseProcess(StartInfo(folders, arguments));
        var first = await Task.WhenAny(process._address.Task, process._process.WaitForExitAsync()).WaitAsync(Patience);
        if (first != process._address.Task)
        {
            await process._reading;
            throw new InvalidOperationException($"muse-host {string.Join(' ', arguments)} ended with {process._process.ExitCode}:\n{process.Output}");
        }

        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        return (process, new HttpClient(handler) { BaseAddress = await process._address.Task });
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(MuseFolders folders, params string[] arguments)
    {
        await using var process = new MuseProcess(StartInfo(folders, arguments));
        await process._process.WaitForExitAsync().WaitAsync(Patience);
        await process._reading;
        return (process._process.ExitCode, process.Output);
    }

    /// <summary>Runs a verb to its end, with something on its standard input.</summary>
    public static async Task<(int ExitCode, string Output)> RunWithInputAsync(MuseFolders folders, string input, params string[] arguments)
    {
        var start = StartInfo(folders, arguments);
        start.RedirectStandardInput = true;
        await using var process = new MuseProcess(start);
        await process._process.StandardInput.WriteAsync(input);
        process._process.StandardInput.Close();
        await process._process.WaitForExitAsync().WaitAsync(Patience);
        await process._reading;
        return (process._process.ExitCode, process.Output);
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(MuseFolders folders, string[] arguments)
    {
        // MUSE_PROGRAM: a published one, whose figures are those of what people run.
        var program = Environment.GetEnvironmentVariable("MUSE_PROGRAM") is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "muse-host");
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MUSE", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MUSE_HOME"] = folders.Muse;
        start.Environment["Muse__Sessions__Home"] = folders.User;
        start.Environment["Muse__Board__Live__Watch"] = "false";
        foreach (var (key, value) in folders.Environment)
        {
            start.Environment[key] = value;
        }

        return start;
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }

            if (line.StartsWith("Muse ", StringComparison.Ordinal) && line.Contains(" is at ", StringComparison.Ordinal))
            {
                _address.TrySetResult(new Uri(line.Split(' ')[4]));
            }
        }
    }
}
