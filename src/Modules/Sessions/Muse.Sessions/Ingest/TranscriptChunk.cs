using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Muse.Sessions.Ingest;

/// <summary>
/// The complete lines of a file from an offset on: about a megabyte, or one line if that is longer. The buffer is kept
/// between reads and shrinks back after a giant line.
/// </summary>
internal sealed class TranscriptChunk
{
    public const int Target = 1 << 20;

    /// <summary>A longer line is not held in memory: it becomes a malformed item that can be opened raw.</summary>
    public const int LongestLine = 256 << 20;
    private byte[] _buffer = new byte[Target + PrefixProof.TailLength];

    /// <summary>The bytes up to and with the last newline found; empty if there is no complete line.</summary>
    public ReadOnlyMemory<byte> Lines { get; private set; }

    /// <summary>Where there is no complete line: the unfinished one, up to the end of the file.</summary>
    public ReadOnlyMemory<byte> Unfinished { get; private set; }

    /// <summary>The bytes before the offset, for the proof of growth.</summary>
    public ReadOnlyMemory<byte> Before { get; private set; }

    /// <summary>Set if the first line is longer than <see cref="LongestLine"/>: its length with the newline, or -1 while it is unfinished.</summary>
    public long GiantLine { get; private set; }

    /// <summary>Bytes taken from the disk by this read.</summary>
    public long BytesRead { get; private set; }

    /// <param name="before">How many bytes before the offset are wanted, at most <see cref="PrefixProof.TailLength"/>.</param>
    public void Read(SafeFileHandle file, long offset, int before)
    {
        if (_buffer.Length > 4 * Target)
        {
            _buffer = new byte[Target + PrefixProof.TailLength];
        }

        (Lines, Unfinished, Before, GiantLine, BytesRead) = (default, default, default, 0, 0);
        var filled = 0;
        while (true)
        {
            var got = RandomAccess.Read(file, _buffer.AsSpan(filled), offset - before + filled);
            filled += got;
            BytesRead += got;
            if (filled < before)
            {
                if (got == 0)
                {
                    return;
                }

                continue;
            }

            Before = _buffer.AsMemory(0, before);
            var last = _buffer.AsSpan(before, filled - before).LastIndexOf((byte)'\n');
            if (last >= 0 && (filled == _buffer.Length || got == 0))
            {
                Lines = _buffer.AsMemory(before, last + 1);
                return;
            }

            if (got == 0)
            {
                Unfinished = _buffer.AsMemory(before, filled - before);
                return;
            }

            if (filled == _buffer.Length)
            {
                if (_buffer.Length >= LongestLine)
                {
                    GiantLine = FindEnd(file, offset, offset - before + filled);
                    return;
                }

                Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, LongestLine + PrefixProof.TailLength));
            }
        }
    }

    private long FindEnd(SafeFileHandle file, long lineStart, long from)
    {
        var scratch = ArrayPool<byte>.Shared.Rent(Target);
        try
        {
            while (true)
            {
                var got = RandomAccess.Read(file, scratch, from);
                BytesRead += got;
                var end = scratch.AsSpan(0, got).IndexOf((byte)'\n');
                if (end >= 0)
                {
                    return from + end + 1 - lineStart;
                }

                if (got == 0)
                {
                    return -1;
                }

                from += got;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }
}
