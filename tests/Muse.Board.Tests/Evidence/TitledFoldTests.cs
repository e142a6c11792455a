using Muse.Board.Domain;

namespace Muse.Board.Tests.Evidence;

/// <summary>Codex and Gemini, whose pane titles tell their state, at second 1,000.</summary>
public sealed class TitledFoldTests
{
    [Theory]
    [InlineData("process gone 990; title busy 900", "ended", null)]
    [InlineData("title busy 990", "working", null)]
    // While text streams the screen looks idle.
    [InlineData("title busy 990; screen idle 999", "working", null)]
    [InlineData("screen idle 990", "unknown", null)]
    [InlineData("transcript busy 980; screen idle 990", "working", null)]
    [InlineData("title idle 990; hook busy 980", "idle", null)]
    [InlineData("title asks/permission 990", "needs-you", "permission")]
    [InlineData("title asks/permission 990; screen asks/question 990.5", "needs-you", "question")]
    [InlineData("title busy 995; hook asks/permission 990", "working", null)]
    // In the dialogs for trust and login the title is the shell's: it says nothing.
    [InlineData("title unclear 990; screen asks/login 990", "needs-you", "login")]
    // No hook tells of an API error.
    [InlineData("title idle 990.1; screen failed/error 990", "needs-you", "error")]
    [InlineData("title busy 995; screen failed/error 990", "working", null)]
    [InlineData("title idle 990.1; transcript failed/limit 990", "needs-you", "limit")]
    [InlineData("title idle 990.2; hook idle 990", "idle", null)]
    [InlineData("hook idle 990; transcript busy 980", "idle", null)]
    [InlineData("hook turnended 990", "idle", null)]
    [InlineData("process alive 900; title unclear 990", "unknown", null)]
    public void Codex(string evidence, string state, string? reason)
    {
        var verdict = Say.Fold("codex", Say.Parse(evidence));

        Assert.Equal((state, reason), (CardWords.Word(verdict.State), CardWords.Word(verdict.Reason)));
    }

    [Theory]
    [InlineData("title busy 990", "working", null)]
    [InlineData("title idle 990", "idle", null)]
    [InlineData("title asks/permission 990; hook asks/permission 989.9", "needs-you", "permission")]
    [InlineData("title asks/permission 990; hook asks/question 989.9", "needs-you", "question")]
    // The quota dialog says Working, the trust dialog says Ready.
    [InlineData("title busy 980; screen asks/limit 990", "needs-you", "limit")]
    [InlineData("title idle 980; screen asks/login 990", "needs-you", "login")]
    [InlineData("title busy 995; screen asks/limit 990", "working", null)]
    // A refused permission ends the turn without a word of the hooks.
    [InlineData("title idle 995; hook asks/permission 990", "idle", null)]
    [InlineData("screen idle 990", "idle", null)]
    [InlineData("hook turnended 990; transcript busy 995", "working", null)]
    [InlineData("hook gone 990; title idle 980", "ended", null)]
    [InlineData("title unclear 990", "unknown", null)]
    public void Gemini(string evidence, string state, string? reason)
    {
        var verdict = Say.Fold("gemini", Say.Parse(evidence));

        Assert.Equal((state, reason), (CardWords.Word(verdict.State), CardWords.Word(verdict.Reason)));
    }
}
