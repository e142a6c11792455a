using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Muse.Board.Screens;
using Muse.Board.Watching;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Tmux;

/// <summary>
/// Finds every tmux server of this user and watches each. Sockets are found in tmux's own folder, by inotify and a slow
/// sweep, and by name from the environment of agents (<see cref="Learn"/>), since a socket may be anywhere.
/// </summary>
internal sealed partial class TmuxServers(
    IOptions<LiveOptions> options, TmuxProgram program, TimeProvider clock, WorkCounters work, ILogger<TmuxServers> log)
    : BackgroundService, IPaneSource, IRuntimeFigures
{
    /// <summary>Far beyond what a person starts; a folder full of sockets must not become as many processes.</summary>
    private const int MostServers = 64;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Watched> _servers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _learnt = new(StringComparer.Ordinal);
    private readonly LiveSet<PaneId, Pane> _panes = new();
    private readonly PaneListing _listing = new();
    private readonly Channel<bool> _look = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile string? _missing = "Not looked yet.";
    private volatile string? _version;

    public string Name => "tmux";

    public IReadOnlyCollection<Pane> Panes => _panes.Values;

    public IAsyncEnumerable<LiveChange<PaneId, Pane>> Changes(CancellationToken ct) => _panes.ChangesAsync(ct);

    /// <summary>The pane as last listed.</summary>
    public Pane? Find(PaneId pane) => _panes.Find(pane);

    /// <summary>What is watched, and what keeps the rest from being watched.</summary>
    public IReadOnlyList<TmuxServerStatus> Servers
    {
        get
        {
            lock (_lock)
            {
                return [.. _servers.Values.Select(s => s.Server.Status)];
            }
        }
    }

    public object Read() => new
    {
        version = _version,
        missing = _missing,
        servers = Servers,
        panes = Panes.Count,
        captures = work["tmux.captures"],
        commands = work["tmux.commands"],
        reconnects = work["tmux.reconnects"],
        processesStarted = work["tmux.processesStarted"],
    };

    /// <summary>Where the user's usual server is, or would be.</summary>
    public string UsualSocket => Path.Combine(SocketFolder(), "default");

    /// <summary>Watches a server whose socket lies outside the folder.</summary>
    public void Learn(string socket)
    {
        lock (_lock)
        {
            if (Path.IsPathFullyQualified(socket) && !_servers.ContainsKey(socket) && _learnt.Count < MostServers && _learnt.Add(socket))
            {
                _look.Writer.TryWrite(true);
            }
        }
    }

    public async Task<PaneCapture> Capture(PaneId pane, CancellationToken ct)
    {
        Check(pane);
        work.Add("tmux.captures");
        // Both are on their way before either is answered: what tmux says is of the moment of the screen.
        var screen = RunAsync(pane.Socket, ["capture-pane", "-p", "-e", "-J", "-t", pane.Pane], ct);
        var facts = RunAsync(pane.Socket, _listing.CommandFor(pane), ct);
        await Task.WhenAll(screen, facts);
        return _listing.Read(pane.Socket, await facts).GetValueOrDefault(pane) is { } now
            ? new PaneCapture(await screen, now.Title, now.Command, now.Columns, now.Rows, now.InMode)
            : throw new TmuxException(TmuxFailure.PaneGone, $"There is no pane {pane.Pane} any more.");
    }

    /// <summary>The pane as it is now.</summary>
    public async Task<Pane> LookAsync(PaneId pane, CancellationToken ct)
    {
        Check(pane);
        return _listing.Read(pane.Socket, await RunAsync(pane.Socket, _listing.CommandFor(pane), ct)).GetValueOrDefault(pane)
            ?? throw new TmuxException(TmuxFailure.PaneGone, $"There is no pane {pane.Pane} any more.");
    }

    /// <summary>Runs a command at the server.</summary>
    public Task<string> RunAsync(string socket, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        Watched? watched;
        lock (_lock)
        {
            _servers.TryGetValue(socket, out watched);
        }

        return watched?.Server.RunAsync(arguments, ct)
            ?? throw new TmuxException(TmuxFailure.Unreachable, "There is no tmux server at that socket.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Watch)
        {
            _missing = "Watching is switched off (Muse:Board:Live:Watch).";
            return;
        }

        var folder = SocketFolder();
        using var watch = new FolderWatch(folder, _ => _look.Writer.TryWrite(true));
        var every = TimeSpan.FromSeconds(options.Value.SweepSeconds);
        using var sweep = clock.CreateTimer(_ => _look.Writer.TryWrite(true), null, every, every);
        try
        {
            TmuxVersion? version = null;
            while (!stoppingToken.IsCancellationRequested)
            {
                await _look.Reader.ReadAsync(stoppingToken);
                watch.Refresh();
                var sockets = Sockets(folder);

                // Without a socket there is nothing to watch, and no process is started to learn tmux's version.
                version ??= sockets.Count > 0 ? await program.VersionAsync(stoppingToken) : null;
                (_version, _missing) = (version?.Text, version is null && sockets.Count > 0 ? "tmux could not be started." : null);
                if (version is not null)
                {
                    Follow(sockets, version, stoppingToken);
                }

                await ForgetAsync();
            }
        }
        finally
        {
            await Task.WhenAll(_servers.Values.Select(s => s.Running));
        }
    }

    private void Follow(List<string> sockets, TmuxVersion version, CancellationToken ct)
    {
        lock (_lock)
        {
            foreach (var socket in sockets)
            {
                if (_servers.TryGetValue(socket, out var known))
                {
                    if (known.Server.Status.State == TmuxServerState.Unreachable && known.ChangedAt != File.GetLastWriteTimeUtc(socket))
                    {
                        // Made anew: a server has started there.
                        _servers[socket] = known with { ChangedAt = File.GetLastWriteTimeUtc(socket) };
                        known.Server.Wake();
                    }
                }
                else if (_servers.Count < MostServers)
                {
                    var server = new TmuxServer(
                        socket, program, version, _listing, _panes, TimeSpan.FromSeconds(options.Value.PollSeconds), clock, work);
                    var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
                    _servers[socket] = new Watched(server, Task.Run(() => GuardAsync(server, stop.Token), CancellationToken.None), stop, File.GetLastWriteTimeUtc(socket));
                }
            }
        }
    }

    /// <summary>Lets go of servers whose socket is gone, unless the connection still stands: a cleaned /tmp ends no server.</summary>
    private async Task ForgetAsync()
    {
        List<Watched> gone;
        lock (_lock)
        {
            gone = [.. _servers.Values.Where(s => s.Server.Status.State == TmuxServerState.Unreachable && !File.Exists(s.Server.Path))];
            gone.ForEach(s => _servers.Remove(s.Server.Path));
            gone.ForEach(s => _learnt.Remove(s.Server.Path));
        }

        foreach (var watched in gone)
        {
            await watched.Stop.CancelAsync();
            await watched.Running;
            watched.Stop.Dispose();
        }
    }

    /// <summary>A bug in watching one server must not end the watching of the others, nor the host.</summary>
    private async Task GuardAsync(TmuxServer server, CancellationToken ct)
    {
        try
        {
            await server.WatchAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogWatchingEnded(log, e);
        }
    }

    private List<string> Sockets(string folder)
    {
        lock (_lock)
        {
            try
            {
                return [.. (Directory.Exists(folder) ? Directory.GetFiles(folder) : []).Concat(_learnt.Where(File.Exists)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return [.. _learnt.Where(File.Exists)];
            }
        }
    }

    private string SocketFolder()
    {
        var parent = Environment.GetEnvironmentVariable("TMUX_TMPDIR");
        return options.Value.SocketFolder.Length > 0 ? options.Value.SocketFolder
            : Path.Combine(string.IsNullOrEmpty(parent) ? "/tmp" : parent, $"tmux-{Processes.ProcReader.OwnUser()}");
    }

    private static void Check(PaneId pane)
    {
        if (!pane.IsValid)
        {
            throw new TmuxException(TmuxFailure.PaneGone, "That is no pane's name.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Watching a tmux server ended by a fault; it is not watched until Muse is started again")]
    private static partial void LogWatchingEnded(ILogger logger, Exception e);

    private sealed record Watched(TmuxServer Server, Task Running, CancellationTokenSource Stop, DateTime ChangedAt);
}
