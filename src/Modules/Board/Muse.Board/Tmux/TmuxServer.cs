using System.Globalization;
using System.Net.Sockets;
using System.Threading.Channels;
using Muse.Board.Watching;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Tmux;

/// <summary>How a server is watched.</summary>
internal enum TmuxServerState
{
    /// <summary>Not reached; the reason says why.</summary>
    Unreachable,

    /// <summary>Changes are told by the server.</summary>
    Watched,

    /// <summary>Looked at every few seconds, since control mode is not to be had; the reason says why.</summary>
    Polled,
}

/// <summary>One server, as <c>GET /api/debug/runtime</c> shows it.</summary>
internal sealed record TmuxServerStatus(string Socket, TmuxServerState State, string? Reason, int Panes);

/// <summary>
/// Keeps the panes of one server current over one control client: a subscription and the server's notices say "look", one
/// command lists all panes. Reconnects when the server goes and comes.
/// </summary>
internal sealed class TmuxServer(
    string socket, TmuxProgram program, TmuxVersion version, PaneListing listing, LiveSet<PaneId, Pane> panes, TimeSpan pollEvery,
    TimeProvider clock, WorkCounters work)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>A list also when nothing was told: shows a server that hangs, and what no notice tells.</summary>
    private static readonly TimeSpan ListEvery = TimeSpan.FromSeconds(15);

    /// <summary>Notices come in bursts; one list serves all of a burst.</summary>
    private static readonly TimeSpan ListGap = TimeSpan.FromMilliseconds(40);

    /// <summary>A connection that ends sooner counts as failed: some versions can come to end each at once.</summary>
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(5);

    /// <summary>So long no session may come or go before the client attaches.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private const int AttemptsBeforePolling = 3;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile ControlClient? _client;
    private volatile TmuxServerStatus _status = new(socket, TmuxServerState.Unreachable, "Not connected yet.", 0);

    public string Path => socket;

    public TmuxServerStatus Status => _status;

    /// <summary>Something happened at the server or its socket: looks, or tries to connect, at once.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Runs a command, over the connection if there is one.</summary>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        work.Add("tmux.commands");
        return _client is { } client ? await client.SendAsync(arguments, ct)
            : _status.State == TmuxServerState.Polled ? await program.RunAsync(socket, arguments, ct)
            : throw new TmuxException(TmuxFailure.Unreachable, _status.Reason ?? "The tmux server is not connected.");
    }

    public async Task WatchAsync(CancellationToken ct)
    {
        var failures = 0;
        while (!ct.IsCancellationRequested)
        {
            var since = clock.GetTimestamp();
            try
            {
                if (!version.HasSubscriptions)
                {
                    await PollAsync($"tmux {version.Text} is older than 3.2.", Timeout.InfiniteTimeSpan, ct);
                }
                else if (failures >= AttemptsBeforePolling && IsListening(socket))
                {
                    await PollAsync($"Control mode failed. {_status.Reason}", LongestWait, ct);
                    failures = AttemptsBeforePolling - 1;
                }
                else
                {
                    await FollowAsync(ct);
                }
            }
            catch (TmuxException e)
            {
                _status = new TmuxServerStatus(socket, TmuxServerState.Unreachable, e.Message, 0);
                if (clock.GetElapsedTime(since) < ShortestLife)
                {
                    failures++;
                    await WaitAsync(TimeSpan.FromMilliseconds(125 * Math.Pow(2, Math.Min(failures, 10))), ct);
                }
                else
                {
                    // It was watched and lost its session or its server.
                    failures = 0;
                    work.Add("tmux.reconnects");
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                break;
            }
        }

        panes.Replace(IsMine, new Dictionary<PaneId, Pane>());
    }

    /// <summary>True if a server answers there. Costs no process; a name that is left over from a dead server costs one look.</summary>
    public static bool IsListening(string path)
    {
        // Not blocking: a server that is stopped must not stop us.
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress or SocketError.TryAgain)
        {
            return true;
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return false;
        }
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        if (!IsListening(socket))
        {
            // Only now: a client that merely lost its session comes back at once, and the panes were there all the time.
            panes.Replace(IsMine, new Dictionary<PaneId, Pane>());
            throw new TmuxException(TmuxFailure.Unreachable, "No tmux server answers there, or it belongs to somebody else.");
        }

        await SettleAsync(ct);
        var session = await LeastUsedSessionAsync(ct);
        await using var client = await ControlClient.AttachAsync(program, socket, session, Notice, clock, ct);
        try
        {
            await client.SendAsync(["refresh-client", "-B", "muse::" + PaneListing.Watched], ct);
            work.Add("tmux.connections");
            using var beat = clock.CreateTimer(_ => Wake(), null, ListEvery, ListEvery);
            while (true)
            {
                work.Add("tmux.lists");
                var listed = listing.Read(socket, await client.SendAsync(listing.Command, ct));
                panes.Replace(IsMine, listed);
                _status = new TmuxServerStatus(socket, TmuxServerState.Watched, null, listed.Count);
                _client = client;
                await Task.Delay(ListGap, clock, ct);
                await _wake.Reader.ReadAsync(ct);
            }
        }
        finally
        {
            _client = null;
            _status = new TmuxServerStatus(socket, TmuxServerState.Unreachable, "The connection to the tmux server was lost.", 0);
        }
    }

    /// <summary>
    /// Waits until sessions neither come nor go. A control client that is about to attach has no state at the server yet, and
    /// news of a session that is written to it then ends the server with a fault (3.3a: 15 of 80 tries while sessions were
    /// made at that moment; https://github.com/tmux/tmux/issues/4980). Until then ordinary commands, which are harmless, list the panes.
    /// </summary>
    private async Task SettleAsync(CancellationToken ct)
    {
        HashSet<string>? before = null;
        for (var wait = Quiet; true; wait = wait * 2 < pollEvery ? wait * 2 : pollEvery)
        {
            var sessions = (await ListOnceAsync("Found just now; watched as soon as its sessions are quiet.", ct)).Values
                .Select(pane => pane.Session).ToHashSet(StringComparer.Ordinal);
            if (before?.SetEquals(sessions) == true)
            {
                return;
            }

            before = sessions;
            await Task.Delay(wait, clock, ct);
        }
    }

    /// <summary>
    /// Attaching marks a session as attached, and a plain <c>tmux attach</c> prefers one that is not. So the client goes
    /// where a person is attached already, or else to the session that was used longest ago.
    /// </summary>
    private async Task<string> LeastUsedSessionAsync(CancellationToken ct)
    {
        var sessions = await program.RunAsync(socket, ["list-sessions", "-F", "#{session_id} #{session_attached} #{session_activity}"], ct);
        return sessions.Split('\n').Select(line => line.Split(' ')).Where(s => s.Length == 3)
            .OrderByDescending(s => Number(s[1]) > 0).ThenBy(s => Number(s[2])).Select(s => s[0]).FirstOrDefault()
            ?? throw new TmuxException(TmuxFailure.Unreachable, "The tmux server has no session.");
    }

    private async Task PollAsync(string reason, TimeSpan @for, CancellationToken ct)
    {
        var since = clock.GetTimestamp();
        while (@for == Timeout.InfiniteTimeSpan || clock.GetElapsedTime(since) < @for)
        {
            await ListOnceAsync(reason, ct);
            await Task.Delay(pollEvery, clock, ct);
        }
    }

    private async Task<IReadOnlyDictionary<PaneId, Pane>> ListOnceAsync(string reason, CancellationToken ct)
    {
        work.Add("tmux.lists");
        var listed = listing.Read(socket, await program.RunAsync(socket, listing.Command, ct));
        panes.Replace(IsMine, listed);
        _status = new TmuxServerStatus(socket, TmuxServerState.Polled, reason, listed.Count);
        return listed;
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken ct)
    {
        using var timer = clock.CreateTimer(_ => Wake(), null, wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
try
        {
            await _wake.Reader.ReadAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The caller's loop looks at the token.
        }
    }

    /// <summary>Every notice may mean that panes came, went or changed, except those about what clients show.</summary>
    private void Notice(ControlNotice? notice)
    {
        if (notice is null or { Name: not ("client-session-changed" or "client-detached" or "session-window-changed" or "window-pane-changed" or "paste-buffer-changed") })
        {
            Wake();
        }
    }

    private bool IsMine(PaneId pane) => pane.Socket == socket;

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
