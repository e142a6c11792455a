using System.Runtime.CompilerServices;
using System.Text.Json;
using Muse.Board.Domain;
using Muse.Board.Screens;

namespace Muse.Board.Tests.Screens;

/// <summary>One capture of a real program: its state's name, and the three files of it.</summary>
internal sealed record Capture(string Agent, string State, string Size, string Ansi, string Plain, string Title, string Command, int Columns, int Rows)
{
    public PaneCapture Coloured => new(Ansi, Title, Command, Columns, Rows, InMode: false);

    public PaneCapture Uncoloured => Coloured with { Ansi = Plain };

    /// <summary>As a saved file is explained: nothing is known of the pane's size.</summary>
    public PaneCapture OfUnknownSize => Coloured with { Columns = 0, Rows = 0 };

    public override string ToString() => $"{Agent} {State} {Size}";
}

/// <summary>
/// Captures of the real programs, where they are to be had: below the folder that MUSE_CORPUS names, or in <c>shared</c> beside the
/// repository. They are not part of it, so tests over them skip without.
/// </summary>
internal static class Captures
{
    public const string Missing = "no captures: set MUSE_CORPUS to a folder with panes/";

    private static readonly Dictionary<string, string> Folders = new(StringComparer.Ordinal)
    {
        ["claude-code"] = "claude-code-2.1.330",
        ["codex"] = "codex-0.169.0",
        ["gemini"] = "gemini-cli-0.61.0",
    };

    public static string? Folder { get; } = Find();

    public static IReadOnlyList<Capture> All { get; } = [.. Folders.Keys.SelectMany(Of)];

    private static IEnumerable<Capture> Of(string agent) => Folder is null
        ? []
        : Directory.EnumerateFiles(Path.Combine(Folder, Folders[agent]), "*.ansi").Order(StringComparer.Ordinal).Select(path => Read(agent, path));

    private static Capture Read(string agent, string path)
    {
        using var beside = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(path, ".json")));
        var tmux = beside.RootElement.GetProperty("tmux");
        var name = Path.GetFileNameWithoutExtension(path).Split("--");
        return new Capture(
            agent,
            name[0],
            name[1],
            File.ReadAllText(path),
            File.ReadAllText(Path.ChangeExtension(path, ".txt")),
            Of(tmux, "pane_title"),
            Of(tmux, "pane_current_command"),
            int.Parse(Of(tmux, "pane_width"), System.Globalization.CultureInfo.InvariantCulture),
            int.Parse(Of(tmux, "pane_height"), System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string Of(JsonElement tmux, string name) => tmux.GetProperty(name).GetString() ?? "";

    private static string? Find([CallerFilePath] string here = "")
    {
        var repository = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
        var named = Environment.GetEnvironmentVariable("MUSE_CORPUS") is { Length: > 0 } corpus ? corpus : Path.Combine(repository, "..", "shared");
        var panes = Path.GetFullPath(Path.Combine(named, "panes"));
        return Directory.Exists(panes) ? panes : null;
    }
}

/// <summary>The built-in rules, and verdicts in the words of rule files.</summary>
internal static class Reading
{
    public static ScreenReader Reader { get; } = new(new Lazy<ScreenRuleBook>(ScreenRuleBook.Load(null)));

    /// <summary>Such as <c>needs-you permission</c> or <c>idle</c>.</summary>
    public static string StateOf(string agent, PaneCapture capture) => Words(Reader.Read(agent, capture));

    public static string Words(ScreenVerdict verdict) =>
        verdict.Reason is { } reason ? $"{RuleWords.Of(verdict.State)} {RuleWords.Of(reason)}" : RuleWords.Of(verdict.State);

    public static bool IsIdle(string agent, PaneCapture capture) => Reader.Read(agent, capture).State == CardState.Idle;
}
