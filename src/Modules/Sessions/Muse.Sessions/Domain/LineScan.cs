using System.Buffers;

namespace Muse.Sessions.Domain;

/// <summary>Finds the lines of a transcript that hold a text, whatever the file's size, in constant memory.</summary>
internal static class LineScan
{
    private const int Block = 1 << 20;

    /// <summary>A longer line is searched in pieces; what stands across two of them is not found.</summary>
    private const int LongestHeld = 32 << 20;

    /// <summary>Offsets of the lines, in order; stops after <paramref name="most"/>.</summary>
    public static List<long> Find(TranscriptLines lines, long end, IReadOnlyList<TextNeedle> needles, int most, CancellationToken ct)
    {
        var found = new List<long>();
        var buffer = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            var (offset, held, openLine) = (0L, 0, 0L);
            while (offset < end && found.Count < most)
            {
                ct.ThrowIfCancellationRequested();
                if (held == buffer.Length)
                {
                    buffer = Grow(buffer);
                }

                var got = lines.Read(offset, buffer.AsSpan(held, (int)Math.Min(buffer.Length - held, end - offset)));
                if (got == 0)
                {
                    break;
                }

                var (bytes, origin) = (buffer.AsMemory(0, held + got), offset - held);
                offset += got;
                var lastEnd = bytes.Span.LastIndexOf((byte)'\n') + 1;
                var taken = offset >= end || bytes.Length >= LongestHeld ? bytes.Length : lastEnd;
                if (taken > 0)
                {
                    Search(bytes.Span[..taken], origin, openLine, needles, found, most);
                    openLine = lastEnd > 0 ? origin + lastEnd : openLine;
                    bytes.Span[taken..].CopyTo(buffer);
                }

                held = bytes.Length - taken;
            }

            return found;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <param name="origin">Offset of the first byte in the file.</param>
    /// <param name="openLine">Offset of the line that the first byte belongs to.</param>
    private static void Search(
        ReadOnlySpan<byte> bytes, long origin, long openLine, IReadOnlyList<TextNeedle> needles, List<long> found, int most)
    {
        Span<int> next = stackalloc int[needles.Count];
        next.Fill(TextNeedle.Unknown);
        for (var at = 0; at < bytes.Length && found.Count < most;)
        {
            var hit = TextNeedle.Nearest(bytes, at, needles, next);
            if (hit < 0)
            {
                return;
            }

            var before = bytes[at..hit].LastIndexOf((byte)'\n');
            var start = before >= 0 ? origin + at + before + 1 : at == 0 ? openLine : origin + at;
            if (found.Count == 0 || found[^1] != start)
            {
                found.Add(start);
            }

            var rest = bytes[hit..].IndexOf((byte)'\n');
            at = rest < 0 ? bytes.Length : hit + rest + 1;
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
