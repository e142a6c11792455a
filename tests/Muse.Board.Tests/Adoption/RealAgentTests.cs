using Muse.Board.Adoption;
using Muse.Board.Tests.Tmux;
using Muse.Board.Tmux;

namespace Muse.Board.Tests.Adoption;

/// <summary>The real programs: what they write, open and call themselves is theirs to change.</summary>
public sealed class RealAgentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claude_keeps_its_pane_and_gets_a_new_session_by_clear()
    {
        await using var real = await RealAgents.StartAsync("claude");
        real.Run("claude", [], "--permission-mode", "manual");
        var first = await AdoptedAsync(real, a => a.NativeSessionId is not null && a.Registry?.Status == "idle");
        await SayAsync(real, first.Pane!, "say hello");
        await PrivateTmux.UntilAsync(() => Transcripts(real, ".claude/projects").Any(f => Path.GetFileName(f) == first.NativeSessionId + ".jsonl"));

        await AdoptedAsync(real, a => a.Registry?.Status == "idle");
        await SayAsync(real, first.Pane!, "/clear");
        var second = await AdoptedAsync(real, a => a.NativeSessionId != first.NativeSessionId);

        Assert.Equal(("claude-code", Confidence.Certain, "session: registry file; pane: process tree, confirmed by TMUX_PANE"), (first.Agent, first.Confidence, first.How));
        Assert.Equal((first.Key, first.Pane, true), (second.Key, second.Pane, second.InFront));
    }

    [Fact]
    public async Task Codex_is_adopted_with_the_thread_of_its_first_prompt()
    {
        await using var real = await RealAgents.StartAsync("codex");
        real.Run("codex", []);
        var fresh = await AdoptedAsync(real, a => a.Pane is not null);
        await ShowsAsync(real, fresh.Pane!, "›");
        await SayAsync(real, fresh.Pane!, "say hello");

        var found = await AdoptedAsync(real, a => a.NativeSessionId is not null);

        await PrivateTmux.UntilAsync(() => Transcripts(real, ".codex/sessions").Any(f => f.EndsWith($"-{found.NativeSessionId}.jsonl", StringComparison.Ordinal)));
        Assert.Equal(("codex", "session: open rollout; pane: process tree, confirmed by TMUX_PANE"), (found.Agent, found.How));
    }

    [Fact]
    public async Task Gemini_is_adopted_once_with_its_session()
    {
        await using var real = await RealAgents.StartAsync("gemini");
        real.Run("gemini", [], "-m", "gemini-2.5-flash");
        var fresh = await AdoptedAsync(real, a => a.Pane is not null);
        await ShowsAsync(real, fresh.Pane!, "Type your message");
        await SayAsync(real, fresh.Pane!, "say hello");

        var found = await AdoptedAsync(real, a => a.NativeSessionId is not null);

        Assert.Equal(("gemini", "session: newest file of the folder; pane: process tree, confirmed by TMUX_PANE"), (found.Agent, found.How));
        Assert.Contains(Transcripts(real, ".gemini/tmp"), f => f == found.TranscriptPath && File.ReadAllText(f).Contains($"\"sessionId\":\"{found.NativeSessionId}\"", StringComparison.Ordinal));
    }

    private static async Task<AgentProcess> AdoptedAsync(RealAgents real, Predicate<AgentProcess> isSo)
    {
        await PrivateTmux.UntilAsync(() => real.Adopted.Mine is [var only] && isSo(only));
        return real.Adopted.Mine.Single();
    }

    private static Task ShowsAsync(RealAgents real, PaneId pane, string text) =>
        PrivateTmux.UntilAsync(() => real.Adopted.Tmux.Servers.Capture(pane, Ct).Result.Ansi.Contains(text, StringComparison.Ordinal));

    /// <summary>As the measured recipe has it: what is typed is seen in the box before Enter is pressed.</summary>
    private static async Task SayAsync(RealAgents real, PaneId pane, string text)
    {
        await real.Adopted.Tmux.Writer.TypeAsync(pane, text, Ct);
        await ShowsAsync(real, pane, text);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Ct);
        await real.Adopted.Tmux.Writer.PressAsync(pane, "Enter", Ct);
    }

    private static string[] Transcripts(RealAgents real, string below)
    {
        var folder = Path.Combine(real.Adopted.Home, below);
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.jsonl", SearchOption.AllDirectories) : [];
    }
}
