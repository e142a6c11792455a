using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Muse.Sessions.Domain;

/// <summary>
/// One spelling of a searched text in a transcript's bytes, ASCII letters in either case. Two rare bytes of it are
/// looked for 32 places at a time; only where both fit is the rest compared.
/// </summary>
internal sealed class TextNeedle
{
    // By frequency in English and JSON, most frequent first: a byte that is not in here is rare.
    private static ReadOnlySpan<byte> Frequent => "etaoinsrhldcumfpgwybv\":,_{}./-\\0123456789 kxjqz"u8;
    private readonly byte[] _folded;
    private readonly byte[] _caseBits;
    private readonly int _first;
    private readonly int _second;

    private TextNeedle(byte[] bytes)
    {
        _folded = [.. bytes.Select(b => IsLetter(b) ? (byte)(b | 0x20) : b)];
        _caseBits = [.. bytes.Select(b => IsLetter(b) ? (byte)0x20 : (byte)0)];
        var byRarity = Enumerable.Range(0, _folded.Length).OrderByDescending(i => Rarity(_folded[i])).ToArray();
        (_first, _second) = (byRarity[0], byRarity[Math.Min(1, byRarity.Length - 1)]);
    }

    public int Length => _folded.Length;

    /// <summary>The spellings of a text inside JSON strings: as UTF-8 and, beyond ASCII, as escapes, each in its cases.</summary>
    public static IReadOnlyList<TextNeedle> SpellingsOf(string text)
    {
        var cases = Ascii.IsValid(text) ? [text] : new[] { text, text.ToLowerInvariant(), text.ToUpperInvariant() };
        return [.. cases.SelectMany(c => new[] { Escaped(c, beyondAscii: false), Escaped(c, beyondAscii: true) })
            .Select(AsciiLower).Distinct(StringComparer.Ordinal).Select(c => new TextNeedle(Encoding.UTF8.GetBytes(c)))];
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
            for (; at <= last - Vector256<byte>.Count; at += Vector256<byte>.Count)
            {
                var first = Vector256.LoadUnsafe(ref Unsafe.Add(ref start, at + _first)) | firstCase;
                var second = Vector256.LoadUnsafe(ref Unsafe.Add(ref start, at + _second)) | secondCase;
                var both = Vector256.Equals(first, firstByte) & Vector256.Equals(second, secondByte);
                for (var bits = both.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
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
                return false;
            }
        }

        return true;
    }

    private static string Escaped(string text, bool beyondAscii)
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
                >= '\u0080' when beyondAscii => escaped.Append(@"\u").Append(((int)c).ToString("x4")),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

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
