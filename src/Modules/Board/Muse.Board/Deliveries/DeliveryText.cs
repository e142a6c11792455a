using System.Globalization;
using System.Text;

namespace Muse.Board.Deliveries;

/// <summary>Makes text fit to be typed or pasted into a terminal, where control characters are keys.</summary>
internal static class DeliveryText
{
    /// <summary>Bytes of UTF-8.</summary>
    public const int LongestBytes = 64 << 10;

    /// <summary>One read of more than 800 characters is taken for a paste by Claude Code; two pieces may be read at once.</summary>
    private const int PieceCharacters = 400;

    /// <summary>Characters of the end by which the text is found in the box.</summary>
    private const int TailCharacters = 40;

    /// <summary>What opens a command, a shell or a menu at the beginning of a prompt.</summary>
    public static bool OpensCommand(string text) => text is ['/' or '!' or '#' or '@' or '?', ..];

    /// <summary>Without what is a key or is not seen; empty if nothing to read is left.</summary>
    public static string Clean(string text)
    {
        var kept = new StringBuilder(text.Length);
        var unified = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\t", "    ", StringComparison.Ordinal);
        foreach (var rune in unified.EnumerateRunes())
        {
            if (rune.Value == '\n' || !IsUnseen(rune))
            {
                kept.Append(rune);
            }
        }

        var cleaned = kept.ToString().TrimEnd();
        return cleaned.AsSpan().Trim().IsEmpty ? "" : cleaned;
    }

    /// <summary>As it goes into the box. One blank in front makes plain text of what would open a command (measured).</summary>
    public static string ForBox(string cleaned, bool asCommand) => !asCommand && OpensCommand(cleaned) ? " " + cleaned : cleaned;

    /// <summary>Pieces to be typed one after the other, cut between characters as people see them.</summary>
    public static IEnumerable<string> Pieces(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = start;
            do
            {
                var next = StringInfo.GetNextTextElementLength(text, end);
                if (end > start && end + next - start > PieceCharacters)
                {
                    break;
                }

                end += next;
            }
            while (end < text.Length);

            // An element without end, such as a letter under a thousand accents, is cut where a pair is not.
            for (; end - start > PieceCharacters; start = CutAt(text, start))
            {
                yield return text[start..CutAt(text, start)];
            }

            yield return text[start..end];
            start = end;
        }
    }

    /// <summary>The text as it can be found again on a screen that wraps and indents it: without blanks.</summary>
    public static string Compact(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '\u00a0'));

    /// <summary>A box with this in it holds the text: the whole of a short one, the end of one that may be scrolled.</summary>
    public static bool IsShown(string stands, string text)
    {
        var (shown, wanted) = (Compact(stands), Compact(text));
        return wanted.Length <= TailCharacters ? shown == wanted : shown.EndsWith(wanted[^TailCharacters..], StringComparison.Ordinal);
    }

    private static int CutAt(string text, int start) =>
        start + PieceCharacters - (char.IsHighSurrogate(text[start + PieceCharacters - 1]) ? 1 : 0);

    /// <summary>Controls, lone surrogates (which arrive as U+FFFD), bidirectional and zero-width characters, and tags.</summary>
    private static bool IsUnseen(Rune rune) => rune.Value switch
    {
        < 0x20 or (>= 0x7f and <= 0x9f) => true,
        0xad or 0x61c or 0x180e or 0xfeff => true,
        (>= 0x200b and <= 0x200f) or (>= 0x2028 and <= 0x202e) or (>= 0x2060 and <= 0x206f) => true,
        >= 0xe0000 and <= 0xe007f => true,
        _ => false,
    };
}
