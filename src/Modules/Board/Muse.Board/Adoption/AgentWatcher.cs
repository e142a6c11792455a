using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Muse.Board.Processes;
using Muse.Board.Tmux;
using Muse.Board.Watching;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Adoption;

/// <summary>
/// Keeps the list of running agents current. All processes are looked at only at the start, when a pane's program or the
/// registry says that one may have come or gone, and in a slow sweep; a change of state or session in the registry, or of
/// a title, looks at that one agent.
/// </summary>
internal sealed partial class AgentWatcher : BackgroundService, IAgentSource, IRuntimeFigures
{
    /// <summary>A shell that runs a loop of commands must not become a loop of scans.</summary>
    private static readonly TimeSpan ScanGap = TimeSpan.FromMilliseconds(200);
    private readonly LiveSet<AgentKey, AgentProcess> _agents = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _firstLook = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<int> _duePids = [];
    private readonly HashSet<PaneId> _duePanes = [];
    private readonly AgentScan _scan;
    private readonly ClaudeRegistry _registry;
    private readonly TmuxServers _servers;
    private readonly LiveOptions _options;
    private readonly TimeProvider _clock;
    private readonly WorkCounters _work;
    private readonly ILogger<AgentWatcher> _log;
    private bool _scanDue = true;

    public AgentWatcher(ProcReader proc, TmuxServers servers, IOptions<LiveOptions> options, TimeProvider clock, WorkCounters work, ILogger<AgentWatcher> log)
    {
        (_servers, _options, _clock, _work, _log) = (servers, options.Value, clock, work, log);
        _registry = new ClaudeRegistry(work, pid => Due(() => _duePids.Add(pid)));
        _scan = new AgentScan(proc, _registry, options.Value.HomeFolder, work);
    }

    public string Name => "agents";

    public IReadOnlyCollection<AgentProcess> Agents => _agents.Values;

    public Task FirstLook => _firstLook.Task;

    public IAsyncEnumerable<LiveChange<AgentKey, AgentProcess>> Changes(CancellationToken ct) => _agents.ChangesAsync(ct);

    public object Read() => new
    {
        agents = Agents.Count, scans = _work["agents.scans"], looks = _work["agents.looks"], procReads = _work["proc.reads"], registryReads = _work["registry.reads"],
    };

    public override void Dispose()
    {
        _registry.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.Watch)
        {
            return;
        }

        await Task.Yield();
        _registry.Add(Path.Combine(_options.HomeFolder, ".claude"));
        var every = TimeSpan.FromSeconds(_options.SweepSeconds);
        using var sweep = _clock.CreateTimer(_ => Due(() => _scanDue = true), null, every, every);
        try
        {
            await Task.WhenAll(FollowPanesAsync(stoppingToken), FollowDueAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task FollowPanesAsync(CancellationToken ct)
    {
        await foreach (var change in _servers.Changes(ct))
        {
            var (before, now) = (change.Before, change.Now);
            var sameProgram = before is not null && now is not null && before.Pid == now.Pid && before.Command == now.Command
                && before.CurrentPath == now.CurrentPath && before.Dead == now.Dead;
            if (!sameProgram)
            {
                Due(() => _scanDue = true);
            }
            else if (before!.Title != now!.Title)
            {
                // Codex and Gemini tell by their title that a turn began: the first one makes the session's file.
                Due(() => _duePanes.Add(change.Key));
            }
        }
    }

    private async Task FollowDueAsync(CancellationToken ct)
    {
        var scannedAt = _clock.GetTimestamp() - (_clock.TimestampFrequency * 10);
        while (await _wake.Reader.ReadAsync(ct))
        {
            bool scan;
            List<int> pids;
            List<PaneId> panes;
            lock (_lock)
            {
                (scan, pids, panes) = (_scanDue, [.. _duePids], [.. _duePanes]);
                _scanDue = false;
                _duePids.Clear();
                _duePanes.Clear();
            }

            // What the registry says of a known process must not wait for a scan's turn.
            var unknown = pids.FindAll(_scan.Look);
            _scan.Look(panes);
            Publish();
            if (scan || unknown.Count > 0)
            {
                if (_clock.GetElapsedTime(scannedAt) is var since && since < ScanGap)
                {
                    await Task.Delay(ScanGap - since, _clock, ct);
                }

                scannedAt = _clock.GetTimestamp();
                Scan();
            }
        }
    }

    private void Scan()
    {
        try
        {
            _scan.Run(_servers.Panes);
            foreach (var socket in _scan.Sockets)
            {
                _servers.Learn(socket);
            }

            Publish();
            _firstLook.TrySetResult();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A bug in reading one process must not end the board; the next scan tries again.
            LogScanFailed(_log, e);
        }
    }

    private void Publish() => _agents.Replace(_ => true, _scan.Agents());

    private void Due(Action mark)
    {
        lock (_lock)
        {
            mark();
        }

        _wake.Writer.TryWrite(true);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking for running agents failed; it is tried again")]
    private static partial void LogScanFailed(ILogger logger, Exception e);
}
