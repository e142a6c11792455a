using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Muse.Board.Adoption;
using Muse.Board.Processes;
using Muse.Board.Tests.Tmux;

namespace Muse.Board.Tests.Adoption;

/// <summary>A private tmux, a home, programs that only bear an agent's name, and the watching of all that.</summary>
internal sealed class AdoptedAgents : IAsyncDisposable
{
    private readonly List<Process> _started = [];

    private AdoptedAgents(PrivateTmux tmux)
    {
        (Tmux, Proc) = (tmux, new ProcReader(tmux.Work));
        Watcher = new AgentWatcher(Proc, tmux.Servers, Options.Create(tmux.Options), TimeProvider.System, tmux.Work, NullLogger<AgentWatcher>.Instance);
        Bin = Directory.CreateDirectory(Path.Combine(tmux.Folder, "bin")).FullName;
    }

    public PrivateTmux Tmux { get; }

    public ProcReader Proc { get; }

    public AgentWatcher Watcher { get; }

    public string Bin { get; }

    public string Home => Tmux.Options.Home;

    public static async Task<AdoptedAgents> StartAsync()
    {
        var agents = new AdoptedAgents(PrivateTmux.Bare());
        await agents.Tmux.WatchAsync();
        await agents.Watcher.StartAsync(TestContext.Current.CancellationToken);
        return agents;
    }

    /// <summary>Agents of this test's home; others may run on the machine.</summary>
    public IReadOnlyList<AgentProcess> Mine => [.. Watcher.Agents.Where(a => Proc.Environment(a.Pid).GetValueOrDefault("HOME") == Home)];

    /// <summary>A program under an agent's name that does what another one does.</summary>
    public string Named(string name, string original)
    {
        var path = Path.Combine(Bin, name);
        File.Copy(original, path, overwrite: true);
        return path;
    }

    /// <summary>Starts a program outside tmux.</summary>
    public Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = Home };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["HOME"] = Home;
        start.Environment.Remove("TMUX_PANE");
        start.Environment.Remove("CLAUDE_CONFIG_DIR");
        var process = Process.Start(start)!;
        _started.Add(process);
        return process;
    }

    public void Register(int pid, string session, string status = "idle", string? procStart = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Home, ".claude", "sessions")).FullName;
        procStart ??= Proc.Stat(pid)!.StartText;
        File.WriteAllText(Path.Combine(folder, $"{pid}.json"), $$"""{"pid":{{pid}},"sessionId":"{{session}}","procStart":"{{procStart}}","status":"{{status}}"}""");
    }

    public async ValueTask DisposeAsync()
    {
        await Watcher.StopAsync(CancellationToken.None);
        Watcher.Dispose();
        foreach (var process in _started.Where(p => !p.HasExited))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await Tmux.DisposeAsync();
    }
}
