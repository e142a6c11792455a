using System.Text.RegularExpressions;

namespace Muse.Board.Screens;

/// <summary>Tries rules on one screen.</summary>
internal sealed class RuleMatch(ScreenAnatomy anatomy, PaneCapture capture)
{
    /// <summary>The line that decided; null if none did or the rule does not match.</summary>
    public int? Line { get; private set; }

    public bool Matches(ScreenRule rule)
    {
        Line = null;
        foreach (var condition in rule.When)
        {
            if (!Holds(condition, out var line))
            {
                return false;
            }

            Line ??= line;
        }

        return !rule.Unless.Any(condition => Holds(condition, out _));
    }

    /// <summary>The first line of a region that matches.</summary>
    public int? Find(ScreenRegion region, Regex pattern)
    {
        var range = anatomy.Lines(region);
        for (var line = range.Start; line < range.End; line++)
        {
            if (pattern.IsMatch(anatomy.Text(line)))
            {
                return line;
            }
        }

        return null;
    }

    private bool Holds(RuleCondition condition, out int? line)
    {
        line = null;
        if (condition.Title?.IsMatch(capture.Title) == false
            || (capture.Title.Length > 0 && condition.TitleIfKnown?.IsMatch(capture.Title) == false)
            || condition.Command?.IsMatch(capture.Command) == false
            || (condition.TitleNames is not null && !TitleNames(condition.TitleNames))
            || (condition.Box is not null && !IsThere(condition.Box.Value))
            || condition.Input?.Contains(anatomy.Input.Kind) == false
            || (condition.Glyph is not null && !GlyphIs(condition.Glyph))
            || (condition.Styled is not null && condition.Styled != anatomy.Screen.IsStyled))
        {
            return false;
        }

        if (condition.Line is not null)
        {
            line = Find(condition.Line);
            return line is not null;
        }

        return true;
    }

    private int? Find(LineCondition condition)
    {
        var range = anatomy.Lines(condition.In);
        var (start, end) = condition.At switch
        {
            LinePlace.First => Only(range, backwards: false),
            LinePlace.Last => Only(range, backwards: true),
            _ => (range.Start, range.End),
        };
        for (var line = start; line < end; line++)
        {
            if (Fits(condition, line))
            {
                return line;
            }
        }

        return null;
    }

    private (int Start, int End) Only(LineRange range, bool backwards)
    {
        var lines = Enumerable.Range(range.Start, Math.Max(0, range.End - range.Start));
        foreach (var line in backwards ? lines.Reverse() : lines)
        {
            if (!string.IsNullOrWhiteSpace(anatomy.Text(line)))
            {
                return (line, line + 1);
            }
        }

        return default;
    }

    private bool Fits(LineCondition condition, int line)
    {
        var text = anatomy.Text(line);
        if (condition.Style is null || !anatomy.Screen.IsStyled)
        {
            return condition.Pattern.IsMatch(text);
        }

        var match = condition.Pattern.Match(text);
        if (!match.Success)
        {
            return false;
        }

        var part = match.Groups["styled"] is { Success: true } styled ? styled : match;
        // The text of a framed dialog starts further right on the screen.
        var shift = Math.Max(0, anatomy.Screen.Lines[line].Text.IndexOf(text, StringComparison.Ordinal));
        return anatomy.Screen.Lines[line].Has(condition.Style, shift + part.Index, part.Length);
    }

    private bool IsThere(BoxPresence wanted) => wanted switch
    {
        BoxPresence.Absent => anatomy.Box is null,
        BoxPresence.Whole => anatomy.Box is { IsWhole: true },
        _ => anatomy.Box is not null,
    };

    private bool GlyphIs(StyleWish wish)
    {
        if (anatomy.Box is null or { BeginsAbove: true } || !anatomy.Screen.IsStyled)
        {
            return false;
        }

        var line = anatomy.Screen.Lines[anatomy.Box.Lines.Start];
        var glyph = line.Text.AsSpan().IndexOfAnyExcept(' ');
        return line.Has(wish, glyph, 1);
    }

    private bool TitleNames(Regex pattern)
    {
        var range = anatomy.Lines(ScreenRegion.Footer);
        for (var line = range.Start; line < range.End; line++)
        {
            if (pattern.Match(anatomy.Text(line)) is { Success: true } match)
            {
                return capture.Title.Contains(match.Groups["name"].Value, StringComparison.Ordinal);
            }
        }

        return false;
    }
}
