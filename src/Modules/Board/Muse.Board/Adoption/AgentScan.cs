using Muse.Board.Processes;
using Muse.Board.Tmux;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Adoption;

/// <summary>
/// What is known of the running agents, and how it is found out. Used by one thread. What cannot change while a process
/// runs the same program (its arguments, its environment) is read once.
/// </summary>
internal sealed class AgentScan(ProcReader proc, ClaudeRegistry registry, string home, WorkCounters work)
{
    private readonly Dictionary<AgentKey, Known> _known = [];

    /// <summary>By pid, start, name and executable: the program changes with <c>exec</c>, and one of the last two with it.</summary>
    private Dictionary<(int Pid, long Start, string Name, string? File), AgentProgram?> _programs = [];

    /// <summary>Sockets that agents' environments name.</summary>
    public IEnumerable<string> Sockets => _known.Values.Select(k => k.Agent.NamedPane?.Socket).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>The agents as they are known now.</summary>
    public IReadOnlyDictionary<AgentKey, AgentProcess> Agents() => _known.ToDictionary(k => k.Key, k => Describe(k.Value));

    /// <summary>Looks at all processes.</summary>
    public void Run(IReadOnlyCollection<Pane> panes)
    {
        work.Add("agents.scans");
        registry.Sweep();
        var processes = proc.All();
        var agents = Recognise(processes);
        foreach (var key in _known.Keys.Except(agents.Select(a => a.Key)).ToList())
        {
            _known.Remove(key);
        }

        foreach (var agent in agents)
        {
            if (agent.Program.Agent == AgentNames.Claude)
            {
                registry.Add(ClaudeRoot(agent));
            }

            _known[agent.Key] = new Known(agent, AdoptionLadder.MatchPane(agent, processes, panes), _known.GetValueOrDefault(agent.Key)?.Session);
        }

        Resolve([.. _known.Keys]);
    }

    /// <summary>Looks at what the registry says of one process. True if only a scan can tell more: an agent has come, or is about to go.</summary>
    public bool Look(int pid)
    {
        var key = _known.Keys.FirstOrDefault(k => k.Pid == pid);
        var stat = proc.Stat(pid);
        if (key != default && stat?.StartText != key.ProcStart)
        {
            _known.Remove(key);
            return stat is not null;
        }

        if (key == default)
        {
            return stat is not null;
        }

        Resolve([key]);
        return _known[key].Session?.Registry is null;
    }

    /// <summary>Looks for the sessions of agents in panes whose title changed.</summary>
    public void Look(List<PaneId> panes) =>
        Resolve([.. _known.Where(k => k.Value.Pane.Pane is { } pane && panes.Contains(pane) && k.Value.Agent.Program.Agent != AgentNames.Claude).Select(k => k.Key)]);

    private List<SeenAgent> Recognise(IReadOnlyDictionary<int, ProcessStat> processes)
    {
        var programs = new Dictionary<(int Pid, long Start, string Name, string? File), AgentProgram?>();
        var agents = new List<SeenAgent>();
        foreach (var stat in processes.Values.Where(p => AgentPrograms.MayBe(p.Name)))
        {
            var key = (stat.Pid, stat.Start, stat.Name, File: proc.Executable(stat.Pid));
            if (!_programs.TryGetValue(key, out var program))
            {
                var arguments = proc.Arguments(stat.Pid);
                if (arguments.Count == 0)
                {
                    // In the middle of exec the name is the new one and the arguments are not there yet: the next scan tells.
                    continue;
                }

                program = AgentPrograms.Recognise(stat.Name, arguments);
                program = program is not null && proc.IsOwn(stat.Pid) ? program : null;
            }

            programs[key] = program;
            if (program is not null && See(program, stat, key.File) is { } agent)
            {
                agents.Add(agent);
            }
        }

        _programs = programs;

        var all = agents.ToDictionary(a => a.Stat.Pid);
        agents.RemoveAll(a => all.TryGetValue(a.Stat.Parent, out var parent) && IsPartOf(a, parent));
        return agents;
    }

    /// <summary>
    /// Between fork and exec, a program that an agent starts bears the agent's own name and arguments. And Gemini starts itself
    /// again with more memory; the first of the two lives as long as the session.
    /// </summary>
    private static bool IsPartOf(SeenAgent agent, SeenAgent parent) =>
        (agent.Program == parent.Program && agent.File == parent.File) || (agent.Program.Agent == AgentNames.Gemini && parent.Program.Agent == AgentNames.Gemini);

    private SeenAgent? See(AgentProgram program, ProcessStat stat, string? file)
    {
        if (proc.Folder(stat.Pid) is not { } cwd)
        {
            return null;
        }

        var known = _known.GetValueOrDefault(new AgentKey(stat.Pid, stat.StartText))?.Agent;
        return known is not null && known.Program == program && known.File == file
            ? known with { Stat = stat, Cwd = cwd }
            : new SeenAgent(program, stat, file, cwd, proc.Environment(stat.Pid), proc.StartedAtMs(stat));
    }

    /// <summary>Newest process first: where several share a folder, the newest file is most likely the newest process's.</summary>
    private void Resolve(List<AgentKey> keys)
    {
        var taken = new HashSet<string>(
            _known.Where(k => !keys.Contains(k.Key)).Select(k => k.Value.Session?.Path).OfType<string>(), StringComparer.Ordinal);
        foreach (var key in keys.OrderByDescending(k => _known[k].Agent.Stat.Start))
        {
            work.Add("agents.looks");
            var known = _known[key];
            var session = SessionOf(known.Agent, taken);

            // A Claude that ends takes its file away first; the session it had is still the one on the screen.
            _known[key] = known with { Session = session.Id is null && known.Session?.Id is not null ? known.Session with { Registry = null } : session };
        }
    }

    private SessionMatch SessionOf(SeenAgent agent, HashSet<string> taken)
    {
        var shared = _known.Values.Any(k => k.Agent.Key != agent.Key && k.Agent.Program.Agent == agent.Program.Agent && k.Agent.Cwd == agent.Cwd);
        return agent.Program.Agent switch
        {
            AgentNames.Claude => AdoptionLadder.MatchClaude(agent, registry.Entries[agent.Stat.Pid], ClaudeRoot(agent)),
            AgentNames.Codex => CodexSessions.Match(agent, proc.OpenFiles(agent.Stat.Pid), agent.Root("CODEX_HOME", ".codex", home), shared),
            _ => GeminiSessions.Match(agent, Path.Combine(agent.Root("GEMINI_CLI_HOME", "", home), ".gemini"), taken, shared),
        };
    }

    private string ClaudeRoot(SeenAgent agent) => agent.Root("CLAUDE_CONFIG_DIR", ".claude", home);

    private static AgentProcess Describe(Known known)
    {
        var (agent, pane) = (known.Agent, known.Pane);
        var session = known.Session ?? new SessionMatch(null, null, "not looked for yet", Confidence.Low);
        return new AgentProcess(
            agent.Program.Agent, agent.Stat.Pid, agent.Stat.StartText, agent.Cwd, pane.Pane, session.Id, session.Path,
            $"session: {session.How}; pane: {pane.How}", session.Confidence < pane.Confidence ? session.Confidence : pane.Confidence,
            agent.Stat.InFront, agent.Program.Headless || session.Registry?.Entrypoint == "sdk-cli", session.Registry);
    }

    private sealed record Known(SeenAgent Agent, PaneMatch Pane, SessionMatch? Session);
}
