using System.Buffers;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Domain;

/// <summary>
/// Items of the part of a transcript that is not indexed yet, read from where somebody looks: backwards from the end of
/// a file of any size, or on from a line. Provisional: what earlier lines would add is not known.
/// </summary>
internal sealed class UnindexedPart(CurrentTranscript transcript, ITranscriptFormat format, TranscriptLines lines)
{
    /// <summary>Less than this is a matter of milliseconds for the ingest, and reaches the viewer by its stream.</summary>
    public const int WorthReading = 256 << 10;
    private const int Step = 256 << 10;

    /// <summary>Where a look for a window's items gives up; a window of images reaches it.</summary>
    private const int MostAtOnce = 64 << 20;

    /// <summary>True if so much is not indexed that a viewer should not wait for it.</summary>
    public static bool IsWorthReading(CurrentTranscript transcript, ITranscriptFormat format, TranscriptLines lines) =>
        !format.IsDocument(transcript.Path) && lines.Length - transcript.CommittedBytes > WorthReading;

    /// <summary>
    /// The last items before an offset, which is the start of a line or the end of the file. <c>More</c>: there are more
    /// of them in this part; else the indexed part goes on before them.
    /// </summary>
    public (List<Item> Items, bool More) Before(long end, int limit, Func<Item, bool> wanted)
    {
        var floor = transcript.CommittedBytes;
        for (var size = (long)Step; ; size *= 2)
        {
            var start = Math.Max(floor, end - size);
            var items = Parse(start, (int)(end - start), startsLine: start == floor).Where(wanted).ToList();
            if (items.Count >= limit || start == floor || size >= MostAtOnce)
            {
                var kept = WholeLines(items, limit);
                return (kept, kept.Count < items.Count || start > floor);
            }
        }
    }

    /// <summary>The first items from the start of a line on.</summary>
    public (List<Item> Items, bool More) From(long start, int limit, Func<Item, bool> wanted)
    {
        var length = lines.Length;
        for (var size = (long)Step; ; size *= 2)
        {
            var taken = (int)Math.Min(size, length - start);
            var items = Parse(start, taken, startsLine: true).Where(wanted).ToList();
            var all = start + taken >= length;
            if (items.Count >= limit || all || size >= MostAtOnce)
            {
                return (items.Count > limit ? items[..limit] : items, items.Count > limit || !all);
            }
        }
    }

    /// <summary>One item by its place; null if no line with such a block starts there.</summary>
    public Item? At(long offset, int block)
    {
        for (var size = (long)Step; offset < lines.Length; size *= 2)
        {
            var taken = (int)Math.Min(size, lines.Length - offset);
            var found = Parse(offset, taken, startsLine: true).Find(i => i.Offset == offset && i.Block == block);
            if (found is not null || offset + taken >= lines.Length || size >= MostAtOnce)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The lines that lie whole in a range; a line that the file's writer has not finished is none.</summary>
    private List<Item> Parse(long start, int length, bool startsLine)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        try
        {
            var bytes = buffer.AsSpan(0, lines.Read(start, buffer.AsSpan(0, length)));
            var offset = start;
            if (!startsLine)
            {
                var first = bytes.IndexOf((byte)'\n') + 1;
                bytes = first == 0 ? [] : bytes[first..];
                offset += first;
            }

            var batch = new ReadBatch(0);
            var reader = format.Open(transcript.Place, []);
            for (var end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
            {
                var line = bytes[..end].TrimEnd((byte)'\r');
                if (!line.Trim(" \t"u8).IsEmpty)
                {
                    reader.ReadLine(line, offset, batch);
                }

                bytes = bytes[(end + 1)..];
                offset += end + 1;
            }

            return [.. batch.Items];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The last items, cut between lines, so that the next window starts at a line.</summary>
    private static List<Item> WholeLines(List<Item> items, int limit)
    {
        if (items.Count <= limit)
        {
            return items;
        }

        var first = items.Count - limit;
        var next = first;
        while (next < items.Count && items[next].Offset == items[next - 1].Offset)
        {
            next++;
        }

        // A single line with more items than asked for: rather too many than none.
        return next < items.Count ? items[next..] : items[items.FindIndex(i => i.Offset == items[^1].Offset)..];
    }
}
