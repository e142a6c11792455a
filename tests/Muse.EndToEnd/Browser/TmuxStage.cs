using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Muse.Testing;

namespace Muse.EndToEnd.Browser;

/// <summary>The real program beside a real tmux of its own, in which a program stands in for Claude Code.</summary>
public sealed class TmuxStage : Stage
{
    public const string Past = "5b0e6a52-1111-4222-8333-444444444444";
    private string? _socket;

    /// <summary>A project's folder, whose name its card bears.</summary>
    public string Project(string name) => Directory.CreateDirectory(Path.Combine(Folders.User, name)).FullName;

    public static ILocator Card(IPage page, string lane, string project) =>
        page.GetByRole(AriaRole.List, new() { Name = lane, Exact = true }).Locator("[data-card]").Filter(new() { HasText = project });

    /// <summary>Starts the stand-in in a project, as a person would from a script.</summary>
    /// <returns>The id of its card.</returns>
    public async Task<string> StartAsync(string project, string? prompt = null)
    {
        using var response = await Client.PostAsJsonAsync(new Uri("/api/board/agents", UriKind.Relative), new { agent = "claude-code", folder = Project(project), prompt = prompt ?? "hello" });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("cardId").GetString()!;
    }

    public override async ValueTask DisposeAsync()
    {
        _ = Tmux("kill-server");
        await base.DisposeAsync();
    }

    protected override void Write()
    {
        _socket = Path.Combine(Folders.User, "tmux", "default");
        Folders
            .With("Muse__Board__Live__Watch", "true")
            .With("Muse__Board__Live__SocketFolder", Path.GetDirectoryName(_socket)!)
            .With("Muse__Board__Live__Home", Folders.User)
            .With("DOTNET_GCgen0size", "0x2000000")
            .With("Muse__Board__Live__SweepSeconds", "1")
            .With("Muse__Board__Live__Programs__claude-code", StandInClaude.InstallIn(Path.Combine(Folders.User, "bin"), Folders.User));
        new ClaudeTranscript(Folders.User, Past, Project("attic"), null) { AtMs = NowMs - (24 * 60 * 60 * 1000) }.Prompt("Sweep the attic").Reply("It is swept.");
    }

    /// <summary>What a command answers.</summary>
    public string Tmux(params string[] command)
    {
        if (_socket is null)
        {
            return "";
        }

        using var process = Process.Start(new ProcessStartInfo("tmux", ["-S", _socket, .. command]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return answer;
    }
}
