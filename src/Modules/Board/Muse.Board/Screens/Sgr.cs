namespace Muse.Board.Screens;

/// <summary>Select graphic rendition: what the numbers of <c>ESC [ … m</c> change.</summary>
internal static class Sgr
{
    // Longer ones are nobody's colours.
    private const int MaxNumbers = 64;

    public static TextStyle Apply(ReadOnlySpan<char> parameters, TextStyle style)
    {
        Span<int> numbers = stackalloc int[MaxNumbers];
        var count = Split(parameters, numbers);
        for (var i = 0; i < count; i++)
        {
            var number = numbers[i];
            style = number switch
            {
                0 => default,
                38 => style with { Foreground = Extended(numbers[..count], ref i) ?? style.Foreground },
                48 => style with { Background = Extended(numbers[..count], ref i) ?? style.Background },
                58 => Ignore(Extended(numbers[..count], ref i), style),
                39 => style with { Foreground = default },
                49 => style with { Background = default },
                >= 30 and <= 37 => style with { Foreground = ScreenColor.Palette(number - 30) },
                >= 40 and <= 47 => style with { Background = ScreenColor.Palette(number - 40) },
                >= 90 and <= 97 => style with { Foreground = ScreenColor.Palette(number - 82) },
                >= 100 and <= 107 => style with { Background = ScreenColor.Palette(number - 92) },
                _ => style with { Traits = Change(style.Traits, number) },
            };
        }

        return style;
    }

    private static int Split(ReadOnlySpan<char> parameters, Span<int> numbers)
    {
        var count = 0;
        foreach (var range in parameters.SplitAny(';', ':'))
        {
            if (count == MaxNumbers)
            {
                break;
            }

            // A missing number is 0, and so is one that no terminal has.
            numbers[count++] = int.TryParse(parameters[range], out var number) ? number : 0;
        }

        return count;
    }

    private static ScreenColor? Extended(ReadOnlySpan<int> numbers, ref int at)
    {
        var rest = numbers[(at + 1)..];
        if (rest is [5, var index, ..])
        {
            at += 2;
            return index is >= 0 and <= 255 ? ScreenColor.Palette(index) : null;
        }

        if (rest is [2, var red, var green, var blue, ..])
        {
            at += 4;
            return (red | green | blue) is >= 0 and <= 255 ? ScreenColor.Rgb(red, green, blue) : null;
        }

        at = numbers.Length;
        return null;
    }

    /// <summary>The colour of an underline is read, so that its numbers are not taken for others, and not kept.</summary>
    private static TextStyle Ignore(ScreenColor? _, TextStyle style) => style;

    private static TextTraits Change(TextTraits traits, int number) => number switch
    {
        1 => traits | TextTraits.Bold,
        2 => traits | TextTraits.Dim,
        3 => traits | TextTraits.Italic,
        4 => traits | TextTraits.Underline,
        5 or 6 => traits | TextTraits.Blink,
        7 => traits | TextTraits.Reverse,
        8 => traits | TextTraits.Hidden,
        9 => traits | TextTraits.Strike,
        22 => traits & ~(TextTraits.Bold | TextTraits.Dim),
        23 => traits & ~TextTraits.Italic,
        24 => traits & ~TextTraits.Underline,
        25 => traits & ~TextTraits.Blink,
        27 => traits & ~TextTraits.Reverse,
        28 => traits & ~TextTraits.Hidden,
        29 => traits & ~TextTraits.Strike,
        _ => traits,
    };
}
