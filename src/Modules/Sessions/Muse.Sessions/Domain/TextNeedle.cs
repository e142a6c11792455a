using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Muse.Sessions.Domain;

/// <summary>
/// One spelling of a searched text in a transcript's bytes, ASCII letters in either case. Two rare bytes of it are
/// looked for 64 places at a time; only where both fit is the rest compared.
/// </summary>
internal sealed class TextNeedle
{
    // By frequency in English and JSON, most frequent first: a byte that is not in here is rare.
    private static ReadOnlySpan<byte> Frequent => " etaoinsrhldcumfpgwybv\":,_{}./-\\0123456789kxjqz"u8;
    public const int Unknown = -2;
    private const int Nowhere = -1;
    private const int EscapeDigit = 4;

    /// <summary>A part of this length tells lines apart well enough to leave out letters that have several spellings.</summary>
    private const int LongPart = 4;
    private const int MostCased = 3;

    /// <summary>An ASCII character that somebody wrote as <c>\u0041</c>: it may stand for any character of a text.</summary>
    private static readonly TextNeedle EscapedAscii = new("\\u002"u8.ToArray(), isEscape: true);
    private readonly byte[] _folded;
    private readonly byte[] _caseBits;
    private readonly int _first;
    private readonly int _second;
    private readonly bool _isEscape;

    private TextNeedle(byte[] bytes, bool isEscape = false)
    {
        _isEscape = isEscape;
        _folded = [.. bytes.Select(b => IsLetter(b) ? (byte)(b | 0x20) : b)];
        _caseBits = [.. bytes.Select(b => IsLetter(b) ? (byte)0x20 : (byte)0)];
        var byRarity = Enumerable.Range(0, isEscape ? EscapeDigit : _folded.Length).OrderByDescending(i => Rarity(_folded[i])).ToArray();
        (_first, _second) = (byRarity[0], byRarity[Math.Min(1, byRarity.Length - 1)]);
    }

    public int Length => _folded.Length;

    /// <summary>
    /// Spellings of which one stands in the bytes of every line that holds the text, whatever the case: most often of a part of
    /// it that is written the same however often the text was escaped. Who finds one has to look at the text.
    /// </summary>
    public static IReadOnlyList<TextNeedle> SpellingsOf(string text)
    {
        var part = PlainPart(text);
        var spellings = part.Length > 0
            ? Cases(part).SelectMany(c => new[] { c, BeyondAscii(c) })
            : new[] { text, text.ToLowerInvariant(), text.ToUpperInvariant() }.SelectMany(c => new[] { c, Escaped(c), Escaped(Escaped(c)), BeyondAscii(Escaped(c)) });
        var needles = spellings.Select(AsciiLower).Distinct(StringComparer.Ordinal).Select(c => new TextNeedle(Encoding.UTF8.GetBytes(c))).ToList();
        if (text.Any(char.IsAscii))
        {
            needles.Add(EscapedAscii);
        }

        return needles;
    }

    /// <summary>The nearest of several needles.</summary>
    /// <param name="next">Where each stands next, as far as that was looked up: <see cref="Unknown"/> at first.</param>
    /// <returns>-1 if none is there.</returns>
    public static int Nearest(ReadOnlySpan<byte> bytes, int at, IReadOnlyList<TextNeedle> needles, Span<int> next)
    {
        var nearest = Nowhere;
        for (var i = 0; i < needles.Count; i++)
        {
            if (next[i] != Nowhere && next[i] < at)
            {
                var index = needles[i].IndexIn(bytes[at..]);
                next[i] = index < 0 ? Nowhere : at + index;
            }

            nearest = next[i] != Nowhere && (nearest == Nowhere || next[i] < nearest) ? next[i] : nearest;
        }

        return nearest;
    }

