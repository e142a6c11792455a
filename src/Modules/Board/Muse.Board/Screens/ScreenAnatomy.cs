using System.Text.RegularExpressions;

namespace Muse.Board.Screens;

/// <summary>Where on a screen the parts are: found once, then asked by each rule.</summary>
internal sealed class ScreenAnatomy
{
    // A draft higher than this fills every pane; what looks longer is no box.
    private const int MaxBoxLines = 200;
    private readonly LayoutRules _layout;
    private readonly int _columns;
    private readonly string?[] _inside;

    public ScreenAnatomy(Screen screen, LayoutRules layout, int columns)
    {
        Screen = screen;
        _layout = layout;
        _columns = columns;
        _inside = new string?[screen.Lines.Count];
        Box = FindBox();
        Input = Box is null ? InputBox.Absent : InputBoxReader.Read(screen, layout.Box, Box);
        Dialog = Box is null ? FindDialog() : default;
        var end = Box?.Top ?? screen.Height;
        var prompt = LastLine(layout.Prompt, end);
        Turn = new LineRange(prompt + 1, end);
    }

    public Screen Screen { get; }

    /// <summary>Null if there is none, or not all of it.</summary>
    public InputBoxPlace? Box { get; }

    public InputBox Input { get; }

    /// <summary>Empty if there is none.</summary>
    public LineRange Dialog { get; }

    private LineRange Turn { get; }

    public LineRange Lines(ScreenRegion region) => (region, Box) switch
    {
        (ScreenRegion.Screen, _) => new LineRange(0, Screen.Height),
        (ScreenRegion.Turn, _) => Turn,
        (ScreenRegion.Dialog, _) => Dialog,
        (_, null) => default,
        (ScreenRegion.Box, { } box) => box.Lines,
        (ScreenRegion.Footer, { } box) => new LineRange(box.Bottom + 1, Screen.Height),
        (ScreenRegion.Hint, { } box) => new LineRange(Math.Max(0, box.Top - 1), box.Top),
        (_, { } box) => LastBlock(box.Top),
    };

    /// <summary>The text of a line, inside its frame if it is of a framed dialog.</summary>
    public string Text(int line) => Dialog.Contains(line) ? _inside[line] ??= Inside(Screen.Lines[line].Text) : Screen.Lines[line].Text;

    private string Inside(string text) =>
        _layout.Dialog.Border?.Match(text) is { Success: true } framed ? framed.Groups["text"].Value : text;

    private LineRange LastBlock(int end)
    {
        var start = LastLine(_layout.Block, end);
        return start < 0 ? default : new LineRange(start, end);
    }

    private int LastLine(Regex pattern, int end)
    {
        var line = end - 1;
        while (line >= 0 && !pattern.IsMatch(Screen.Lines[line].Text))
        {
            line--;
        }

        return line;
    }

    private InputBoxPlace? FindBox()
    {
        for (var first = Screen.Height - 1; first >= 0; first--)
        {
            if (_layout.Box.FirstMore?.IsMatch(Screen.Lines[first].Text) == true && FillsScreen(first))
            {
                return new InputBoxPlace(first, new LineRange(first, Screen.Height), Screen.Height, IsWhole: false) { IsScrolled = true };
            }

            if (_layout.Box.First.IsMatch(Screen.Lines[first].Text) && Place(first, _layout.Box.Above) is { } place)
            {
                return place;
            }

            if (_layout.Box.AboveMore is { } more && first > 0 && more.IsMatch(Screen.Lines[first - 1].Text)
                && _layout.Box.Next.IsMatch(Screen.Lines[first].Text) && Place(first, [more]) is { } part)
            {
                return part with { BeginsAbove = true };
            }
        }

        return null;
    }

    /// <summary>The mark stands at the pane's edge, and everything below is text.</summary>
    private bool FillsScreen(int first)
    {
        var line = first + 1;
        while (line < Screen.Height && _layout.Box.Next.IsMatch(Screen.Lines[line].Text))
        {
            line++;
        }

        return line == Screen.Height && line - first > 1 && (_columns == 0 || _columns - Screen.Lines[first].Text.Length <= 1);
    }

