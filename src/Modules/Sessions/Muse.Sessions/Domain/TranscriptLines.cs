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
    private LineRange[] _plan = [];
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

    /// <summary>Tells which lines will be asked for, so that neighbours are read together.</summary>
    public void Plan(IEnumerable<LineRange> ranges) => _plan = [.. ranges.OrderBy(r => r.Offset).Distinct()];

    /// <summary>The bytes of a range; empty if the file does not reach that far any more.</summary>
    public ReadOnlySpan<byte> Line(long offset, int length)
    {
        if (offset < _blockOffset || offset + length > _blockOffset + _blockLength)
        {
            Fill(offset, Math.Max(length, (int)(EndOfRun(offset) - offset)));
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

    private long EndOfRun(long offset)
    {
        var index = Array.BinarySearch(_plan, new LineRange(offset, 0), ByOffset.Instance);
        var end = offset;
        for (var i = index < 0 ? ~index : index; i < _plan.Length; i++)
        {
            if (_plan[i].Offset > end + WorthwhileGap || _plan[i].End - offset > MostAtOnce)
            {
                break;
            }

            end = Math.Max(end, _plan[i].End);
        }

        return end;
    }

    private void Fill(long offset, int length)
    {
        if (_block.Length < length)
        {
            if (_block.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_block);
            }

            _block = ArrayPool<byte>.Shared.Rent(length);
        }

        _blockOffset = offset;
        _blockLength = Read(offset, _block.AsSpan(0, length));
    }

    private sealed class ByOffset : IComparer<LineRange>
    {
        public static readonly ByOffset Instance = new();

        public int Compare(LineRange x, LineRange y) => x.Offset.CompareTo(y.Offset);
    }
}
