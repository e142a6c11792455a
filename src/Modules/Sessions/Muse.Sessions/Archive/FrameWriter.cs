using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Muse.Sessions.Archive;

/// <summary>
/// Appends frames to a file of frames. What an earlier run left behind the end that was committed is cut off first.
/// </summary>
internal sealed class FrameWriter : IDisposable
{
    /// <summary>Plain bytes of a frame: what is unpacked to read one line. Measured in docs/adr/0030.</summary>
    public const int FrameBytes = 512 << 10;
    private const int Level = 3;
    private readonly SafeFileHandle _file;
    private readonly Compressor _compressor = new(Level);
    private readonly byte[] _packed = new byte[Compressor.GetCompressBound(FrameBytes)];

    private FrameWriter(SafeFileHandle file, long end)
    {
        (_file, End) = (file, end);
        _compressor.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
    }

    /// <summary>Where the next frame goes: bytes of the file that count so far.</summary>
    public long End { get; private set; }

    /// <summary>A new file, with its head.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    public static FrameWriter Create(string path, FrameHead head)
    {
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        var bytes = FrameNote.Head(head);
        RandomAccess.Write(file, bytes, 0);
        return new FrameWriter(file, bytes.Length);
    }

    /// <summary>Goes on at the end that was committed. Null if the file is gone or shorter than that.</summary>
    public static FrameWriter? Open(string path, long end)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        if (RandomAccess.GetLength(file) < end)
        {
            file.Dispose();
            return null;
        }

        RandomAccess.SetLength(file, end);
        return new FrameWriter(file, end);
    }

    /// <summary>Writes one frame with its note.</summary>
    /// <param name="note">Makes the note of the frame.</param>
    /// <exception cref="IOException">There is no room; what was written of it does not count.</exception>
    public FrameNote Append(long offset, ReadOnlySpan<byte> plain, Func<KeptFrame, FrameNote> note)
    {
        var stored = _compressor.Wrap(plain, _packed);
        var frame = new KeptFrame(offset, plain.Length, 0, stored, SHA256.HashData(plain));
        var before = note(frame).Write();
        RandomAccess.Write(_file, before, End);
        RandomAccess.Write(_file, _packed.AsSpan(0, stored), End + before.Length);
        var written = note(frame with { Position = End + before.Length });
        End = written.Frame.Position + stored;
        return written;
    }

    /// <summary>Returns when everything appended is on the disk.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_file);

    public void Dispose()
    {
        _compressor.Dispose();
        _file.Dispose();
    }
}
