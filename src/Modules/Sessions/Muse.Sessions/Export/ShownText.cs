using System.Globalization;
using System.Text;

namespace Muse.Sessions.Export;

/// <summary>
/// Text of strangers as a reader should see it: terminal escapes gone, and what is invisible or turns the direction of
/// writing shown by its number, as <c>⟨U+202E⟩</c>.
/// </summary>
internal static class ShownText
{
    public static string From(string text)
    {
        var index = FirstToChange(text);
        if (index < 0)
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16).Append(text, 0, index);
        while (index < text.Length)
        {
            var c = text[index];
            if (c == '\u001b')
            {
                index = BehindEscape(text, index + 1);
                continue;
            }

            if (c == '\r')
            {
                shown.Append(index + 1 < text.Length && text[index + 1] == '\n' ? "" : "\n");
                index++;
                continue;
            }

            if (Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var used) != System.Buffers.OperationStatus.Done)
            {
                (rune, used) = (Rune.ReplacementChar, 1);
            }

            index += used;
            if (IsHidden(rune.Value))
            {
                shown.Append(CultureInfo.InvariantCulture, $"⟨U+{rune.Value:X4}⟩");
            }
            else
            {
                shown.Append(rune);
            }
        }

        return shown.ToString();
    }

    private static int FirstToChange(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' and not ('\n' or '\t') || (text[i] >= '\u007f' && (char.IsSurrogate(text[i]) || IsHidden(text[i]))))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Controls, marks of direction, and letters without width; emoji need the joiner and the selectors.</summary>
    private static bool IsHidden(int c) =>
        c is (< 0x20 and not ('\n' or '\t')) or (>= 0x7f and <= 0x9f) or 0xad or 0x61c or 0x180e or 0x200b or 0x200e or 0x200f or 0x2028 or 0x2029
            or (>= 0x202a and <= 0x202e) or (>= 0x2060 and <= 0x206f) or 0xfeff or (>= 0xfff9 and <= 0xfffb) or (>= 0xe0000 and <= 0xe007f);

    private static int BehindEscape(string text, int index)
    {
        if (index >= text.Length)
        {
            return index;
        }

        if (text[index] == '[')
        {
            index++;
            while (index < text.Length && text[index] is >= ' ' and < '@')
            {
                index++;
            }

            return Math.Min(index + 1, text.Length);
        }

        if (text[index] is not (']' or 'P' or 'X' or '^' or '_'))
        {
            return index + 1;
        }

        // A title, a link and the like: up to a bell or the next escape, whose second half goes with it.
        var end = text.AsSpan(index).IndexOfAny('\u0007', '\u001b');
        if (end < 0)
        {
            return index + 1; // no end: what follows is text
        }

        return text[index + end] == '\u001b' && index + end + 1 < text.Length && text[index + end + 1] == '\\' ? index + end + 2 : index + end + (text[index + end] == '\u0007' ? 1 : 0);
    }
}
