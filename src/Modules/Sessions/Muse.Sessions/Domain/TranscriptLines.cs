using System.Buffers;

namespace Muse.Sessions.Domain;

/// <summary>A range of a transcript's bytes.</summary>
internal readonly record struct LineRange(long Offset, int Length)
{
    public long End => Offset + Length;
}

/// <summary>
/// Reads lines of a transcript from their places, while its agent may be writing or deleting it. Lines that stand close
/// together are read at once. One thread at a time; a span is good until the next call. Everything that reads bodies
/// comes through here, so that bytes kept elsewhere need no other reader (<see cref="TranscriptSources" /> chooses).
/// </summary>
internal sealed class TranscriptLines(ITranscriptBytes bytes) : IDisposable
{
    /// <summary>Reading over a gap this large is cheaper than a second read.</summary>
    private const int WorthwhileGap = 16 << 10;
    private const int MostAtOnce = 1 << 20;
    private LineRange[] _runs = [];
    private byte[] _block = [];
    private long _blockOffset;
    private int _blockLength;

    /// <summary>Of the agent's own file. Null if it is gone or may not be read.</summary>
    public static TranscriptLines? Open(string path)
    {
        try
        {
            return new TranscriptLines(new FileBytes(PackedFile.Open(PackedFile.Located(path))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Bytes of the file now.</summary>
    public long Length => bytes.Length;

    /// <summary>Tells which lines will be asked for, in whatever order, so that neighbours are read together.</summary>
    public void Plan(IEnumerable<LineRange> ranges)
    {
        var runs = new List<LineRange>();
        foreach (var range in ranges.OrderBy(r => r.Offset))
        {
            if (runs.Count > 0 && runs[^1] is var run && range.Offset <= run.End + WorthwhileGap && range.End - run.Offset <= MostAtOnce)
            {
                runs[^1] = new LineRange(run.Offset, (int)(Math.Max(run.End, range.End) - run.Offset));
            }
            else
            {
                runs.Add(range);
            }
        }

        _runs = [.. runs];
    }

    /// <summary>The bytes of a range; empty if the file does not reach that far any more.</summary>
    public ReadOnlySpan<byte> Line(long offset, int length)
    {
        if (offset < _blockOffset || offset + length > _blockOffset + _blockLength)
        {
            Fill(RunOf(new LineRange(offset, length)));
        }

        var start = (int)(offset - _blockOffset);
        return start + length <= _blockLength ? _block.AsSpan(start, length) : [];
    }

    /// <summary>The bytes of an optional range, apart from the block that <see cref="Line"/> answers from.</summary>
    public byte[] Copy(long? offset, int length)
    {
        if (offset is not { } start || length == 0)
        {
            return [];
        }

        var copy = new byte[length];
        return Read(start, copy) == length ? copy : [];
    }

    /// <summary>Fills the buffer from an offset.</summary>
    /// <returns>Bytes read; fewer than asked for at the end of the file.</returns>
    public int Read(long offset, Span<byte> buffer) => bytes.Read(offset, buffer);

    public void Dispose()
    {
        bytes.Dispose();
        if (_block.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_block);
            _block = [];
        }
    }

    /// <summary>What is read at once for a line: the planned run that holds it, or only itself.</summary>
    private LineRange RunOf(LineRange line)
    {
        var index = Array.BinarySearch(_runs, line, ByOffset.Instance);
        index = index < 0 ? ~index - 1 : index;
        return index >= 0 && _runs[index].End >= line.End ? _runs[index] : line;
    }

    private void Fill(LineRange run)
    {
        if (_block.Length < run.Length)
        {
            if (_block.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_block);
            }

            _block = ArrayPool<byte>.Shared.Rent(run.Length);
        }

        _blockOffset = run.Offset;
        _blockLength = Read(run.Offset, _block.AsSpan(0, run.Length));
    }

    private sealed class ByOffset : IComparer<LineRange>
    {
        public static readonly ByOffset Instance = new();

        public int Compare(LineRange x, LineRange y) => x.Offset.CompareTo(y.Offset);
    }
}
