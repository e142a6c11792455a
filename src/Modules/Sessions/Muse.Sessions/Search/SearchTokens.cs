using System.Buffers;
using System.Globalization;
using System.Text;

namespace Muse.Sessions.Search;

/// <summary>Takes the tokens of a text.</summary>
internal interface ITokenSink
{
    /// <param name="token">Folded; good until the call returns.</param>
    /// <param name="start">First byte in the text.</param>
    /// <param name="end">The byte behind.</param>
    /// <param name="beside">It stands where the token before it stands: another form of the same place.</param>
    /// <returns>False to stop.</returns>
    bool Take(ReadOnlySpan<byte> token, int start, int end, bool beside);
}

/// <summary>
/// What search takes for words, in one place for the index, for queries and for the marks in a snippet. Letters and digits
/// are a word, folded in case and accents; its humps are words of their own (<c>parseLine</c> is <c>parse</c>, <c>line</c> and
/// <c>parseline</c>); each character of a script without spaces is a word.
/// </summary>
internal static class SearchTokens
{
    /// <summary>Bytes of a word that count; what is longer is a hash, a key or a picture.</summary>
    public const int Longest = 64;

    /// <summary>More humps than this has no name that a person wrote.</summary>
    private const int MostHumps = 8;
    private const int Folded = 0x2000;

    /// <summary>Bytes that frame a mark: what Muse itself says of an item, which no text can say (see <see cref="SearchMarks"/>).</summary>
    public const byte MarkBegins = 1;
    public const byte MarkEnds = 2;
    private const byte Lower = 1;
    private const byte Upper = 2;
    private const byte Digit = 3;
    private const byte Wide = 4;
    private static readonly byte[] Classes = MakeClasses();

    /// <summary>Folded letters below U+2000; 0 for what is no part of a word, 1 for what is passed over within one.</summary>
    private static readonly char[] Letters = MakeLetters();

    /// <summary>Feeds the tokens of a text to a sink.</summary>
    /// <param name="asked">For a query: words stand for their humps in a row, without the whole beside them.</param>
    public static void Read<TSink>(ReadOnlySpan<byte> text, bool asked, ref TSink sink)
        where TSink : struct, ITokenSink
    {
        var word = new Word(stackalloc byte[Longest], stackalloc int[MostHumps * 2]);
        for (var at = 0; at < text.Length;)
        {
            var b = text[at];
            var kind = Classes[b];
            if (kind == Wide)
            {
                if (!ReadWide(text, ref at, asked, ref word, ref sink))
                {
                    return;
                }

                continue;
            }

            if (kind == 0)
            {
                if ((word.Length > 0 && !word.Flush(asked, ref sink)) || (b == MarkBegins && !TakeMark(text, ref at, ref sink)))
                {
                    return;
                }

                at++;
                continue;
            }

            word.Add(kind == Upper ? (byte)(b | 0x20) : b, kind, at);
            at++;
        }

        if (word.Length > 0)
        {
            word.Flush(asked, ref sink);
        }
    }

    private static bool TakeMark<TSink>(ReadOnlySpan<byte> text, ref int at, ref TSink sink)
        where TSink : struct, ITokenSink
    {
        var length = text[at..].IndexOf(MarkEnds);
        if (length < 0)
        {
            return true;
        }

        var start = at;
        at += length;
        return sink.Take(text[start..at], start, at, beside: false);
    }

    /// <summary>A character beyond ASCII.</summary>
    private static bool ReadWide<TSink>(ReadOnlySpan<byte> text, ref int at, bool asked, ref Word word, ref TSink sink)
        where TSink : struct, ITokenSink
    {
        if (Rune.DecodeFromUtf8(text[at..], out var rune, out var taken) != OperationStatus.Done)
        {
            var goesOn = word.Length == 0 || word.Flush(asked, ref sink);
            at += Math.Max(1, taken);
            return goesOn;
        }

        var (start, value) = (at, rune.Value);
        at += taken;
        if (StandsAlone(value))
        {
            return (word.Length == 0 || word.Flush(asked, ref sink)) && sink.Take(text[start..at], start, at, beside: false);
        }

        var letter = value < Folded ? Letters[value] : Rune.IsLetterOrDigit(rune) ? '\u0002' : '\0';
        if (letter == 0)
        {
            return word.Length == 0 || word.Flush(asked, ref sink);
        }

        if (letter != 1)
        {
            Span<byte> folded = stackalloc byte[4];
            var length = (letter == 2 ? Rune.ToLowerInvariant(rune) : new Rune(letter)).EncodeToUtf8(folded);
            word.Add(folded[..length], Rune.IsUpper(rune) ? Upper : Lower, start, taken);
        }

        return true;
    }

