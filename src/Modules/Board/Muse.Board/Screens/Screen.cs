namespace Muse.Board.Screens;

/// <summary>A captured screen as lines of plain text with their styles; nothing in it can move a cursor.</summary>
/// <param name="IsStyled">False if the capture had no styles at all, as one saved as plain text.</param>
internal sealed record Screen(IReadOnlyList<ScreenLine> Lines, bool IsStyled)
{
    /// <summary>The widest and the highest screen that is read; what is beyond is dropped (on top, as agents draw at the bottom).</summary>
    public const int MaxColumns = 500;

    /// <inheritdoc cref="MaxColumns"/>
    public const int MaxRows = 300;

    /// <summary>Number of lines without the blank ones at the end.</summary>
    public int Height { get; } = HeightOf(Lines);

    private static int HeightOf(IReadOnlyList<ScreenLine> lines)
    {
        var height = lines.Count;
        while (height > 0 && lines[height - 1].Text.Length == 0)
        {
            height--;
        }

        return height;
    }
}

/// <summary>One line.</summary>
/// <param name="Cells">The text with its trailing blanks, which may have a background.</param>
/// <param name="Runs">They cover <paramref name="Cells"/> without gaps.</param>
internal sealed record ScreenLine(string Cells, IReadOnlyList<StyledRun> Runs)
{
    /// <summary>Without trailing blanks. A no-break space stays: it is how Claude Code marks its input box.</summary>
    public string Text { get; } = Cells.TrimEnd(' ');

    /// <summary>Null behind the end of the line.</summary>
    public TextStyle? StyleAt(int cell)
    {
        foreach (var run in Runs)
        {
            if (cell >= run.Start && cell < run.Start + run.Length)
            {
                return run.Style;
            }
        }

        return null;
    }

    /// <summary>True if every visible cell of the range has the style; a range without one has none.</summary>
    public bool Has(StyleWish wish, int start, int length)
    {
        var seen = false;
        foreach (var run in Runs)
        {
            var from = Math.Max(start, run.Start);
            var to = Math.Min(start + length, run.Start + run.Length);
            if (from >= to || Cells.AsSpan(from, to - from).IndexOfAnyExcept(' ', '\u00a0') < 0)
            {
                continue;
            }

            if (!wish.Allows(run.Style))
            {
                return false;
            }

            seen = true;
        }

        return seen;
    }
}

/// <summary>Neighbouring cells of one style.</summary>
internal readonly record struct StyledRun(int Start, int Length, TextStyle Style);

/// <summary>How a cell is drawn.</summary>
internal readonly record struct TextStyle(ScreenColor Foreground, ScreenColor Background, TextTraits Traits);

/// <summary>What SGR can switch on besides colours.</summary>
[Flags]
internal enum TextTraits
{
    None = 0,
    Bold = 1,
    Dim = 2,
    Italic = 4,
    Underline = 8,
    Blink = 16,
    Reverse = 32,
    Hidden = 64,
    Strike = 128,
}

/// <summary>The terminal's own colour, one of its 256, or red-green-blue.</summary>
internal readonly record struct ScreenColor
{
    private const int Direct = 0x1000000;

    // 0 is the terminal's own, so that a fresh style needs no setting up; 1 to 256 are the palette.
    private readonly int _code;

    private ScreenColor(int code) => _code = code;

    /// <param name="index">0 to 255.</param>
    public static ScreenColor Palette(int index) => new(index + 1);

    public static ScreenColor Rgb(int red, int green, int blue) => new(Direct | (red << 16) | (green << 8) | blue);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static ScreenColor? Parse(string text)
    {
        if (text == "default")
        {
            return default(ScreenColor);
        }

        if (text is ['#', .. { Length: 6 } hex] && int.TryParse(hex, System.Globalization.NumberStyles.AllowHexSpecifier, null, out var rgb))
        {
            return new ScreenColor(Direct | rgb);
        }

        return byte.TryParse(text, System.Globalization.NumberStyles.None, null, out var index) ? Palette(index) : null;
    }

    /// <summary><c>default</c>, <c>246</c> or <c>#5f5f5f</c>.</summary>
    public override string ToString() => _code switch
    {
        0 => "default",
        < Direct => $"{_code - 1}",
        _ => $"#{_code & 0xffffff:x6}",
    };
}

/// <summary>What a rule wants of a style; null means that it does not matter.</summary>
internal sealed record StyleWish(ScreenColor? Foreground, ScreenColor? Background, TextTraits Needed, TextTraits Forbidden)
{
    public bool Allows(TextStyle style) =>
        (Foreground is null || Foreground == style.Foreground)
        && (Background is null || Background == style.Background)
        && (style.Traits & Needed) == Needed
        && (style.Traits & Forbidden) == TextTraits.None;
}
