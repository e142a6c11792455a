namespace Muse.Board.Tests.Screens;

/// <summary>Screens in the manner of Claude Code.</summary>
internal static class ClaudeDrawing
{
    public const string Footer = "  ⏸ manual mode on · ? for shortcuts";
    private const string Busy = "  ⏸ manual mode on · esc to interrupt";
    private static readonly string[] Talk = ["▝▜██████▀  Opus · ~/lamp", "", "❯ light the lamp", "", "● The lamp is lit.", "", "✻ Brewed for 3s · done 7:04 PM", ""];

    public static IReadOnlyList<Drawn> All { get; } =
    [
        Of("fresh", "idle", ["▝▜██████▀  Opus · ~/lamp", "", .. Box("")]),
        Of("answered", "idle", [.. Talk, .. Box("")]),
        Of("suggestion", "idle", [.. Talk, .. Box(Hint("Try a brighter bulb"))]),
        Of("draft", "idle", [.. Talk, .. DraftBox("put it", "  out again", "", "  please")]),
        Of("tall-draft", "unknown", [.. Talk, .. TallBox("12 more", null, "  and then", "  put it out")]),
        Of("tall-draft-working", "working", [.. Talk, "❯ again", "", "✽ Kindling… (12s)", "", .. TallBox("12 more", null, "  and then", "  put it out")]),
        Of("tall-draft-middle", "unknown", [.. Talk, .. TallBox("2 more", "9 more", "  and then", "  put it out")]),
        Of("paste", "idle", [.. Talk, .. Box("look: [Pasted text #1 +12 lines]", "  paste again to expand")]),
        Of("command", "idle", [.. Talk, "  ❯ /clear     Start anew", "    /compact   Summarise", .. Box("/c", "  ⏸ manual mode on")]),
        Of("shell-mode", "idle", [.. Talk, .. Frame([Pen.Sgr("38;5;211", "!") + "\u00a0ls lamps"], ["  ! for shell mode"])]),
        Of("exit-armed", "idle", [.. Talk, .. Box("", "  Press Ctrl-C again to exit")]),
        Of("interrupted", "idle", [.. Talk, "❯ again", "", "● Looking.", "  ⎿  Interrupted · What should Claude do instead?", "", .. Box("")]),
        Of("spinner", "working", [.. Talk, "❯ again", "", "✽ Kindling… (12s · ↓ 40 tokens)", "", .. BusyBox("")]),
        Of("spinner-with-draft", "working", [.. Talk, "❯ again", "", "✶ Kindling…", "", .. BusyBox("and then", "  ⏸ manual mode on")]),
        Of("retry", "working", [.. Talk, "❯ again", "", "✻ API error · retrying in 7s · attempt 3/10", .. BusyBox("")]),
        Of("compaction", "working", [.. Talk, "❯ /compact", "", "· Compacting conversation… (3s)", .. BusyBox("")]),
        Of("error", "needs-you error", ["❯ again", "", "● API Error: 500 The lamp factory is down.", "", .. Box(Hint("Resend your message to try again"))]),
        Of("error-without-hint", "needs-you error", ["❯ again", "", "● API Error: 400 No such lamp.", "", .. Box("")]),
        Of("key-refused", "needs-you error", ["❯ again", "  ⎿  Invalid API key · Fix external API key", "", .. Box(Hint("Once fixed, resend your message"))]),
        Of("not-logged-in", "needs-you login", ["❯ again", "  ⎿  Not logged in · Please run /login", "", .. Box(Hint("Once fixed, resend your message"))]),
        Of("limit", "needs-you limit", ["❯ again", "  ⎿  You've hit your 5-hour limit · resets 4pm", "", .. Box("", "  ⚠ Usage limit reached · limit resets 4pm", "    Continuing automatically at 4pm · Esc to cancel", Footer)]),
        Of("agent-behind", "background", [.. Talk, "✻ Waiting for 2 background agents to finish", .. Box("", Footer, "", "  ● main", "  ◯ lamplighter  Trim the wicks   9s")]),
        Of("shell-behind", "background", ["❯ again", "", "✻ Brewed for 3s · done 7:04 PM · 1 shell still running", "", .. Box("", "  ⏸ manual mode on · 1 shell · ↓ to manage")]),
        Of("just-sent", "unknown", [.. Talk, "❯ again", "", .. Box("")]),
        Of("transcript", "unknown", [.. Talk, Pen.Dim(Pen.Rule('─')), "  Showing detailed transcript · ctrl+o to toggle"]),
        Of("trust", "needs-you login", ["$ claude", Pen.Rule('─'), " Accessing workspace:", "", " /home/ada/lamp", "", " Quick safety check: Is this a project you trust?", "", " ❯ No, exit", "   Yes, I trust this folder", "", " Enter to confirm · Esc to cancel"]),
        Of("permission", "needs-you permission", [.. Talk, .. Permission("rm wick.txt", Pen.Width)]),
        Of("change", "needs-you permission", [.. Talk, Pen.Rule('─'), " Edit file", " lamp.py", Pen.Rule('╌'), " 1 - dark()", " 1 + light()", Pen.Rule('╌'), " Do you want to make this edit to lamp.py?", " ❯ 1. Yes", "   2. No", "", " Esc to cancel · Tab to amend"]),
        Of("fetch", "needs-you permission", [.. Talk, Pen.Rule('─'), " Fetch", " https://lamps.example", " Do you want to allow Claude to fetch this content?", " ❯ 1. Yes", "   2. No", "", " Esc to cancel"]),
        Of("limit-choice", "needs-you limit", ["❯ again", "  ⎿  You've hit your 5-hour limit · resets 4pm", "", Pen.Rule('▔'), "  What do you want to do?", "", "  ❯ 1. Stop and wait for limit to reset", "    2. Upgrade your plan", "", "  Enter to confirm · Esc to cancel"]),
        Of("plan", "needs-you plan", ["❯ plan", "", Pen.Rule('▔'), "   Ready to code?", "  " + Pen.Rule('╌', 60), "   1. Trim the wick", "   2. Light it", "  " + Pen.Rule('─', 60), "   Claude has written up a plan and is ready to execute. Would you like to", "   proceed?", "   ❯ 1. Yes, and use auto mode", "     2. Tell Claude what to change"]),
        Of("question", "needs-you question", ["❯ ask", .. Question(focus: 1, isChecked: null)]),
        Of("boxes", "needs-you question", ["❯ ask", .. Question(focus: 2, isChecked: false)]),
        Of("several-boxes", "needs-you question", ["❯ ask", .. Boxes("2")]),
        Of("second-question", "needs-you question", ["❯ ask", .. Shade()]),
        Of("review", "needs-you question", ["❯ ask", .. Review("Cold")]),
        Of("picker", "needs-you question", [.. Talk, Pen.Rule('▔'), "  Select bulb", "", "  ❯ 1. Warm", "    2. Cold", "", "  Enter to save · Esc to cancel"]),
        Of("left", "ended", ["$ claude", "", "Resume this session with:", "claude --resume 00000000-1111-4222-8333-444444444444", "$ "], command: ""),
        Of("shell", "ended", ["$ "], command: "zsh"),
    ];

