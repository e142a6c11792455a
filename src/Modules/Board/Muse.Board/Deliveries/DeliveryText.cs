using System.Globalization;
using System.Text;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Deliveries;

/// <summary>Makes text fit to be typed or pasted into a terminal, where control characters are keys.</summary>
internal static class DeliveryText
{
    /// <summary>Bytes of UTF-8.</summary>
    public const int LongestBytes = 64 << 10;

    /// <summary>One read of more than 800 characters is taken for a paste by Claude Code; two pieces may be read at once.</summary>
    private const int PieceCharacters = 400;

    /// <summary>Fewer characters of its end prove no text.</summary>
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

    /// <summary>Why it cannot be sent to anybody; null if it can.</summary>
    public static Problem? Problem(string text, bool asCommand)
    {
        var cleaned = Clean(text);
        return Encoding.UTF8.GetByteCount(text) > LongestBytes ? BoardProblems.TextTooLong()
            : cleaned.Length == 0 ? BoardProblems.TextEmpty()
            : asCommand && cleaned.Contains('\n', StringComparison.Ordinal) ? BoardProblems.CommandOfLines()
            : null;
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

    /// <summary>
    /// The text as it can be found again on a screen that wraps and indents it: without blanks and without what terminals draw
    /// into other characters. Decomposed, since an accent that was typed by itself may be drawn as a part of its letter.
    /// </summary>
    public static string Compact(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormD).Where(c => !char.IsWhiteSpace(c) && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)));

    /// <summary>A box with this in it holds the text and nothing else, as far as it shows.</summary>
    /// <param name="mayBePart">The box may be scrolled: all that it shows must be the end of the text then, and enough of it.</param>
    public static bool IsShown(string stands, string text, bool mayBePart)
    {
        var (shown, wanted) = (Compact(stands), Compact(text));
        return shown == wanted || (mayBePart && shown.Length >= TailCharacters && wanted.EndsWith(shown, StringComparison.Ordinal));
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
