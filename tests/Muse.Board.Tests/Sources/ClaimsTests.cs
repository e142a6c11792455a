using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Board.Processes;
using Muse.Board.Screens;
using Muse.Board.Sources;

namespace Muse.Board.Tests.Sources;

public sealed class ClaimsTests
{
    [Theory]
    [InlineData("busy", null, "Busy", null)]
    [InlineData("waiting", "permission prompt", "Asks", "Permission")]
    [InlineData("waiting", "input needed", "Asks", "Question")]
    [InlineData("waiting", "dialog open", "Asks", "Question")]
    [InlineData("waiting", null, "Asks", "Question")]
    [InlineData("shell", null, "Background", null)]
    [InlineData("idle", null, "Idle", null)]
    [InlineData("something new", null, "Unclear", null)]
    public void The_registry_speaks_by_its_status(string status, string? waitingFor, string claim, string? reason)
    {
        var said = Claims.Of(Entry(status, waitingFor, updatedAtMs: 500), nowMs: 1000)!;

        Assert.Equal((claim, reason, 500), (said.Claim.ToString(), said.Reason?.ToString(), said.AtMs));
    }

    [Fact]
    public void A_registry_without_a_status_says_nothing() => Assert.Null(Claims.Of(Entry(null, null, null), 1000));

    [Theory]
    [InlineData("codex", "⠙ app", "Busy", null)]
    [InlineData("codex", "[ . ] Action Required | app", "Asks", "Permission")]
    [InlineData("codex", "[ ! ] Action Required | app", "Asks", "Permission")]
    [InlineData("codex", "app", "Idle", null)]
    [InlineData("codex", "release work | app", "Idle", null)]
    [InlineData("codex", "me@host: ~/app", "Unclear", null)]
    [InlineData("gemini", "✦  Working… (app)", "Busy", null)]
    [InlineData("gemini", "✋  Action Required (app)", "Asks", "Permission")]
    [InlineData("gemini", "◇  Ready (app)", "Idle", null)]
    [InlineData("gemini", "host", "Unclear", null)]
    public void A_title_speaks_in_its_agents_form_only(string agent, string title, string claim, string? reason)
    {
        var said = Claims.OfTitle(agent, title, "/home/dev/app", 1000)!;

        Assert.Equal((claim, reason), (said.Claim.ToString(), said.Reason?.ToString()));
    }

    [Fact]
    public void The_title_of_claude_says_nothing() => Assert.Null(Claims.OfTitle("claude-code", "✳ Claude Code", "/home/dev/app", 1000));

    [Theory]
    [InlineData("Working", null, "Busy")]
    [InlineData("NeedsYou", "Permission", "Asks")]
    [InlineData("NeedsYou", "Error", "Failed")]
    [InlineData("NeedsYou", "Limit", "Failed")]
    [InlineData("Idle", null, "Idle")]
    [InlineData("Background", null, "Background")]
    [InlineData("Ended", null, "Unclear")]
    [InlineData("Unknown", null, "Unclear")]
    public void A_screen_holds_until_the_next_look(string state, string? reason, string claim)
    {
        var verdict = new ScreenVerdict(
            "claude-code", "rules", Enum.Parse<CardState>(state), reason is null ? null : Enum.Parse<NeedReason>(reason), "rule", 1, " a line ", null,
            InputBox.Absent, null);

        var said = Claims.Of(verdict, atMs: 400, nowMs: 1000, validForMs: 7000);

        Assert.Equal((claim, reason, 400, 8000, "a line"), (said.Claim.ToString(), said.Reason?.ToString(), said.AtMs, said.ValidUntilMs, said.Detail));
    }

    private static ClaudeRegistryEntry Entry(string? status, string? waitingFor, long? updatedAtMs) => new(
        1, "/home/dev/.claude", "id", "/home/dev/app", "77", "2.1.330", "interactive", "cli", null, null, status, waitingFor, updatedAtMs, null, null);
}
