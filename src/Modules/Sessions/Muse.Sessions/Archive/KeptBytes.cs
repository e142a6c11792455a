using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Muse.Sessions.Domain;
using ZstdSharp;

namespace Muse.Sessions.Archive;

/// <summary>The plain bytes of a kept file. Unpacks the frames that are looked at, and keeps the last of them.</summary>
internal sealed class KeptBytes : ITranscriptBytes
{
    private readonly SafeFileHandle _file;
    private readonly IReadOnlyList<KeptFrame> _frames;
    private readonly Decompressor _decompressor = new();
    private byte[] _plain = [];
    private byte[] _packed = [];
    private int _held = -1;

    private KeptBytes(SafeFileHandle file, IReadOnlyList<KeptFrame> frames) => (_file, _frames) = (file, frames);

    public long Length => _frames.Count == 0 ? 0 : _frames[^1].End;

    /// <param name="path">Of the file of frames.</param>
    /// <param name="frames">In order, without gaps.</param>
    /// <exception cref="IOException">The file is gone or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static KeptBytes Open(string path, IReadOnlyList<KeptFrame> frames) =>
        new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), frames);

    public int Read(long offset, Span<byte> buffer)
    {
        var filled = 0;
        while (filled < buffer.Length && FrameAt(offset + filled) is >= 0 and var index && Hold(index) is null)
        {
            var frame = _frames[index];
            var from = (int)(offset + filled - frame.Offset);
            var taken = Math.Min(buffer.Length - filled, frame.Length - from);
            _plain.AsSpan(from, taken).CopyTo(buffer[filled..]);
            filled += taken;
        }

        return filled;
    }

    /// <summary>What is wrong with a frame; null if its bytes are those that were kept.</summary>
    public string? Check(int index) => Hold(index)
        ?? (SHA256.HashData(_plain.AsSpan(0, _frames[index].Length)).AsSpan().SequenceEqual(_frames[index].Hash) ? null : "its bytes are not those that were kept");

    public void Dispose()
    {
        _file.Dispose();
        _decompressor.Dispose();
        foreach (var buffer in new[] { _plain, _packed })
        {
            if (buffer.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        (_plain, _packed, _held) = ([], [], -1);
    }

    private int FrameAt(long offset)
    {
        var (low, high) = (0, _frames.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_frames[middle].Offset > offset)
            {
                high = middle - 1;
            }
            else if (_frames[middle].End <= offset)
            {
                low = middle + 1;
            }
            else
            {
                return middle;
            }
        }

        return -1;
    }

    /// <summary>Unpacks a frame into the buffer.</summary>
    /// <returns>Why it cannot be unpacked; null if it is.</returns>
    private string? Hold(int index)
    {
        if (_held == index)
        {
            return null;
        }

        _held = -1;
        var frame = _frames[index];
        (_packed, _plain) = (AtLeast(_packed, frame.StoredBytes), AtLeast(_plain, frame.Length));
        var got = RandomAccess.Read(_file, _packed.AsSpan(0, frame.StoredBytes), frame.Position);
        if (got < frame.StoredBytes)
        {
            return "the file ends before it";
        }

        try
        {
            if (_decompressor.Unwrap(_packed.AsSpan(0, frame.StoredBytes), _plain.AsSpan(0, frame.Length)) != frame.Length)
            {
                return "it unpacks to another length";
            }
        }
        catch (ZstdException e)
        {
            return $"it cannot be unpacked: {e.Message}";
        }

        _held = index;
        return null;
    }

    private static byte[] AtLeast(byte[] buffer, int length)
    {
        if (buffer.Length >= length)
        {
            return buffer;
        }

        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return ArrayPool<byte>.Shared.Rent(length);
    }
}