    /// <summary>Where the needle stands first; -1 if nowhere.</summary>
    public int IndexIn(ReadOnlySpan<byte> bytes)
    {
        var last = bytes.Length - _folded.Length;
        var at = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var (firstByte, firstCase) = (Vector256.Create(_folded[_first]), Vector256.Create(_caseBits[_first]));
            var (secondByte, secondCase) = (Vector256.Create(_folded[_second]), Vector256.Create(_caseBits[_second]));
            ref var start = ref MemoryMarshal.GetReference(bytes);
            for (; at <= last - (2 * Vector256<byte>.Count); at += 2 * Vector256<byte>.Count)
            {
                var here = Vector256.Equals(Vector256.LoadUnsafe(ref Unsafe.Add(ref start, at + _first)) | firstCase, firstByte)
                    & Vector256.Equals(Vector256.LoadUnsafe(ref Unsafe.Add(ref start, at + _second)) | secondCase, secondByte);
                var next = Vector256.Equals(Vector256.LoadUnsafe(ref Unsafe.Add(ref start, at + Vector256<byte>.Count + _first)) | firstCase, firstByte)
                    & Vector256.Equals(Vector256.LoadUnsafe(ref Unsafe.Add(ref start, at + Vector256<byte>.Count + _second)) | secondCase, secondByte);
                if ((here | next) == Vector256<byte>.Zero)
                {
                    continue;
                }

                var both = ((ulong)next.ExtractMostSignificantBits() << Vector256<byte>.Count) | here.ExtractMostSignificantBits();
                for (var bits = both; bits != 0; bits &= bits - 1)
                {
                    var found = at + BitOperations.TrailingZeroCount(bits);
                    if (IsAt(bytes, found))
                    {
                        return found;
                    }
                }
            }
        }

        for (; at <= last; at++)
        {
            if (IsAt(bytes, at))
            {
                return at;
            }
        }

        return -1;
    }

    private bool IsAt(ReadOnlySpan<byte> bytes, int at)
    {
        var place = bytes.Slice(at, _folded.Length);
        for (var i = 0; i < place.Length; i++)
        {
            if ((place[i] | _caseBits[i]) != _folded[i])
            {
                return _isEscape && i == EscapeDigit && place[i] is > (byte)'2' and <= (byte)'7';
            }
        }

        return true;
    }

    /// <summary>The longest part without characters that JSON escapes; empty if there is none that is worth looking for.</summary>
    private static string PlainPart(string text)
    {
        string Longest(Func<char, bool> isTaken, int mostCased)
        {
            var (best, from, cased) = ("", 0, 0);
            for (var to = 0; to < text.Length; to++)
            {
                cased += IsCased(text[to]) ? 1 : 0;
                if (!isTaken(text[to]))
                {
                    (from, cased) = (to + 1, 0);
                }

                for (; cased > mostCased; from++)
                {
                    cased -= IsCased(text[from]) ? 1 : 0;
                }

                best = to + 1 - from > best.Length ? text[from..(to + 1)] : best;
            }

            return best;
        }

        var ascii = Longest(c => char.IsAscii(c) && IsPlain(c), 0);
        var part = ascii.Length >= LongPart ? ascii : Longest(IsPlain, MostCased);
        return part.Length > 1 || part.Length == text.Length ? part : "";
    }

    private static bool IsPlain(char c) => c is >= ' ' and not ('"' or '\\' or '/') && !char.IsSurrogate(c);

    /// <summary>Beyond ASCII, a letter's cases are different bytes.</summary>
    private static bool IsCased(char c) => !char.IsAscii(c) && (char.ToLowerInvariant(c) != c || char.ToUpperInvariant(c) != c);

    private static List<string> Cases(string part)
    {
        var cases = new List<string> { "" };
        foreach (var c in part)
        {
            char[] written = IsCased(c) ? [c, char.ToLowerInvariant(c), char.ToUpperInvariant(c)] : [c];
            cases = [.. cases.SelectMany(_ => written.Distinct(), (before, letter) => before + letter)];
        }

        return cases;
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append(@"\\"),
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                '\t' => escaped.Append(@"\t"),
                '\b' => escaped.Append(@"\b"),
                '\f' => escaped.Append(@"\f"),
                < ' ' => escaped.Append(@"\u").Append(((int)c).ToString("x4")),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    private static string BeyondAscii(string text) =>
        string.Concat(text.Select(c => char.IsAscii(c) ? c.ToString() : $@"\u{(int)c:x4}"));

    /// <summary>Letters beyond ASCII keep their case: the needle compares their bytes as they are.</summary>
    private static string AsciiLower(string text) => string.Create(text.Length, text, static (lower, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            lower[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
        }
    });

    private static int Rarity(byte value)
    {
        var index = Frequent.IndexOf(value);
        return index < 0 ? Frequent.Length : index;
    }

    private static bool IsLetter(byte value) => (byte)((value | 0x20) - 'a') < 26;
}
