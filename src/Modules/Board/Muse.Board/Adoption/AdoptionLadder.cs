using Muse.Board.Processes;
using Muse.Board.Tmux;

namespace Muse.Board.Adoption;

/// <summary>An agent's process as <c>/proc</c> shows it.</summary>
/// <param name="File">What it runs; a script of the agent's name may set variables before it becomes the agent itself.</param>
/// <param name="StartedAtMs">Null if the boot's time is not known.</param>
internal sealed record SeenAgent(
    AgentProgram Program, ProcessStat Stat, string? File, string Cwd, IReadOnlyDictionary<string, string> Environment, long? StartedAtMs)
{
    public AgentKey Key => new(Stat.Pid, Stat.StartText);

    /// <summary>The folder an agent's variable names, or the usual one below its home.</summary>
    public string Root(string variable, string usual, string home) => Environment.GetValueOrDefault(variable) is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetValueOrDefault("HOME") is { Length: > 0 } own ? own : home, usual);

    /// <summary>The pane its environment names; a pane's name means something at its server only.</summary>
    public PaneId? NamedPane => Environment.GetValueOrDefault("TMUX")?.Split(',')[0] is { Length: > 0 } socket
        && Environment.GetValueOrDefault("TMUX_PANE") is { } pane && new PaneId(socket, pane) is { IsValid: true } id
        ? id
        : null;
}

internal sealed record PaneMatch(PaneId? Pane, string How, Confidence Confidence);

internal sealed record SessionMatch(string? Id, string? Path, string How, Confidence Confidence, ClaudeRegistryEntry? Registry = null);

/// <summary>The steps from a process to its pane, and from a Claude Code to its session. Pure: tests are tables.</summary>
internal static class AdoptionLadder
{
    /// <summary>Deeper than any chain of wrappers; guards against a table that changed while it was read.</summary>
    private const int DeepestTree = 64;

    public static PaneMatch MatchPane(SeenAgent agent, IReadOnlyDictionary<int, ProcessStat> processes, IReadOnlyCollection<Pane> panes)
    {
        var living = panes.Where(pane => !pane.Dead).ToList();
        var above = Ancestors(agent.Stat, processes).Select(pid => living.Find(pane => pane.Pid == pid)).FirstOrDefault(pane => pane is not null);
        var named = agent.NamedPane;
        if (above is not null)
        {
            return named is null ? new PaneMatch(above.Id, "process tree", Confidence.Likely)
                : named == above.Id ? new PaneMatch(above.Id, "process tree, confirmed by TMUX_PANE", Confidence.Certain)
                : new PaneMatch(above.Id, "process tree, although TMUX_PANE names another pane", Confidence.Likely);
        }

        // Cut off from the tree (a wrapper ended, a daemon took it over), but still on the terminal of the pane it names.
        var still = living.Find(pane => pane.Id == named);
        return still is not null && agent.Stat.Terminal != 0 && processes.GetValueOrDefault(still.Pid)?.Terminal == agent.Stat.Terminal
            ? new PaneMatch(still.Id, "TMUX_PANE, confirmed by the terminal", Confidence.Likely)
            : new PaneMatch(null, named is null ? "not in tmux" : "in no pane that is known", Confidence.Certain);
    }

    /// <param name="entries">What the registry says of this pid, in whichever folder.</param>
    public static SessionMatch MatchClaude(SeenAgent agent, IEnumerable<ClaudeRegistryEntry> entries, string root)
    {
        // The start time tells the process from an earlier one with its number, whose file a SIGKILL left behind.
        var mine = entries.Where(e => e.ProcStart is null ? e.Cwd == agent.Cwd : e.ProcStart == agent.Stat.StartText)
            .OrderByDescending(e => e.ProcStart is not null).ThenByDescending(e => e.Root == root).FirstOrDefault();
        return mine switch
        {
            { SessionId: { } id, ProcStart: not null } => new SessionMatch(id, null, "registry file", Confidence.Certain, mine),
            { SessionId: { } id } => new SessionMatch(id, null, "registry file without a start time, same folder", Confidence.Likely, mine),
            _ when agent.Program.NamedSession is { } id => new SessionMatch(id, null, "argument", Confidence.Likely, mine),
            _ => new SessionMatch(null, null, "no session known yet", Confidence.Certain, mine),
        };
    }

    /// <summary>The process itself and those it came from, nearest first.</summary>
    private static IEnumerable<int> Ancestors(ProcessStat process, IReadOnlyDictionary<int, ProcessStat> processes)
    {
        var at = process;
        for (var depth = 0; at is { Pid: > 1 } && depth < DeepestTree; depth++)
        {
            yield return at.Pid;
            at = processes.GetValueOrDefault(at.Parent);
        }
    }
}
