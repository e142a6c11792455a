using Muse.Board.Adoption;
using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Board.Processes;
using Muse.Board.Screens;
using Muse.Board.Sources;
using Muse.Board.Tmux;
using Muse.Board.Watching;
using Muse.BuildingBlocks.Web;
using Confidence = Muse.Board.Adoption.Confidence;

namespace Muse.Board.Tests.Sources;

/// <summary>The way from what the watchers see to what the board is told, with panes that show what a test puts there.</summary>
public sealed class AgentReporterTests : IAsyncLifetime
{
    private static readonly PaneId Pane = new("/tmp/socket", "%1");
    private readonly World _world = new();
    private readonly ScreenLooks _looks;
    private readonly AgentReporter _reporter;

    public AgentReporterTests()
    {
        _looks = new ScreenLooks(_world, _world, _world, new WorkCounters(), TimeProvider.System);
        _reporter = new AgentReporter(_world, _world, _world, _looks, TimeProvider.System);
    }

    public async ValueTask InitializeAsync()
    {
        await _looks.StartAsync(CancellationToken.None);
        await _reporter.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _reporter.StopAsync(CancellationToken.None);
        await _looks.StopAsync(CancellationToken.None);
        _reporter.Dispose();
        _looks.Dispose();
    }

    [Fact]
    public async Task An_agent_in_a_pane_is_told_of_with_its_title_and_screen()
    {
        _world.Show(Title("⠙ app"));
        _world.Run(Agent("codex"));

        await _world.HeardAsync<ProcessSeen>(seen => seen.Pane == new PanePlace(Pane.Socket, Pane.Pane));
        await _world.HeardAsync<ProcessSays>(says => says.Item is { Source: EvidenceSource.Title, Claim: Claim.Busy });
        await _world.HeardAsync<ProcessSays>(says => says.Item is { Source: EvidenceSource.Screen, Claim: Claim.Idle });
    }

    [Fact]
    public async Task A_new_title_is_told_and_the_screen_looked_at_again()
    {
        _world.Show(Title("app"));
        _world.Run(Agent("codex"));
        await _world.HeardAsync<ProcessSays>(says => says.Item is { Source: EvidenceSource.Screen });
        _world.Screen = "busy";

        _world.Show(Title("[ . ] Action Required | app"));

        await _world.HeardAsync<ProcessSays>(says => says.Item is { Source: EvidenceSource.Title, Claim: Claim.Asks, Reason: NeedReason.Permission });
        await _world.HeardAsync<ProcessSays>(says => says.Item is { Source: EvidenceSource.Screen, Claim: Claim.Busy });
    }

