using Muse.Board.Domain;

namespace Muse.Board.Tests.Evidence;

/// <summary>What Claude Code's sources come to at second 1,000, seen for the first time.</summary>
public sealed class ClaudeFoldTests
{
    [Theory]
    // The process
    [InlineData("process gone 990; registry busy 900", "ended", null)]
    [InlineData("process gone 990; hook asks/permission 995", "ended", null)]
    [InlineData("process alive 900", "unknown", null)]
    [InlineData("hook gone 990", "ended", null)]
    [InlineData("process alive 900; hook gone 990; registry idle 980", "ended", null)]
    [InlineData("process alive 995; hook gone 990; registry idle 996", "idle", null)]
    [InlineData("process alive 995; hook gone 990", "unknown", null)]
    // A failed turn: the registry says idle
    [InlineData("hook failed/error 990; registry idle 990.1", "needs-you", "error")]
    [InlineData("transcript failed/limit 990; registry idle 990.1", "needs-you", "limit")]
    [InlineData("hook failed/login 990; registry busy 980", "needs-you", "login")]
    [InlineData("hook failed/error 980; registry busy 990", "working", null)]
    [InlineData("transcript failed/error 980; hook busy 990; registry idle 980.1", "idle", null)]
    [InlineData("transcript failed/error 980; hook busy 999; registry idle 980.1", "working", null)]
    [InlineData("transcript failed/error 980; transcript turnended 985; registry idle 986", "idle", null)]
    // A dialog
    [InlineData("registry asks/permission 990", "needs-you", "permission")]
    [InlineData("registry asks/question 990; hook asks/plan 989.9", "needs-you", "plan")]
    [InlineData("registry asks/permission 990; screen asks/question 990.2; hook asks/permission 989.9", "needs-you", "question")]
    [InlineData("registry asks/permission 990; hook asks/plan 900", "needs-you", "permission")]
    [InlineData("registry busy 900; hook asks/permission 999", "needs-you", "permission")]
    [InlineData("registry busy 900; hook asks/permission 990", "working", null)]
    [InlineData("registry busy 995; hook asks/permission 990", "working", null)]
    [InlineData("registry idle 900; screen asks/login 990", "needs-you", "login")]
    [InlineData("registry idle 990; screen asks/permission 980", "idle", null)]
    [InlineData("screen asks/login 990", "needs-you", "login")]
    [InlineData("hook asks/permission 990", "needs-you", "permission")]
    [InlineData("hook asks/permission 990; screen idle 992", "idle", null)]
    [InlineData("hook asks/permission 990; screen idle 990.5", "needs-you", "permission")]
    [InlineData("hook asks/permission 990 until 999; transcript busy 980", "working", null)]
    // A turn
    [InlineData("registry busy 990", "working", null)]
    [InlineData("registry busy 990; transcript turnended 995", "working", null)]
    [InlineData("registry busy 990; screen idle 999", "working", null)]
    [InlineData("registry idle 900; hook busy 999", "working", null)]
    [InlineData("registry idle 900; hook busy 990", "idle", null)]
    [InlineData("registry idle 990; screen busy 995", "working", null)]
    [InlineData("registry idle 995; screen busy 990", "idle", null)]
    [InlineData("hook busy 990", "working", null)]
    [InlineData("hook busy 990; transcript turnended 995", "idle", null)]
    [InlineData("transcript busy 990", "working", null)]
    [InlineData("transcript busy 990; hook turnended 980", "working", null)]
    // Background
    [InlineData("registry background 990", "background", null)]
    [InlineData("registry background 990; hook turnended 989.8", "background", null)]
    [InlineData("registry busy 980; hook background 990", "working", null)]
    [InlineData("registry idle 980; hook background 990", "idle", null)]
    [InlineData("hook background 990", "background", null)]
    // Idle and less
    [InlineData("registry idle 990", "idle", null)]
    [InlineData("registry idle 990; transcript busy 980", "idle", null)]
    [InlineData("hook turnended 990", "idle", null)]
    [InlineData("transcript turnended 990", "idle", null)]
    [InlineData("title idle 990", "idle", null)]
    [InlineData("screen idle 990", "idle", null)]
    [InlineData("screen unclear 990", "unknown", null)]
    [InlineData("screen unclear 990; transcript busy 980", "working", null)]
    [InlineData("registry unclear 990; screen idle 980", "idle", null)]
    [InlineData("output alive 999", "unknown", null)]
    [InlineData("", "unknown", null)]
    // Too old
    [InlineData("registry idle 990 until 999", "unknown", null)]
    [InlineData("registry asks/plan 990 until 999; transcript busy 995", "working", null)]
    public void Claude(string evidence, string state, string? reason)
    {
        var verdict = Say.Fold("claude-code", Say.Parse(evidence));

        Assert.Equal((state, reason), (CardWords.Word(verdict.State), CardWords.Word(verdict.Reason)));
    }
}
