using System.Diagnostics;
using System.Runtime.CompilerServices;
using Muse.Board.Tests.Tmux;

namespace Muse.Board.Tests.Adoption;

/// <summary>
/// Where the real agents are to be had: MUSE_AGENTS_DIR names the folder they are installed in, MUSE_AGENT_TOOLS the one with the
/// scripts that start them against a stand-in for their models; otherwise <c>agents</c> and <c>shared/tools</c> beside the repository.
/// </summary>
internal sealed class RealAgents : IAsyncDisposable
{
    private readonly AdoptedAgents _agents;
    private readonly string _tools;
    private readonly string _installed;
    private readonly string _port;
    private readonly Process _model;

    private RealAgents(AdoptedAgents agents, string tools, string installed, string port, Process model) =>
        (_agents, _tools, _installed, _port, _model) = (agents, tools, installed, port, model);

    public AdoptedAgents Adopted => _agents;

    public static async Task<RealAgents> StartAsync(string agent)
    {
        var tools = Beside("MUSE_AGENT_TOOLS", Path.Combine("shared", "tools"));
        var installed = Beside("MUSE_AGENTS_DIR", "agents");
        Assert.SkipUnless(File.Exists(Path.Combine(installed, "bin", agent)), $"{agent} is not installed; MUSE_AGENTS_DIR names the folder.");
        Assert.SkipUnless(Directory.Exists(Path.Combine(tools, "mock-llm")), "The stand-in for the models is not there; MUSE_AGENT_TOOLS names the folder.");
        Assert.SkipWhen(PrivateTmux.Shell("node", ["--version"], check: false) is null, "Node.js is not installed.");

        var agents = await AdoptedAgents.StartAsync();
        var portFile = Path.Combine(agents.Tmux.Folder, "port");
        var start = new ProcessStartInfo("node") { UseShellExecute = false, RedirectStandardOutput = true };
        var scenarios = Path.Combine(tools, "mock-llm", "scenarios");
        foreach (var argument in (string[])[Path.Combine(tools, "mock-llm", "server.mjs"), "--port", "0", "--port-file", portFile,
            .. ((string[])["claude", "codex", "gemini"]).SelectMany(name => (string[])["--scenario", Path.Combine(scenarios, name + ".json")])])
        {
            start.ArgumentList.Add(argument);
        }

        var model = Process.Start(start)!;
        await PrivateTmux.UntilAsync(() => File.Exists(portFile) && new FileInfo(portFile).Length > 0);
        return new RealAgents(agents, tools, installed, (await File.ReadAllTextAsync(portFile)).Trim(), model);
    }

    /// <summary>Starts the agent in a shell in a session of its own on the private server.</summary>
    /// <param name="environment">Variables besides the usual ones, as <c>NAME=value</c>.</param>
    public void Run(string agent, string[] environment, params string[] arguments)
    {
        var tmux = _agents.Tmux;
        PrivateTmux.Shell("bash",
        [
            Path.Combine(_tools, "agents", $"run-{agent}.sh"), "-a", _installed, "-H", _agents.Home, "-m", _port, "-t", agent, "-L", "default",
            "-e", $"TMUX_TMPDIR={tmux.Folder}", .. environment.SelectMany(e => (string[])["-e", e]), "--", .. arguments,
        ]);
        tmux.Owns(tmux.Socket);
    }

    /// <summary>Lets the answers go on that the stand-in holds back.</summary>
    public Task ReleaseAsync() => TellModelAsync("release?gate=hold", "");

    /// <summary>What the stand-in answers from now on, in place of what came with it.</summary>
    public Task PlayAsync(string scenario) => TellModelAsync("scenario", scenario);

    private async Task TellModelAsync(string call, string body)
    {
        using var client = new HttpClient();
        using var content = new StringContent(body);
        using var response = await client.PostAsync(new Uri($"http://127.0.0.1:{_port}/__mock/{call}"), content);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _agents.DisposeAsync();
        _model.Kill();
        await _model.WaitForExitAsync();
        _model.Dispose();
    }

    private static string Beside(string variable, string usual, [CallerFilePath] string here = "") =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named
            ? named
            : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", usual));
}
