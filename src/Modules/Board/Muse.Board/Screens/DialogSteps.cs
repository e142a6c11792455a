using System.Globalization;
using System.Text.RegularExpressions;

namespace Muse.Board.Screens;

/// <summary>Tells which of several questions a dialog shows, from its own count or from the tab that is drawn unlike the rest.</summary>
internal sealed class DialogSteps(ScreenAnatomy anatomy, Regex? pattern)
{
    public DialogStep? In(LineRange lines)
    {
        for (var line = lines.Start; pattern is not null && line < lines.End; line++)
        {
            if (pattern.Match(anatomy.Text(line)) is { Success: true } match)
            {
                return match.Groups["tab"] is { Success: true } tabs ? OfTabs(line, tabs.Captures) : OfCount(match);
            }
        }

        return null;
    }

    private static DialogStep? OfCount(Match match) =>
        int.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(match.Groups["count"].Value, CultureInfo.InvariantCulture, out var count) && count > 1
            ? new DialogStep(number, count)
            : null;

    /// <summary>A capture without styles does not tell which tab is shown.</summary>
    private DialogStep? OfTabs(int line, CaptureCollection tabs)
    {
        var drawn = anatomy.Screen.Lines[line];
        // The text inside a frame begins further to the right on the screen.
        var text = anatomy.Text(line).TrimEnd(' ');
        var inset = drawn.Text.IndexOf(text, StringComparison.Ordinal);
        for (var at = 0; at < tabs.Count && tabs.Count > 1 && inset >= 0; at++)
        {
            if (drawn.StyleAt(inset + tabs[at].Index) != drawn.StyleAt(inset + text.Length - 1))
            {
                return new DialogStep(at + 1, tabs.Count);
            }
        }

        return null;
    }
}