    private InputBoxPlace? Place(int first, IReadOnlyList<Regex> above)
    {
        var rules = _layout.Box;
        if (!IsUnder(above, first))
        {
            return null;
        }

        var bottom = rules.Below is null ? LineBeforeLastParagraph() : LineBelow(first, rules.Below);
        if (bottom <= first || bottom - first > MaxBoxLines)
        {
            return null;
        }

        for (var line = first + 1; line < bottom; line++)
        {
            if (!rules.Next.IsMatch(Screen.Lines[line].Text))
            {
                return null;
            }
        }

        var width = rules.Below is null ? _columns : Screen.Lines[bottom].Text.Length;
        if (rules.Below is not null && !AreRulesWhole(first, width))
        {
            return null;
        }

        var hasFooter = rules.Footer is null;
        for (var line = bottom + 1; line < Screen.Height && !hasFooter; line++)
        {
            hasFooter = rules.Footer!.IsMatch(Screen.Lines[line].Text);
        }

        return hasFooter
            ? new InputBoxPlace(first - (above.Count > 0 ? 1 : 0), new LineRange(first, bottom), bottom, IsWhole(bottom, width))
            {
                GoesOnBelow = rules.Below is not null && IsMore(bottom),
            }
            : null;
    }

    private int LineBelow(int first, Regex below)
    {
        for (var line = first + 1; line < Screen.Height && line - first <= MaxBoxLines; line++)
        {
            if (below.IsMatch(Screen.Lines[line].Text) || IsMore(line))
            {
                return line;
            }
        }

        return -1;
    }

    private bool IsMore(int line) => _layout.Box.BelowMore?.IsMatch(Screen.Lines[line].Text) == true;

    private int LineBeforeLastParagraph()
    {
        var line = Screen.Height - 1;
        while (line >= 0 && Screen.Lines[line].Text.Length > 0)
        {
            line--;
        }

        return line;
    }

    private bool IsUnder(IReadOnlyList<Regex> above, int first)
    {
        for (var i = 0; i < above.Count; i++)
        {
            if (first - 1 - i < 0 || !above[i].IsMatch(Screen.Lines[first - 1 - i].Text))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The lines above and below a box go from edge to edge. Shorter ones, or two of different lengths, are of a screen that was cut,
    /// wrapped anew, or quoted by somebody.
    /// </summary>
    private bool AreRulesWhole(int first, int width)
    {
        var above = Screen.Lines[first - 1].Text;
        var isPlain = above.AsSpan().IndexOfAnyExcept(above[0]) < 0;
        return (_columns == 0 || width == _columns) && (!isPlain || above.Length == width) && !IsWrapped(first);
    }

    /// <summary>Two lines of the same rule below each other are one that was wrapped.</summary>
    private bool IsWrapped(int first) =>
        first > 1 && _layout.Box.Above[0].IsMatch(Screen.Lines[first - 2].Text);

    /// <summary>With the pane's width known, whole rules prove it; else a footer that runs into the right edge may have been cut there.</summary>
    private bool IsWhole(int bottom, int width)
    {
        if (bottom + 1 >= Screen.Height || _layout.Box.Below?.IsMatch(Screen.Lines[bottom + 1].Text) == true)
        {
            return false;
        }

        for (var line = bottom + 1; line < Screen.Height && _columns == 0 && width > 0; line++)
        {
            var text = Screen.Lines[line].Text;
            var gap = text.TrimStart(' ').IndexOf("   ", StringComparison.Ordinal);
            if (gap < 0 && text.Length >= width - 1 && !text.EndsWith('…'))
            {
                return false;
            }
        }

        return true;
    }

    private LineRange FindDialog()
    {
        var rules = _layout.Dialog;
        var height = Screen.Height;
        if (height == 0 || rules.Bottom?.IsMatch(Screen.Lines[height - 1].Text) == false)
        {
            return default;
        }

        if (rules.Top is null)
        {
            var line = LastLine(rules.After!, height) + 1;
            while (line > 0 && line < height && Screen.Lines[line].Text.Length > 0)
            {
                line++;
            }

            return new LineRange(line, height);
        }

        if (rules.Bottom is not null)
        {
            var top = LastLine(rules.Top, height);
            return top < 0 ? default : new LineRange(top + 1, height - 1);
        }

        for (var line = 0; line < height; line++)
        {
            if (IsTop(line))
            {
                return new LineRange(line, height);
            }
        }

        return default;
    }

    /// <summary>The nearest start of a dialog at or above a line; the line itself if there is none.</summary>
    public int TopOfDialog(int line)
    {
        for (var top = line; top >= Dialog.Start && _layout.Dialog.Top is not null; top--)
        {
            if (IsTop(top))
            {
                return top;
            }
        }

        return Dialog.Contains(line) ? Dialog.Start : line;
    }

    private bool IsTop(int line)
    {
        var text = Screen.Lines[line].Text;
        return _layout.Dialog.Top!.IsMatch(text) && (_columns == 0 || text.Length == _columns || _layout.Dialog.Bottom is not null);
    }
}
