using System.Buffers;
using System.Text;

namespace Muse.BuildingBlocks.Text;

/// <summary>
/// Makes one harmless line of text that came from strangers: white space folded, control, bidi and zero-width
/// characters and terminal escapes gone, lone surrogates replaced, cut at a character boundary.
/// </summary>
public static class PreviewText
{
    /// <summary>Characters of a preview.</summary>
    public const int MaxLength = 240;

    /// <summary>One line of at most <paramref name="maxLength"/> characters; empty if nothing of the text shows.</summary>
    public static string From(ReadOnlySpan<char> text, int maxLength = MaxLength)
    {
        // Only the head can show; four times the length leaves room for what is dropped.
        var head = text.Length > maxLength * 4 ? text[..(maxLength * 4)] : text;
        Span<char> kept = stackalloc char[maxLength];
        var length = 0;
        var space = false;
        var index = 0;
        while (index < head.Length && length < maxLength)
        {
            var c = head[index];
            if (c == '\u001b')
            {
                index = SkipEscape(head, index);
                continue;
            }

            if (c is > ' ' and < '\u007f' && length + (space ? 1 : 0) < maxLength)
            {
                // Most characters are these, and need no look at their category.
                if (space)
                {
                    kept[length++] = ' ';
                    space = false;
                }

                kept[length++] = c;
                index++;
                continue;
            }

            if (char.IsWhiteSpace(c))
            {
                space = length > 0;
                index++;
                continue;
            }

            if (Rune.DecodeFromUtf16(head[index..], out var rune, out var used) != OperationStatus.Done)
            {
                (rune, used) = (Rune.ReplacementChar, 1);
            }

            index += used;
            if (IsHidden(rune))
            {
                continue;
            }

            if (length + rune.Utf16SequenceLength + (space ? 1 : 0) > maxLength)
            {
                break;
            }

            if (space)
            {
                kept[length++] = ' ';
                space = false;
            }

            length += rune.EncodeToUtf16(kept[length..]);
        }

        return length == 0 ? "" : new string(kept[..length]);
    }

    /// <summary>Control and format code points (bidi, zero-width); emoji need the zero-width joiner.</summary>
    private static bool IsHidden(Rune rune) => rune.Value >= 0x80
        ? Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Control
            && rune.Value != 0x200D
        : rune.Value < 0x20 || rune.Value == 0x7f;

    private static int SkipEscape(ReadOnlySpan<char> text, int index)
    {
        index++;
        if (index >= text.Length)
        {
            return index;
        }

        if (text[index] == ']')
        {
            while (index < text.Length && text[index] is not ('\u0007' or '\u001b'))
            {
                index++;
            }

            return Math.Min(index + 1, text.Length);
        }

        if (text[index] != '[')
        {
            return index + 1;
        }

        index++;
        while (index < text.Length && text[index] is < '@' or > '~')
        {
            index++;
        }

        return Math.Min(index + 1, text.Length);
    }
}
