using Muse.Board.Adoption;
using Muse.Board.Processes;
using Muse.Board.Tmux;

namespace Muse.Board.Tests.Adoption;

public sealed class AdoptionLadderTests
{
    private const string Server = "/tmp/tmux-1/default";

    /// <summary>Pane %1 runs a shell (10), a wrapper (11) and the agent (12); pane %2 a shell (20) only; 30 was cut off from %2.</summary>
    private static readonly Dictionary<int, ProcessStat> Processes = new[]
    {
        new ProcessStat(1, 0, "init", 0, false, 1), new ProcessStat(10, 1, "bash", 501, false, 100), new ProcessStat(11, 10, "node", 501, true, 110),
        new ProcessStat(12, 11, "claude", 501, true, 120), new ProcessStat(20, 1, "bash", 502, true, 200), new ProcessStat(30, 1, "claude", 502, false, 300),
        new ProcessStat(40, 41, "claude", 0, false, 400), new ProcessStat(41, 40, "loop", 0, false, 400),
    }.ToDictionary(p => p.Pid);

    private static readonly Pane[] Panes = [Pane("%1", 10), Pane("%2", 20), Pane("%3", 30) with { Dead = true }];

    [Theory]
    [InlineData(12, Server, "%1", "%1", "process tree, confirmed by TMUX_PANE", nameof(Confidence.Certain))]
    [InlineData(12, null, null, "%1", "process tree", nameof(Confidence.Likely))]
    [InlineData(12, Server, "%2", "%1", "process tree, although TMUX_PANE names another pane", nameof(Confidence.Likely))]
    [InlineData(12, "/other", "%1", "%1", "process tree, although TMUX_PANE names another pane", nameof(Confidence.Likely))]
    [InlineData(30, Server, "%2", "%2", "TMUX_PANE, confirmed by the terminal", nameof(Confidence.Likely))]
    [InlineData(30, Server, "%1", null, "in no pane that is known", nameof(Confidence.Certain))]
    [InlineData(30, "/other", "%2", null, "in no pane that is known", nameof(Confidence.Certain))]
    [InlineData(30, null, null, null, "not in tmux", nameof(Confidence.Certain))]
    [InlineData(40, Server, "%2 ; kill-server", null, "not in tmux", nameof(Confidence.Certain))]
    public void A_pane_is_found_by_tree_then_by_environment(int pid, string? server, string? named, string? pane, string how, string confidence)
    {
        var match = AdoptionLadder.MatchPane(Agent(pid, server, named), Processes, Panes);

        Assert.Equal(new PaneMatch(pane is null ? null : new PaneId(Server, pane), how, Enum.Parse<Confidence>(confidence)), match);
    }

    [Fact]
    public void A_registry_file_counts_only_with_the_start_time_of_the_process()
    {
        var agent = Agent(12, null, null);
        var entry = new ClaudeRegistryEntry(12, "/c", "s1", "/work", "120", null, null, null, null, null, "idle", null, null, null, null);

        Assert.Equal(("s1", Confidence.Certain), Match(agent, entry));
        Assert.Equal((null, Confidence.Certain), Match(agent, entry with { ProcStart = "119" }));
        Assert.Equal(("s1", Confidence.Likely), Match(agent, entry with { ProcStart = null }));
        Assert.Equal((null, Confidence.Certain), Match(agent, entry with { ProcStart = null, Cwd = "/elsewhere" }));
        Assert.Equal(("s2", Confidence.Certain), Match(agent, entry with { ProcStart = "1" }, entry with { SessionId = "s2" }));
        Assert.Equal(("mine", Confidence.Certain), Match(agent, entry with { Root = "/other" }, entry with { SessionId = "mine" }));
        Assert.Equal(("named", Confidence.Likely), Match(agent with { Program = agent.Program with { NamedSession = "named" } }, entry with { ProcStart = "1" }));
    }

    private static (string?, Confidence) Match(SeenAgent agent, params ClaudeRegistryEntry[] entries)
    {
        var match = AdoptionLadder.MatchClaude(agent, entries, "/c");
        return (match.Id, match.Confidence);
    }

    private static SeenAgent Agent(int pid, string? server, string? pane)
    {
        var environment = new Dictionary<string, string>();
        if (server is not null)
        {
            environment["TMUX"] = server + ",4,0";
            environment["TMUX_PANE"] = pane!;
        }

        return new SeenAgent(new AgentProgram(AgentNames.Claude, false, null), Processes[pid], "/bin/claude", "/work", environment, 1000);
    }

    private static Pane Pane(string id, int pid) =>
        new(new PaneId(Server, id), "s", "w", "s:0.0", pid, "bash", "", "/work", 80, 24, Dead: false, InMode: false, Synchronized: false, Drawn: "0,0,0,0");
}