    [Fact]
    public async Task A_program_that_draws_under_its_old_title_is_looked_at()
    {
        _world.Show(Title("app"));
        _world.Run(Agent("codex"));
        await _world.HeardAsync<ProcessSays>(says => says.Item is { Source: EvidenceSource.Screen });
        await _world.SettledAsync();
        _world.Screen = "busy";

        _world.Show(Title("app", drawn: "2,11,0,1"));

        // Sooner than the slow look would come.
        await _world.HeardAsync<ProcessSays>(says => says.Item is { Source: EvidenceSource.Screen, Claim: Claim.Busy }, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task What_a_running_turn_draws_is_not_looked_at()
    {
        _world.Show(Title("⠙ app"));
        _world.Run(Agent("codex"));
        await _world.HeardAsync<ProcessSays>(says => says.Item is { Source: EvidenceSource.Screen });
        await _world.SettledAsync();
        var captures = _world.Captures;

        for (var line = 0; line < 10; line++)
        {
            _world.Show(Title(line % 2 == 0 ? "⠹ app" : "⠸ app", drawn: $"2,21,{line},0"));
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        // Ten looks and more if each asked for one; the slow one may have come by now.
        Assert.InRange(_world.Captures, captures, captures + 2);
    }

    [Fact]
    public async Task A_screen_that_shows_the_same_keeps_its_time()
    {
        _world.Show(Title("app"));
        _world.Run(Agent("codex"));
        var first = await _world.HeardAsync<ProcessSays>(says => says.Item is { Source: EvidenceSource.Screen });
        _world.Forget();

        _looks.Ask(Pane);

        var second = await _world.HeardAsync<ProcessSays>(says => says.Item is { Source: EvidenceSource.Screen });
        Assert.Equal(first.Item.AtMs, second.Item.AtMs);
        Assert.True(second.Item.ValidUntilMs >= first.Item.ValidUntilMs);
    }

    [Fact]
    public async Task An_agent_that_is_gone_is_told_of_and_its_pane_looked_at_no_more()
    {
        _world.Show(Title("app"));
        _world.Run(Agent("codex"));
        await _world.HeardAsync<ProcessSays>(says => says.Item is { Source: EvidenceSource.Screen });

        _world.Run(null);

        await _world.HeardAsync<ProcessGone>(_ => true);
        Assert.Null(_looks.LastOf(Pane));
    }

    [Fact]
    public async Task That_every_process_was_told_of_is_told_some_time_after_the_first_look()
    {
        _world.Run(Agent("codex"));
        await _world.HeardAsync<ProcessSeen>(_ => true);
        Assert.False(_world.Heard<ProcessesListed>());

        _world.Looked.SetResult();

        await _world.HeardAsync<ProcessesListed>(_ => true);
    }

    [Fact]
    public async Task A_headless_run_makes_no_card()
    {
        _world.Run(Agent("codex") with { Headless = true });
        _world.Run(Agent("codex") with { Pid = 8, Headless = false });

        var seen = await _world.HeardAsync<ProcessSeen>(_ => true);
        Assert.Equal(8, seen.Process.Pid);
    }

    private static AgentProcess Agent(string agent) =>
        new(agent, 7, "77", "/home/dev/app", Pane, "native", null, "test", Confidence.Certain, InFront: true, Headless: false, Registry: null);

    private static Pane Title(string title, string drawn = "2,20,0,0") =>
        new(Pane, "s", "w", "s:0.0", 6, "codex", title, "/home/dev/app", 80, 24, Dead: false, InMode: false, Synchronized: false, drawn);

    private sealed class World : IAgentSource, IPaneSource, IScreenReader, IBoardEvidence
    {
        private readonly LiveSet<AgentKey, AgentProcess> _agents = new();
        private readonly LiveSet<PaneId, Pane> _panes = new();
        private readonly Lock _lock = new();
        private readonly List<BoardInput> _heard = [];

        public string Screen { get; set; } = "idle";

        public IReadOnlyCollection<AgentProcess> Agents => _agents.Values;

        public Task FirstLook => Looked.Task;

        public TaskCompletionSource Looked { get; } = new();

        public IReadOnlyCollection<Pane> Panes => _panes.Values;

        public void Run(AgentProcess? agent) =>
            _agents.Replace(_ => true, agent is null ? new Dictionary<AgentKey, AgentProcess>() : new Dictionary<AgentKey, AgentProcess> { [agent.Key] = agent });

        public void Show(Pane pane) => _panes.Replace(_ => true, new Dictionary<PaneId, Pane> { [pane.Id] = pane });

        public void Forget()
        {
            lock (_lock)
            {
                _heard.Clear();
            }
        }

        public int Captures { get; private set; }

        /// <summary>Waits until both looks after a change have been: then only the slow one is due.</summary>
        public async Task SettledAsync()
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (Captures < 2)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, deadline.Token);
            }
        }

        public bool Heard<T>()
        {
            lock (_lock)
            {
                return _heard.OfType<T>().Any();
            }
        }

        public async Task<T> HeardAsync<T>(Func<T, bool> which, TimeSpan? within = null)
            where T : BoardInput
        {
            using var deadline = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(20));
            while (true)
            {
                lock (_lock)
                {
                    if (_heard.OfType<T>().FirstOrDefault(which) is { } found)
                    {
                        return found;
                    }
                }

                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, deadline.Token);
            }
        }

        IAsyncEnumerable<LiveChange<AgentKey, AgentProcess>> IAgentSource.Changes(CancellationToken ct) => _agents.ChangesAsync(ct);

        IAsyncEnumerable<LiveChange<PaneId, Pane>> IPaneSource.Changes(CancellationToken ct) => _panes.ChangesAsync(ct);

        public Task<PaneCapture> Capture(PaneId pane, CancellationToken ct)
        {
            Captures++;
            return Task.FromResult(new PaneCapture(Screen, "", "codex", 80, 24, InMode: false));
        }

        public ScreenVerdict Read(string agent, PaneCapture capture) => new(
            agent, "rules", capture.Ansi == "busy" ? CardState.Working : CardState.Idle, null, "rule", 1, capture.Ansi, null, InputBox.Absent, null);

        public bool Tell(BoardInput input)
        {
            lock (_lock)
            {
                _heard.Add(input);
            }

            return true;
        }
    }
}
