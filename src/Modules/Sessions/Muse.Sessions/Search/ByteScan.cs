using System.Buffers;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Search;

/// <summary>A piece of a file that may hold a match.</summary>
/// <param name="isSaid">False if nothing that somebody said there holds one, only what the agent noted around it.</param>
/// <returns>The byte from which to look on.</returns>
internal delegate long FoundBytes(long from, long to, bool isSaid);

/// <summary>
/// Looks through a part of a transcript's bytes for pieces that may hold a pattern, in constant memory. Escapes are undone
/// only around a place where one of the pattern's needles stands, or, for a pattern without any, line by line.
/// One thread at a time.
/// </summary>
internal sealed class ByteScan(TextPattern pattern, SaidFields said) : IDisposable
{
    private const int Block = 256 << 10;

    /// <summary>Lines that are longer are taken for a match without a look: most of each is a picture.</summary>
    private const int LongestLine = 1 << 20;

    /// <summary>The same for a text without a line break.</summary>
    private const int LongestText = 64 << 10;
    private const int ShortestText = 8 << 10;
    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(pattern.Needles is null ? LongestLine : Block);
    private char[] _text = [];
    private byte[] _undone = [];

    /// <param name="to">The byte behind the last place at which a match may begin.</param>
    /// <param name="end">The byte behind the last one that was read into items.</param>
    /// <param name="passed">Told how many bytes were looked through.</param>
    public void Look(TranscriptLines lines, long from, long to, long end, FoundBytes found, Action<long> passed, CancellationToken ct)
    {
        if (pattern.Needles is { } needles)
        {
            LookForNeedles(lines, from, to, end, needles, found, passed, ct);
        }
        else
        {
            LookAtLines(lines, from, to, end, found, passed, ct);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        Return(_text);
    }

    private static void Return(char[] text)
    {
        if (text.Length > 0)
        {
            ArrayPool<char>.Shared.Return(text);
        }
    }

    private void LookForNeedles(
        TranscriptLines lines, long from, long to, long end, IReadOnlyList<TextNeedle> needles, FoundBytes found, Action<long> passed, CancellationToken ct)
    {
        // What a needle needs behind the last place is read twice.
        var behind = needles.Max(n => n.Length) - 1;
        Span<int> next = stackalloc int[needles.Count];
        for (var (offset, resume) = (from, from); offset < to;)
        {
            ct.ThrowIfCancellationRequested();
            var got = lines.Read(offset, _bytes.AsSpan(0, (int)Math.Min(Block, end - offset)));
            var bytes = _bytes.AsSpan(0, got);
            var step = (int)Math.Min(offset + got == end ? got : Math.Max(0, got - behind), to - offset);
            if (step <= 0)
            {
                return;
            }

            next.Fill(TextNeedle.Unknown);
            for (var at = (int)Math.Max(0, resume - offset); at < step && (at = TextNeedle.Nearest(bytes, at, needles, next)) >= 0 && at < step;)
            {
                var (start, stop) = pattern.HasQuotes ? (-1, -1) : Around(bytes, at);
                resume = start < 0 || MayBeIn(bytes[start..stop])
                    ? found(offset + at, offset + at + 1, IsSaid(bytes, at, offset == 0))
                    : offset + Math.Max(stop, at + 1);
                at = (int)Math.Min(int.MaxValue, Math.Max(resume - offset, at + 1));
            }

            offset += step;
            passed(step);
        }
    }

    private void LookAtLines(TranscriptLines lines, long from, long to, long end, FoundBytes found, Action<long> passed, CancellationToken ct)
    {
        // The line that began before belongs to the part before.
        var resume = from;
        for (var offset = from == 0 ? 0 : from - 1; offset < to;)
        {
            ct.ThrowIfCancellationRequested();
            var got = lines.Read(offset, _bytes.AsSpan(0, (int)Math.Min(LongestLine, end - offset)));
            var at = 0;
            for (var isFirst = offset < from; at < got && offset + at < to; isFirst = false)
            {
                var length = _bytes.AsSpan(at, got - at).IndexOf((byte)'\n');
                var isWhole = length >= 0 || offset + got == end;
                if (!isWhole && at > 0)
                {
                    break;
                }

                length = length < 0 ? got - at : length;
                var (start, stop) = (offset + at, offset + at + length);
                if (!isFirst && stop > resume && (!isWhole || MayBeIn(_bytes.AsSpan(at, length))))
                {
                    resume = found(start, stop, !isWhole || said.Any(_bytes.AsSpan(at, length), MayBeSaid));
                }

                at += length + (at + length < got ? 1 : 0);
            }

            if (at == 0)
            {
                return;
            }

            passed(Math.Min(offset + at, to) - Math.Max(offset, from));
            offset += at;
        }
    }

    /// <summary>False if the whole line around a place is at hand and nothing that was said in it may hold the pattern.</summary>
    private bool IsSaid(ReadOnlySpan<byte> bytes, int at, bool isBeginning)
    {
        var (start, length) = (bytes[..at].LastIndexOf((byte)'\n') + 1, bytes[at..].IndexOf((byte)'\n'));
        return length < 0 || (start == 0 && !isBeginning) || said.Any(bytes[start..(at + length)], MayBeSaid);
    }

    /// <summary>The same for a long piece, most of which hold no needle.</summary>
    private bool MayBeSaid(ReadOnlySpan<byte> raw)
    {
        foreach (var needle in pattern.Needles ?? [])
        {
            if (needle.IndexIn(raw) >= 0)
            {
                return MayBeIn(raw);
            }
        }

        return pattern.Needles is null && MayBeIn(raw);
    }

    /// <summary>The piece of text around a place that a match there cannot leave: a string, or a line of it.</summary>
    /// <returns>-1 if it is cut by the edge of the bytes, or long.</returns>
    private (int Start, int Stop) Around(ReadOnlySpan<byte> bytes, int at)
    {
        var start = -1;
        for (var rest = at; start < 0;)
        {
            var least = Math.Max(0, at - LongestText);
            var i = least + bytes[least..rest].LastIndexOfAny((byte)'"', (byte)'\\', (byte)'\n');
            if (i < least)
            {
                return (-1, -1);
            }

            var slashes = Slashes(bytes, bytes[i] == '\\' ? i : i - 1);
            start = bytes[i] switch
            {
                (byte)'\n' => i + 1,
                (byte)'"' => slashes % 2 == 0 ? i + 1 : -1,
                _ => slashes % 2 == 1 && bytes[i + 1] == 'n' && !pattern.CrossesLines ? i + 2 : -1,
            };
            rest = bytes[i] == '\n' ? i : i - slashes + (bytes[i] == '\\' ? 1 : 0);
        }

        for (var stop = start; stop - start < LongestText;)
        {
            var length = bytes[stop..].IndexOfAny((byte)'"', (byte)'\\', (byte)'\n');
            stop += length;
            if (length < 0 || stop + 1 >= bytes.Length)
            {
                return (-1, -1);
            }

            if (bytes[stop] != '\\' || (bytes[stop + 1] == 'n' && !pattern.CrossesLines))
            {
                return (start, stop);
            }

            stop += 2;
        }

        return (-1, -1);
    }

    /// <summary>How many backslashes stand in a row up to a place.</summary>
    private static int Slashes(ReadOnlySpan<byte> bytes, int at)
    {
        var count = 0;
        while (at - count >= 0 && bytes[at - count] == '\\')
        {
            count++;
        }

        return count;
    }

    /// <summary>Whether a raw piece may hold the pattern, escaped once or, as JSON within a JSON string, twice.</summary>
    private bool MayBeIn(ReadOnlySpan<byte> raw)
    {
        if (_text.Length < raw.Length)
        {
            Return(_text);
            _text = ArrayPool<char>.Shared.Rent(Math.Max(raw.Length, ShortestText));
        }

        if (pattern.MayBeIn(_text.AsSpan(0, JsonText.Unescape(raw, _text))))
        {
            return true;
        }

        if (raw.IndexOf("\\\\"u8) < 0)
        {
            return false;
        }

        if (_undone.Length < raw.Length)
        {
            _undone = new byte[raw.Length];
        }

        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            i += raw[i] == '\\' && i + 1 < raw.Length && raw[i + 1] is (byte)'\\' or (byte)'"' ? 1 : 0;
            _undone[length++] = raw[i];
        }

        return pattern.MayBeIn(_text.AsSpan(0, JsonText.Unescape(_undone.AsSpan(0, length), _text)));
    }
}
