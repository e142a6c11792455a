namespace Muse.Board.Tests.Screens;

/// <summary>Screens in the manner of Gemini.</summary>
internal static class GeminiDrawing
{
    private const string Rest = "◇  Ready (lamp)";
    private const string Works = "✦  Working… (lamp)";
    private const string Asks = "✋  Action Required (lamp)";
    private static readonly string[] Talk = [.. Prompt("light the lamp"), "✦ The lamp is lit.", "", "                      ? for shortcuts"];

    public static IReadOnlyList<Drawn> All { get; } =
    [
        Of("fresh", "idle", ["1. Create GEMINI.md files", "", "                      ? for shortcuts", .. Box(Hint)]),
        Of("answered", "idle", [.. Talk, .. Box(Hint)]),
        Of("answered-without-title", "idle", [.. Talk, .. Box(Hint)], ""),
        Of("draft", "idle", [.. Talk, .. Box(" put it", "   out again", "", "   please")]),
        Of("draft-without-title", "unknown", ["✦ Lit.", "", .. Box(" put it out")], ""),
        Of("paste", "idle", [.. Talk, .. Box(" [Pasted Text: 30 lines]")]),
        Of("command", "idle", [.. Talk, .. Box(" /"), " clear    Start anew", " stats    Count", " (1/42)"]),
        Of("cancelled", "idle", [.. Prompt("again"), "", "ℹ Request cancelled.", "", .. Box(Hint)]),
        Of("working", "working", [.. Prompt("again"), "", " ⠦ Thinking... (esc to cancel, 2s)    ? for shortcuts", .. Box(Hint)], Works),
        Of("working-without-title", "working", [.. Prompt("again"), "", " ⠦ Weighing bulbs (esc to cancel, 2s)    ? for shortcuts", .. Box(Hint)], ""),
        Of("working-with-draft", "working", [.. Prompt("again"), "", " ⠦ Thinking... (esc to cancel, 2s)", .. Box(" and then")], Works),
        Of("error", "needs-you error", [.. Prompt("again"), "✕ [API Error: no such lamp]", "", "ℹ This request failed. Press F12 for diagnostics", "", .. Box(Hint)]),
        Of("quota-used-up", "needs-you limit", [.. Prompt("again"), "✕ [API Error: You have exhausted your daily quota on this model.]", "  Please wait and try again later.", "", "ℹ This request failed. Press F12 for diagnostics", "", .. Box(Hint)]),
        Of("quota", "needs-you limit", [.. Prompt("again"), .. Framed("", "Usage limit reached for gemini-3.8-flash.", "", Focused("● 1.") + " Keep trying", "  2. Stop", "")], Works),
        Of("trust", "needs-you login", ["$ gemini", .. Framed("", "Do you trust the files in this folder?", "", Focused("● 1.") + " Trust folder (lamp)", "  2. Don't trust", "")]),
        Of("login", "needs-you login", ["$ gemini", .. Framed("", "? Get started", "", "  How would you like to authenticate for this project?", "", "  " + Focused("● 1.") + " Sign in with Google", "    2. Vertex AI", "")]),
        Of("permission", "needs-you permission", [.. Prompt("again"), .. Permission("rm wick.txt")], Asks),
        Of("permission-without-title", "needs-you permission", [.. Prompt("again"), .. Permission("rm wick.txt")], ""),
        Of("permission-not-drawn-yet", "needs-you permission", [.. Prompt("again")], Asks),
        Of("change", "needs-you permission", [.. Prompt("again"), .. Framed("? Edit  lamp.py", "╭────────────╮", "│ 1 + light() │", "╰────────────╯", "Apply this change?", "", Focused("● 1.") + " Allow once", "  2. No, suggest changes (esc)")], Asks),
        Of("question", "needs-you question", [.. Prompt("again"), .. Framed("Answer Questions", "", "Which bulb shall it be?", "", Focused("● 1.") + "  Warm", "      Like the sun", "  2.  Cold", "", "Enter to select · Esc to cancel")], Asks),
        Of("several-boxes", "needs-you question", [.. Prompt("again"), .. Framed("Answer Questions", "", Tabs("□ " + Current("Bulbs"), "□ Shade"), "", "Which bulbs shall it be?", "(Select all that apply)", "", "▲", Focused("● 1.") + " [x] Warm", "  2. [ ] Cold", "▼", "", "Enter to select · ←/→ to switch questions · Esc to cancel")], Asks),
        Of("second-question", "needs-you question", [.. Prompt("again"), .. Framed("Answer Questions", "", Tabs("✓ Bulbs", "□ " + Current("Shade")), "", "Which shade?", "", Focused("● 1.") + "  Green", "  2.  Enter a custom value", "", "Enter to select · ←/→ to switch questions · Esc to cancel")], Asks),
        Of("review", "needs-you question", [.. Prompt("again"), .. Framed("Answer Questions", "", Tabs("✓ Bulbs", "✓ Shade"), "", "Review your answers:", "", "Bulbs → Warm", "Shade → Green", "", "Enter to submit · Tab/Shift+Tab to edit answers · Esc to cancel")], Asks),
        Of("plan", "needs-you plan", [.. Prompt("plan a lamp"), .. Framed(Pen.Sgr("1", "Ready to start implementation?"), "", "A lamp", "", " 1. Buy a bulb", "", Focused("● 1.") + "  Yes, automatically accept edits", "      Approves the plan", "  2.  Yes, manually accept edits", "  3.  Type your feedback...", "", "Enter to select · ↑/↓ to navigate · Ctrl+G to edit plan · Esc to cancel")], Asks),
        Of("picker", "needs-you question", [.. Prompt("/resume"), "", " Chat Sessions (2 total)", " Navigate: ↑/↓   Resume: Enter", "", " ❯ #1    │ 5    │ 6s   │ light the lamp"]),
        Of("left", "ended", ["│  To resume this session: gemini --resume 0000 │", "╰──────────╯", "$ "], ""),
        Of("shell", "ended", ["$ "], "", "fish"),
    ];

    public static IEnumerable<string> Permission(string command) =>
        Framed("? Shell  " + command, "╭────────────╮", $"│ {command} │", "╰────────────╯", "Allow execution of [Shell]?", "", Focused("● 1.") + " Allow once", "  2. No, suggest changes (esc)");

    public static IEnumerable<string> Prompt(string text) => [Pen.Rule('▄'), " > " + text, Pen.Rule('▀')];

    public static IEnumerable<string> Framed(params string[] lines) =>
        ["╭" + Pen.Rule('─', Pen.Width - 2) + "╮", .. lines.Select(l => $"│ {l}{new string(' ', Math.Max(0, Pen.Width - 4 - Pen.Plain(l).TrimEnd().Length))} │"), "╰" + Pen.Rule('─', Pen.Width - 2) + "╯"];

    public static IEnumerable<string> Box(string text, params string[] more) =>
        [Pen.Dim(Pen.Rule('─')), " Shift+Tab to accept edits", Pen.Rule('▄'), " >" + text, .. more, Pen.Rule('▀'), " workspace (/directory)     branch", " ~/lamp                     main"];

    public static string Hint => "   " + Pen.Sgr("38;2;175;175;175", "Type your message or @path/to/file");

    private static string Tabs(string first, string second) => $"← {first} │ {second} │ ≡ Review →";

    private static string Current(string text) => Pen.Sgr("1;4", text);

    private static string Focused(string text) => Pen.Sgr("38;2;215;255;215", text);

    private static Drawn Of(string name, string expected, IEnumerable<string> lines, string title = Rest, string command = "node") =>
        new("gemini", name, expected, Pen.Page(lines), title, command);
}
