using Muse.Board.Adoption;
using Muse.Board.Processes;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Tests.Adoption;

/// <summary>Scans of a made-up <c>/proc</c>, at the moments that a real one shows only now and then.</summary>
public sealed class AgentScanTests : IDisposable
{
    private const int Pid = 4711;
    private readonly string _root = Directory.CreateTempSubdirectory("muse-proc-").FullName;
    private readonly ClaudeRegistry _registry = new(new WorkCounters(), _ => { });
    private readonly AgentScan _scan;

    public AgentScanTests()
    {
        _scan = new AgentScan(new ProcReader(new WorkCounters(), _root), _registry, _root, new WorkCounters());
        Begins(Pid, parent: 1);
        Runs("/usr/bin/claude", ["claude"]);
    }

    public void Dispose()
    {
        _registry.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void A_program_seen_in_the_middle_of_exec_is_recognised_by_the_next_scan()
    {
        Runs("/usr/bin/claude", []);
        _scan.Run([]);
        Assert.Empty(_scan.Agents());

        Runs("/usr/bin/claude", ["claude"]);
        _scan.Run([]);

        Assert.Equal("claude-code", Assert.Single(_scan.Agents()).Value.Agent);
    }

    [Fact]
    public void What_a_script_of_the_agents_name_sets_before_it_becomes_the_agent_counts()
    {
        Runs("/bin/sh", ["/bin/sh", "/home/dev/bin/claude"]);
        _scan.Run([]);

        Runs("/usr/bin/claude", ["claude"], ["TMUX=/tmp/tmux-1/default,1,0", "TMUX_PANE=%3"]);
        _scan.Run([]);

        Assert.Equal(["/tmp/tmux-1/default"], _scan.Sockets);
    }

    [Fact]
    public void What_it_starts_is_no_second_agent_between_fork_and_exec()
    {
        Begins(Pid + 1, parent: Pid);
        Runs("/usr/bin/claude", ["claude"], pid: Pid + 1);
        Begins(Pid + 2, parent: Pid + 1);
        Runs("/usr/bin/claude", ["claude"], pid: Pid + 2);

        _scan.Run([]);

        Assert.Equal(Pid, Assert.Single(_scan.Agents()).Key.Pid);
    }

    [Fact]
    public void One_that_it_starts_with_arguments_of_its_own_is_another_agent()
    {
        Begins(Pid + 1, parent: Pid);
        Runs("/usr/bin/claude", ["claude", "-p", "look again"], pid: Pid + 1);

        _scan.Run([]);

        Assert.Equal([(Pid, false), (Pid + 1, true)], _scan.Agents().Values.Select(a => (a.Pid, a.Headless)).Order());
    }

    private void Begins(int pid, int parent)
    {
        Write(pid, "stat", $"{pid} (claude) S {parent} {pid} {pid} 34816 {pid} 4194304 1 0 0 0 5 6 0 0 20 0 1 0 987654 1 2");
        Write(pid, "status", $"Name:\tclaude\nUid:\t{ProcReader.OwnUser()}\t{ProcReader.OwnUser()}\t0\t0\n");
        File.CreateSymbolicLink(Path.Combine(_root, $"{pid}", "cwd"), _root);
    }

    private void Runs(string file, string[] arguments, string[]? environment = null, int pid = Pid)
    {
        Write(pid, "cmdline", string.Concat(arguments.Select(a => a + "\0")));
        Write(pid, "environ", string.Concat((environment ?? []).Select(e => e + "\0")));
        File.Delete(Path.Combine(_root, $"{pid}", "exe"));
        File.CreateSymbolicLink(Path.Combine(_root, $"{pid}", "exe"), file);
    }

    private void Write(int pid, string name, string text) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_root, $"{pid}")).FullName, name), text);
}