    public static IEnumerable<string> Permission(string command, int width, int focus = 1)
    {
        string[] choices = ["1. Yes", "2. Yes, and always allow access to the whole lamp from this project", "3. No"];
        return [Pen.Rule('─', width), " Bash command", " Remove a wick", Pen.Rule('╌', width), $" {command}", Pen.Rule('╌', width), " Do you want to proceed?",
            .. choices.SelectMany((c, i) => Wrapped((i + 1 == focus ? " ❯ " : "   ") + c, width, "      ")), "", " Esc to cancel · Tab to amend"];
    }

    public static IEnumerable<string> Question(int focus, bool? isChecked)
    {
        var box = isChecked switch { true => "[✔] ", false => "[ ] ", null => "" };
        string Mark(int number) => number == focus ? "❯ " : "  ";
        return [Pen.Rule('─'), " ☐ Bulb", "", "Which bulb shall it be?", "", $"{Mark(1)}1. {box}Warm", "     Like the sun", $"{Mark(2)}2. {(isChecked is null ? "" : "[ ] ")}Cold", "     Like the moon", Pen.Rule('─'), $"{Mark(3)}3. Chat about this", "", "Enter to select · ↑/↓ to navigate · Esc to cancel"];
    }

    /// <summary>The first of two questions, which lets several boxes be ticked. The fourth choice is a field.</summary>
    /// <param name="focus">5 stands for the button below the choices.</param>
    public static IEnumerable<string> Boxes(string ticked, int focus = 1, string field = "Type something")
    {
        string Line(int number, string label) => $"{(number == focus ? "❯" : " ")} {number}. [{(ticked.Contains($"{number}", StringComparison.Ordinal) ? "✔" : " ")}] {label}";
        return [Pen.Rule('─'), Tabs(Pen.Sgr("48;5;153", " ☐ Bulbs "), " ☐ Shade "), "", "Which bulbs shall it be?", "", Line(1, "Warm"), "         Like the sun", Line(2, "Cold"), "         Like the moon", Line(3, "Red"), "         Like a stove",
            Line(4, field), $"{(focus == 5 ? "❯" : " ")}    Next", Pen.Rule('─'), "  5. Chat about this", "", "Enter to select · Tab/Arrow keys to navigate · " + (focus == 4 ? "ctrl+g to edit in Vim · " : "") + "Esc to cancel"];
    }

