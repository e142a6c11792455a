using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Muse.Board.Processes;
using Muse.Board.Tmux;
using Muse.Board.Watching;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Tests.Tmux;

/// <summary>A tmux of the test's own, on sockets in a temp folder, and the watching of it.</summary>
internal sealed class PrivateTmux : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly List<string> _sockets = [];

    private PrivateTmux(string tmux, int pollSeconds)
    {
        Assert.SkipWhen(Shell("tmux", ["-V"], check: false) is null, "tmux is not installed.");
        Folder = Directory.CreateTempSubdirectory("muse-tmux-").FullName;
        Socket = Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, $"tmux-{ProcReader.OwnUser()}"), OwnerOnly).FullName, "default");
        Options = new LiveOptions { Tmux = tmux, SocketFolder = Path.GetDirectoryName(Socket)!, PollSeconds = pollSeconds, SweepSeconds = 1, Home = Path.Combine(Folder, "home") };
        Directory.CreateDirectory(Options.Home);
        Program = new TmuxProgram(Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System, Work);
        Servers = new TmuxServers(Microsoft.Extensions.Options.Options.Create(Options), Program, TimeProvider.System, Work, NullLogger<TmuxServers>.Instance);
        Writer = new TerminalWriter(Servers, Program);
    }

    public string Folder { get; }

    public string Socket { get; }

    public LiveOptions Options { get; }

    public WorkCounters Work { get; } = new();

    public TmuxProgram Program { get; }

    public TmuxServers Servers { get; }

    public TerminalWriter Writer { get; }

    /// <summary>With a session <c>one</c> whose pane runs <c>cat</c>, watched.</summary>
    public static async Task<PrivateTmux> StartAsync(params string[] command)
    {
        var tmux = Bare();
        tmux.Session("one", command.Length > 0 ? command : ["cat"]);
        await tmux.WatchAsync();
        await tmux.WatchedAsync();
        return tmux;
    }

    /// <summary>No server yet, and nobody watches.</summary>
    public static PrivateTmux Bare(string tmux = "tmux", int pollSeconds = 1) => new(tmux, pollSeconds);

    public Task WatchAsync() => Servers.StartAsync(TestContext.Current.CancellationToken);

    /// <summary>Waits until the one server tells its changes itself.</summary>
    public Task WatchedAsync() => UntilAsync(() => Servers.Servers is [{ State: TmuxServerState.Watched, Panes: > 0 }]);

    public PaneId Session(string name, string[] command, string? socket = null)
    {
        _sockets.Add(socket ?? Socket);
        return new PaneId(socket ?? Socket, Do(["-f", "/dev/null", "new-session", "-d", "-P", "-F", "#{pane_id}", "-s", name, "-x", "100", "-y", "30", "--", "env", .. command], socket).Trim());
    }

    /// <summary>Ends the server at the socket with this one.</summary>
    public void Owns(string socket) => _sockets.Add(socket);

    /// <summary>Runs tmux as a person would, in a process of its own.</summary>
    public string Do(string[] arguments, string? socket = null) => Shell("tmux", ["-S", socket ?? Socket, .. arguments])!;

    public Pane Pane(PaneId id) => Servers.Panes.Single(p => p.Id == id);

    /// <summary>Waits until it is so, and fails when it does not become so.</summary>
    public static async Task UntilAsync(Func<bool> isSo, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(isSo))] string? what = null)
    {
        var since = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(since.Elapsed < Patience, $"It did not happen in time: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Servers.StopAsync(CancellationToken.None);
        Servers.Dispose();
        foreach (var socket in _sockets.Distinct(StringComparer.Ordinal))
        {
            Shell("tmux", ["-S", socket, "kill-server"], check: false);
        }

        // Programs that lost their terminal may write a last file or two.
        for (var attempt = 0; Directory.Exists(Folder); attempt++)
        {
            try
            {
                Directory.Delete(Folder, recursive: true);
            }
            catch (IOException) when (attempt < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    internal static string? Shell(string program, string[] arguments, bool check = true)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("TMUX");
        start.Environment.Remove("TMUX_PANE");
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(!check || process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {error.Result}");
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception) when (!check)
        {
            return null;
        }
    }
}
