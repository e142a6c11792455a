using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Board.Screens;
using Muse.Board.Tmux;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Sources;

/// <summary>What a pane showed at the last look.</summary>
/// <param name="AtMs">Since when it has shown exactly this.</param>
internal sealed record SeenScreen(PaneCapture Capture, ScreenVerdict Verdict, long AtMs);

/// <summary>
/// Looks at the screens of agents' panes: shortly after something changed, once more when a redraw must have ended, and
/// slowly in between for what no event tells. A screen that shows the same as before is not read again.
/// </summary>
internal sealed class ScreenLooks(IPaneSource panes, IScreenReader reader, IBoardEvidence board, WorkCounters work, TimeProvider clock)
    : BackgroundService, ICaptureRequests
{
    /// <summary>A program writes its registry or title before it has drawn what it tells of.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(1_000);
    private static readonly TimeSpan WhileBusy = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WhileQuiet = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);
    private readonly Lock _lock = new();
    private readonly Dictionary<PaneId, Look> _looks = [];
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>An agent runs in the pane from now on.</summary>
    public void Watch(PaneId pane, string agent, ProcessKey process)
    {
        lock (_lock)
        {
            _looks[pane] = new Look(pane, agent, process) { DueMs = NowMs, AgainMs = After(Again) };
        }

        _wake.Writer.TryWrite(true);
    }

    public void Forget(PaneId pane)
    {
        lock (_lock)
        {
            _looks.Remove(pane);
        }
    }

    /// <summary>Something of the pane changed.</summary>
    public void Ask(PaneId pane)
    {
        lock (_lock)
        {
            if (_looks.TryGetValue(pane, out var look))
            {
                (look.DueMs, look.AgainMs) = (Math.Min(look.DueMs, After(Soon)), After(Again));
            }
        }

        _wake.Writer.TryWrite(true);
    }

    /// <inheritdoc />
    public void Ask(ProcessKey process, PanePlace pane) => Ask(new PaneId(pane.Socket, pane.Pane));

    /// <summary>What the pane showed last; null if it was not looked at yet.</summary>
    public SeenScreen? LastOf(PaneId pane)
    {
        lock (_lock)
        {
            return _looks.GetValueOrDefault(pane)?.Seen;
        }
    }

    /// <summary>How long the program has had an input box, as far as was seen; null if it has shown none or is not watched.</summary>
    public TimeSpan? BoxAgeOf(PaneId pane)
    {
        lock (_lock)
        {
            return _looks.GetValueOrDefault(pane)?.BoxSinceMs is { } since ? TimeSpan.FromMilliseconds(NowMs - since) : null;
        }
    }

    /// <summary>Looks now.</summary>
    /// <exception cref="TmuxException">The pane or its server is gone or does not answer.</exception>
    public async Task<SeenScreen> LookAsync(PaneId pane, string agent, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(Deadline);
        var capture = await panes.Capture(pane, deadline.Token);
        var before = LastOf(pane);
        if (before is not null && before.Capture == capture)
        {
            return before;
        }

        work.Add("board.screensRead");
        var seen = new SeenScreen(capture, reader.Read(agent, capture), NowMs);
        if (seen.Verdict.Input.Kind != InputBoxKind.None)
        {
            lock (_lock)
            {
                if (_looks.TryGetValue(pane, out var look))
                {
                    look.BoxSinceMs ??= NowMs;
                }
            }
        }

        return seen;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                foreach (var look in Due())
                {
                    await TellAsync(look, stoppingToken);
                }

                await UntilDueAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The house closes.
        }
    }

    private async Task TellAsync(Look look, CancellationToken ct)
    {
        try
        {
            var seen = await LookAsync(look.Pane, look.Agent, ct);
            var next = seen.Verdict.State is CardState.Idle or CardState.Ended or CardState.Background ? WhileQuiet : WhileBusy;
            lock (_lock)
            {
                (look.Seen, look.DueMs) = (seen, Math.Min(look.AgainMs ?? long.MaxValue, After(next)));
                look.AgainMs = look.AgainMs > NowMs ? look.AgainMs : null;
            }

            var validForMs = (long)(next + Deadline).TotalMilliseconds;
            board.Tell(new ProcessSays(look.Process, Claims.Of(seen.Verdict, seen.AtMs, NowMs, validForMs)));
        }
        catch (Exception e) when (e is TmuxException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // The pane is going, or tmux does not answer: what the screen said before runs out by itself.
            work.Add("board.looksFailed");
            lock (_lock)
            {
                (look.DueMs, look.AgainMs) = (After(WhileBusy), null);
            }
        }
    }

    private List<Look> Due()
    {
        lock (_lock)
        {
            return [.. _looks.Values.Where(l => l.DueMs <= NowMs)];
        }
    }

    private async Task UntilDueAsync(CancellationToken ct)
    {
        long wait;
        lock (_lock)
        {
            wait = _looks.Values.Select(l => l.DueMs - NowMs).DefaultIfEmpty((long)WhileQuiet.TotalMilliseconds).Min();
        }

        using var awake = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(
            _wake.Reader.ReadAsync(awake.Token).AsTask(), Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, wait)), clock, awake.Token));
        await awake.CancelAsync();
    }

    private long After(TimeSpan span) => NowMs + (long)span.TotalMilliseconds;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Look(PaneId pane, string agent, ProcessKey process)
    {
        public PaneId Pane { get; } = pane;
        public string Agent { get; } = agent;
        public ProcessKey Process { get; } = process;
        public long DueMs { get; set; }

        /// <summary>The second look after a change; null if none is due.</summary>
        public long? AgainMs { get; set; }
        public SeenScreen? Seen { get; set; }

        /// <summary>When its first input box was seen.</summary>
        public long? BoxSinceMs { get; set; }
    }
}
