namespace Muse.Board.Tests.Screens;

/// <summary>Screens in the manner of Codex.</summary>
internal static class CodexDrawing
{
    private const string Rest = "lamp";
    private const string Asks = "[ . ] Action Required | lamp";
    private static readonly string[] Talk = ["› light the lamp", "", "• The lamp is lit.", "", Pen.Dim("  Worked for 3s • 19:04"), ""];

    public static IReadOnlyList<Drawn> All { get; } =
    [
        Of("fresh", "idle", ["  >_ OpenAI Codex (v0.169.0)", "     ~/lamp", "", .. Box(Hint)]),
        Of("answered", "idle", [.. Talk, .. Box(Hint)]),
        Of("answered-without-title", "idle", [.. Talk, .. Box(Hint)], ""),
        Of("fresh-without-title", "idle", ["  >_ OpenAI Codex (v0.169.0)", "     ~/lamp", "", .. Box(Hint)], ""),
        Of("draft", "idle", [.. Talk, .. Box("put it", "  out again", "", "  please")]),
        Of("numbered-draft", "idle", [.. Talk, .. Box("1. put it out", "  2. light it again")]),
        Of("paste", "idle", [.. Talk, .. Box("[Pasted Content 2120 chars]")]),
        Of("tall-draft", "idle", [.. Talk, "› and then" + new string(' ', Pen.Width - 11) + "↑", "  put it", "", "  out"]),
        Of("command", "idle", [.. Talk, "› /model   choose a bulb", "  /fast    burn brighter", "", .. Box("/")]),
        Of("interrupted", "idle", ["› again", "", "■ Conversation interrupted - tell the model", "", .. Box(Hint)]),
        Of("streaming", "working", ["› again", "", "• The first half of", "  an answer.", "", .. Box(Hint)], "⠹ lamp"),
        Of("streaming-without-title", "unknown", ["› again", "", "• The first half of", "  an answer.", "", .. Box(Hint)], ""),
        Of("streaming-with-the-shells-title", "unknown", ["› again", "", "• The first half of", "  an answer.", "", .. Box(Hint)], "devbox"),
        Of("working", "working", ["› again", "", "• Working (12s • esc to interrupt)", "", .. Box(Hint)], ""),
        Of("error", "needs-you error", ["› again", "", "■ the lamp factory is down", "", .. Box(Hint)]),
        Of("limit", "needs-you limit", ["› again", "", "■ You’ve hit your usage limit. Try again at 4:00 PM.", "", .. Box(Hint)]),
        Of("terminal-behind", "background", ["› again", "", "■ Conversation interrupted", "", Pen.Dim("  1 background terminal running · /ps to view"), "", .. Box(Hint)]),
        Of("just-sent", "unknown", [.. Talk, "› again", "", .. Box(Hint)]),
        Of("trust", "needs-you login", ["", "  Folder access", "  /home/ada/lamp", "", "  Trust this folder? Codex can read it.", "", Focused("› 1. Trust and continue"), "  2. Back", "", "  enter continue · esc back"], "devbox"),
        Of("login", "needs-you login", ["  Welcome to Codex", "", "  Choose how you want to use Codex.", "", "> 1. Sign in with ChatGPT", "  2. Sign in another way", "", "  Press enter to continue"], "devbox"),
        Of("permission", "needs-you permission", ["› again", "", "• Running rm wick.txt", "", .. Permission("rm wick.txt")], Asks),
        Of("permission-without-title", "needs-you permission", ["› again", "", "• Running rm wick.txt", "", .. Permission("rm wick.txt")], ""),
        Of("permission-not-drawn-yet", "needs-you permission", ["› again", "", "• Running rm wick.txt", ""], Asks),
        Of("change", "needs-you permission", ["› again", "", "  Would you like to make the following edits?", "", "  Destination: lamp.py", "", Focused("› 1. Yes, proceed (y)"), "  2. No (esc)", "", "  Press enter to confirm or esc to cancel"], Asks),
        Of("question", "needs-you question", ["› again", "", "  Question 1/1 (1 unanswered)", "  Which bulb shall it be?", "", Focused("  › 1. Warm"), "    2. Cold", "", "  tab to add notes | enter to submit answer | esc to interrupt"], "[ ! ] Action Required | lamp"),
        Of("second-question", "needs-you question", ["› again", "", .. Question(2, 2, "  tab to add notes | enter to submit all | ←/→ to navigate questions | esc to interrupt")], "[ ! ] Action Required | lamp"),
        Of("notes", "needs-you question", ["› again", "", .. Question(1, 2, "  › Add notes", "", "  tab or esc to clear notes | enter to submit answer")], "[ ! ] Action Required | lamp"),
        Of("picker", "needs-you question", [.. Talk, "  Select bulb", "", "  1. Warm", Focused("› 2. Cold"), "", "  enter select · esc back"]),
        Of("plan", "needs-you plan", ["› plan a lamp", "", "• Proposed Plan", "", "  1. Buy a bulb", "", .. Plan(Pen.Sgr("1", "Implement this plan?"))]),
        Of("plan-without-title", "needs-you plan", ["› plan a lamp", "", .. Plan(Pen.Sgr("1", "Implement this plan?"))], ""),
        Of("browsing", "needs-you question", [.. Talk, "› " + Hint, "", "  GPT-6-Sol · ~/lamp", "  Browsing · ↵ rewind · esc back"]),
        Of("left", "ended", ["$ codex", "To continue this session, run:", "  codex resume 00000000-1111-4222-8333-444444444444", "$ "], ""),
        Of("shell", "ended", ["$ "], "", "-bash"),
    ];

    public static IEnumerable<string> Permission(string command) =>
        ["  Would you like to run the following command?", "", $"  $ {command}", "", Focused("› 1. Yes, proceed (y)"), "  2. No, and tell Codex what to do differently (esc)", "", "  Press enter to confirm or esc to cancel"];

    private static IEnumerable<string> Plan(string question) =>
        ["  " + question, "", Focused("› 1. Yes, implement this plan") + "  Switch to Default", "  2. No, stay in Plan mode" + Pen.Dim("  Go on planning"), "", "  enter select · esc back"];

    private static IEnumerable<string> Question(int number, int count, params string[] below) =>
        [$"  Question {number}/{count} (1 unanswered)", "  Which bulb shall it be?", "", Focused("  › 1. Warm"), "    2. Cold", "", .. below];

    public static IEnumerable<string> Box(string text, params string[] more) =>
        [Pen.Sgr("1", "›") + " " + text, .. more, "", "  GPT-6-Sol medium · ~/lamp", "  ← for agents · ? for shortcuts"];

    public static string Hint => Pen.Dim("Ask Codex to do anything");

    private static string Focused(string text) => Pen.Sgr("1;7", text);

    private static Drawn Of(string name, string expected, IEnumerable<string> lines, string title = Rest, string command = "codex") =>
        new("codex", name, expected, Pen.Page(lines), title, command);
}
