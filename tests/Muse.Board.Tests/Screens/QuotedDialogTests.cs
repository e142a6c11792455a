using Muse.Board.Domain;
using Muse.Board.Screens;

namespace Muse.Board.Tests.Screens;

/// <summary>Conversations that show what dialogs look like: as replies, prompts, and output of tools.</summary>
public sealed class QuotedDialogTests
{
    private static readonly string[] Claude = [.. ClaudeDrawing.Permission("rm wick.txt", 60)];
    private static readonly string[] Codex = [.. CodexDrawing.Permission("rm wick.txt")];
    private static readonly string[] Gemini = [.. GeminiDrawing.Permission("rm wick.txt")];

    public static TheoryData<string, string> Quotes =>
    [
        // As a reply: its first line after the bullet, all others indented.
        ("claude-code", Pen.Page(["❯ show me a dialog", "", "● It looks like this:", "", .. Indented(Claude), "", "✻ Brewed for 3s · done 7:04 PM", "", .. ClaudeDrawing.Box("")])),
        // Closed by nothing, as after a reply that was cut.
        ("claude-code", Pen.Page(["❯ show me a dialog", "", "● It looks like this:", "", .. Indented(Claude), .. ClaudeDrawing.Box("")])),
        // As a prompt of several lines, and as what a tool printed.
        ("claude-code", Pen.Page(["❯ what is this?", .. Indented(Claude), "", "● A dialog.", "  ⎿  Do you want to proceed?", "     ❯ 1. Yes", "       2. No", "     Esc to cancel · Tab to amend", "", .. ClaudeDrawing.Box("")])),
        // As a draft, still in the box.
        ("claude-code", Pen.Page(["❯ hm", "", "● Yes?", "", .. ClaudeDrawing.Box("Do you want to proceed? ❯ 1. Yes  2. No  Esc to cancel")])),
        ("claude-code", Pen.Page(["❯ hm", "", "● Do you want to proceed? ❯ 1. Yes", "", "✻ Brewed for 3s · done 7:04 PM", "", .. ClaudeDrawing.Box("")])),
        ("claude-code", Pen.Page(["❯ hm", "", "● API Error: 529 means that too many ask at once.", "", "✻ Brewed for 3s · done 7:04 PM", "", .. ClaudeDrawing.Box("")])),
        ("claude-code", Pen.Page(["❯ hm", "", "● It says: Usage limit reached", "  ✻ Thinking… (3s · esc to interrupt)", "", "✻ Brewed for 3s · done 7:04 PM", "", .. ClaudeDrawing.Box("")])),
        ("codex", Pen.Page(["› show me a dialog", "", "• It looks like this:", "", .. Indented(Codex.Select(Pen.Plain).Select(l => l.TrimEnd('\n'))), "", Pen.Dim("  Worked for 3s • 19:04"), "", .. CodexDrawing.Box(CodexDrawing.Hint)])),
        ("codex", Pen.Page(["› 1. Yes, proceed (y)", "  2. No", "", "• Which do you mean?", "  ■ exceeded retry limit", "", Pen.Dim("  Worked for 3s • 19:04"), "", .. CodexDrawing.Box(CodexDrawing.Hint)])),
        ("codex", Pen.Page(["› hm", "", "• Yes?", "", .. CodexDrawing.Box("Would you like to run the following command? › 1. Yes, proceed (y)", "  Press enter to confirm or esc to cancel")])),
        ("gemini", Pen.Page([.. GeminiDrawing.Prompt("show me a dialog"), "✦ It looks like this:", "", .. Indented(Gemini.Select(Pen.Plain).Select(l => l.TrimEnd('\n'))), "", .. GeminiDrawing.Box(GeminiDrawing.Hint)])),
        ("gemini", Pen.Page([.. GeminiDrawing.Prompt("print one"), .. GeminiDrawing.Framed("✓  Shell cat dialog.txt", "", "Allow execution of [Shell]?", "● 1. Allow once", "  2. No, suggest changes (esc)"), "", .. GeminiDrawing.Box(GeminiDrawing.Hint)])),
        ("gemini", Pen.Page([.. GeminiDrawing.Prompt("hm"), "✦ Yes?", "", .. GeminiDrawing.Box(" Allow execution of [Shell]? ● 1. Allow once")])),
    ];

    [Theory]
    [MemberData(nameof(Quotes))]
    public void A_quoted_dialog_leaves_an_idle_session_idle(string agent, string screen)
    {
        var verdict = Reading.Reader.Read(agent, Capture(agent, screen));

        Assert.Equal((CardState.Idle, null), (verdict.State, verdict.Dialog));
    }

    [Theory]
    [MemberData(nameof(Quotes))]
    public void A_quoted_dialog_is_not_taken_for_one_wherever_the_screen_is_cut(string agent, string screen)
    {
        var lines = screen.Split('\n');
        var verdicts = Enumerable.Range(0, lines.Length).SelectMany(at => new[] { lines[..at], lines[at..] })
            .Select(cut => Reading.Reader.Read(agent, Capture(agent, string.Join('\n', cut))));

        Assert.All(verdicts, v => Assert.Null(v.Dialog));
        Assert.All(verdicts, v => Assert.NotEqual(NeedReason.Permission, v.Reason));
    }

    [Fact]
    public void The_real_dialog_below_a_quoted_one_is_the_one_that_is_read()
    {
        var screen = Pen.Page(["❯ show me a dialog", "", "● It looks like this:", .. Indented(Claude), "", .. ClaudeDrawing.Permission("cat wick.txt", 60)]);

        Assert.Equal("cat wick.txt", Reading.Reader.Read("claude-code", Capture("claude-code", screen)).Dialog?.Body);
    }

    private static PaneCapture Capture(string agent, string screen) =>
        new(screen, agent switch { "codex" => "lamp", "gemini" => "◇  Ready (lamp)", _ => "✳ Claude Code" }, "", 0, 0, InMode: false);

    private static IEnumerable<string> Indented(IEnumerable<string> lines) => lines.Select(line => "  " + line);
}
