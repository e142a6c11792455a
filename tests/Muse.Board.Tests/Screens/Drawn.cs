using Muse.Board.Screens;

namespace Muse.Board.Tests.Screens;

/// <summary>A made-up screen in the manner of an agent.</summary>
/// <param name="Expected">Such as <c>needs-you permission</c>.</param>
public sealed record Drawn(string Agent, string Name, string Expected, string Ansi, string Title = "", string Command = "")
{
    internal PaneCapture Capture => new(Ansi, Title, Command, 0, 0, InMode: false);

    public bool IsIdle => Expected == "idle";

    public override string ToString() => $"{Agent} {Name}";
}

/// <summary>Strokes that all three need.</summary>
internal static class Pen
{
    public const int Width = 72;

    public static string Sgr(string codes, string text) => $"\u001b[{codes}m{text}\u001b[0m";

    public static string Dim(string text) => Sgr("2", text);

    public static string Rule(char stroke, int width = Width) => new(stroke, width);

    public static string Page(params IEnumerable<string> lines) => string.Join('\n', lines) + "\n";

    public static string Plain(string ansi) => string.Join('\n', AnsiScreen.Parse(ansi).Lines.Select(line => line.Text)) + "\n";
}