    /// <summary>The second question.</summary>
    public static IEnumerable<string> Shade(int focus = 1) =>
        [Pen.Rule('─'), Tabs(" ☒ Bulbs ", Pen.Sgr("48;5;153", " ☐ Shade ")), "", "Which shade?", "", $"{(focus == 1 ? "❯" : " ")} 1. Green", "     Of glass", "  2. None", $"{(focus == 3 ? "❯" : " ")} 3. Type something.", Pen.Rule('─'), "  4. Chat about this", "",
            "Enter to select · Tab/Arrow keys to navigate · " + (focus == 3 ? "ctrl+g to edit in Vim · " : "") + "Esc to cancel"];

    /// <summary>What follows the last question.</summary>
    public static IEnumerable<string> Review(string answer) =>
        [Pen.Rule('─'), Tabs(" ☒ Bulbs ", " ☒ Shade "), "", "Review your answers", "", " ● Which bulbs shall it be?", "   → " + answer, " ● Which shade?", "   → Green", "", "❯ 1. Submit answers", "  2. Cancel"];

    private static string Tabs(string first, string second) => $"← {first}{second} ✔ Submit  →";

    public static IEnumerable<string> Box(string text, params string[] footer) =>
        Frame(["❯\u00a0" + text], footer.Length == 0 ? [Footer] : footer);

    private static IEnumerable<string> DraftBox(string text, params string[] more) => Frame(["❯\u00a0" + text, .. more], ["  ⏸ manual mode on"]);

    private static IEnumerable<string> BusyBox(string text, string footer = Busy) => Frame([Pen.Sgr("38;5;246", "❯") + "\u00a0" + text], [footer]);

    private static IEnumerable<string> Frame(string[] text, string[] footer) =>
        [Pen.Sgr("38;5;244", Pen.Rule('─')), .. text, Pen.Sgr("38;5;244", Pen.Rule('─')), .. footer];

    /// <summary>A draft that is higher than its box, which shows a part of it and not its glyph.</summary>
    private static IEnumerable<string> TallBox(string above, string? below, params string[] text) =>
    [
        Scrolled("↑ " + above), .. text, below is null ? Pen.Sgr("38;5;244", Pen.Rule('─')) : Scrolled("↓ " + below), "  ⏸ manual mode on",
    ];

    private static string Scrolled(string more) => Pen.Sgr("38;5;244", $"─── {more} {Pen.Rule('─', Pen.Width - more.Length - 5)}");

    private static string Hint(string text) => Pen.Sgr("7", text[..1]) + Pen.Dim(text[1..]);

    private static IEnumerable<string> Wrapped(string text, int width, string indent)
    {
        while (text.Length > width)
        {
            var blank = text.LastIndexOf(' ', width);
            yield return text[..blank];
            text = indent + text[(blank + 1)..];
        }

        yield return text;
    }

    private static Drawn Of(string name, string expected, IEnumerable<string> lines, string command = "claude") =>
        new("claude-code", name, expected, Pen.Page(lines), "✳ Claude Code", command);
}
