using System.Buffers;

namespace Muse.BuildingBlocks.Secrets;

/// <summary>A secret in a text, without what surrounds it.</summary>
/// <param name="End">Behind its last character.</param>
/// <param name="IsOpen">A block whose end was not in the text: what follows may go on with it.</param>
internal readonly record struct SecretMatch(int Start, int End, string Kind, bool IsOpen = false);

/// <summary>Characters that checks looked at, apart from the search for where to look: shows that work grows with the text only.</summary>
internal sealed class SecretWork
{
    public long Visited { get; set; }
}

/// <summary>The text that a check looks at. No check looks further than <see cref="SecretFinder.Window"/> ahead.</summary>
/// <param name="isCut">The text was cut off at its end: what begins like a secret there is the beginning of one.</param>
internal readonly ref struct SecretText(ReadOnlySpan<char> chars, bool isCut, SecretWork work)
{
    public ReadOnlySpan<char> Chars { get; } = chars;

    public int Length => Chars.Length;

    /// <summary>The character at a place, or a space outside of the text.</summary>
    public char this[int at] => (uint)at < (uint)Chars.Length ? Chars[at] : ' ';

    public bool IsCutAt(int at) => isCut && at >= Chars.Length;

    /// <summary>Behind the characters of an alphabet from a place on.</summary>
    public int RunEnd(int from, int most, SearchValues<char> alphabet)
    {
        var part = Chars[Math.Min(from, Chars.Length)..];
        part = part[..Math.Min(most, part.Length)];
        var other = part.IndexOfAnyExcept(alphabet);
        var length = other < 0 ? part.Length : other;
        work.Visited += length + 1;
        return from + length;
    }

    /// <summary>Where the characters of an alphabet before a place begin.</summary>
    public int RunStart(int before, int most, SearchValues<char> alphabet)
    {
        var first = Math.Max(0, before - most);
        var other = Chars[first..before].LastIndexOfAnyExcept(alphabet);
        work.Visited += before - first;
        return first + other + 1;
    }

    public ReadOnlySpan<char> Before(int at, int most) => Look(Math.Max(0, at - most), at);

    public ReadOnlySpan<char> Look(int start, int end)
    {
        work.Visited += end - start;
        return Chars[start..end];
    }

    /// <summary>True if a word can begin here, also behind an escaped newline, a percent code or a terminal's colour.</summary>
    public bool IsWordStart(int at)
    {
        if (at == 0 || !Alphabets.Dash.Contains(Chars[at - 1]))
        {
            return true;
        }

        var last = Chars[at - 1];
        return (last is 'n' or 't' or 'r' && this[at - 2] == '\\')
            || (char.IsAsciiHexDigit(last) && char.IsAsciiHexDigit(this[at - 2]) && this[at - 3] == '%')
            || (last == 'm' && IsColour(at - 1));
    }

    private bool IsColour(int end)
    {
        var start = RunStart(end, 16, Alphabets.Colour);
        return this[start - 1] == '[' && this[start - 2] == '\u001b';
    }
}