    /// <summary>Ideographs, kana, hangul, and the scripts of South East Asia that put no spaces between words.</summary>
    private static bool StandsAlone(int value) => value is >= 0x2E80 and <= 0x9FFF and not (>= 0x3000 and <= 0x3004) and not (>= 0x3008 and <= 0x3020)
        or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF or >= 0x0E01 and <= 0x0E30 or >= 0x0E80 and <= 0x0EFF
        or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF;

    private static byte[] MakeClasses()
    {
        var classes = new byte[256];
        for (var i = 0; i < 256; i++)
        {
            classes[i] = i >= 0x80 ? Wide
                : char.IsAsciiLetterLower((char)i) ? Lower
                : char.IsAsciiLetterUpper((char)i) ? Upper
                : char.IsAsciiDigit((char)i) ? Digit
                : (byte)0;
        }

        return classes;
    }

    private static char[] MakeLetters()
    {
        var letters = new char[Folded];
        for (var i = 0x80; i < Folded; i++)
        {
            var c = (char)i;
            var category = char.GetUnicodeCategory(c);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            {
                letters[i] = '\u0001';
            }
            else if (char.IsLetterOrDigit(c))
            {
                var plain = c.ToString().Normalize(NormalizationForm.FormD)[0];
                letters[i] = char.ToLowerInvariant(plain);
            }
        }

        return letters;
    }

    /// <summary>The word that is being read.</summary>
    private ref struct Word(Span<byte> bytes, Span<int> humps)
    {
        private readonly Span<byte> _bytes = bytes;

        /// <summary>Pairs: where a hump begins in the word, and in the text.</summary>
        private readonly Span<int> _humps = humps;
        private int _count;
        private int _start;
        private int _end;
        private byte _kind;
        private byte _kindBefore;

        /// <summary>Where the last character begins in the word, and in the text.</summary>
        private int _lastIndex;
        private int _lastAt;

        public int Length { get; private set; }

        /// <summary>An ASCII character.</summary>
        public void Add(byte folded, byte kind, int at)
        {
            Begin(kind, at, 1);
            if (Length < Longest)
            {
                _bytes[Length++] = folded;
            }
        }

        /// <summary>Any other.</summary>
        public void Add(scoped ReadOnlySpan<byte> folded, byte kind, int at, int taken)
        {
            Begin(kind, at, taken);
            if (Length + folded.Length <= Longest)
            {
                folded.CopyTo(_bytes[Length..]);
                Length += folded.Length;
            }
        }

        private void Begin(byte kind, int at, int taken)
        {
            if (Length == 0)
            {
                _start = at;
            }
            else if (kind == Upper && _kind != Upper)
            {
                Hump(Length, at);
            }
            else if (kind == Lower && _kind == Upper && _kindBefore == Upper)
            {
                Hump(_lastIndex, _lastAt);
            }

            (_kindBefore, _kind, _lastIndex, _lastAt, _end) = (_kind, kind, Length, at, at + taken);
        }

        private void Hump(int index, int at)
        {
            if (index >= Longest || (_count > 0 && _humps[(Math.Min(_count, MostHumps) * 2) - 2] >= index))
            {
                return;
            }

            if (_count < MostHumps)
            {
                (_humps[_count * 2], _humps[(_count * 2) + 1]) = (index, at);
            }

            _count++;
        }

        public bool Flush<TSink>(bool asked, ref TSink sink)
            where TSink : struct, ITokenSink
        {
            var (length, count) = (Length, _count);
            (Length, _count, _kind, _kindBefore) = (0, 0, 0, 0);
            if (count is 0 or > MostHumps)
            {
                return sink.Take(_bytes[..length], _start, _end, beside: false);
            }

            var (from, at) = (0, _start);
            for (var i = 0; i <= count; i++)
            {
                var (to, next) = i < count ? (_humps[i * 2], _humps[(i * 2) + 1]) : (length, _end);
                if (!sink.Take(_bytes[from..to], at, next, beside: false)
                    || (i == 0 && !asked && !sink.Take(_bytes[..length], _start, _end, beside: true)))
                {
                    return false;
                }

                (from, at) = (to, next);
            }

            return true;
        }
    }
}
