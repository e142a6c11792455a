using Microsoft.Win32.SafeHandles;

namespace Muse.Sessions.Domain;

/// <summary>The plain bytes of a transcript, wherever they are kept. One thread at a time.</summary>
internal interface ITranscriptBytes : IDisposable
{
    /// <summary>Bytes there are now.</summary>
    long Length { get; }

    /// <summary>Fills the buffer from an offset.</summary>
    /// <returns>Bytes read; fewer than asked for at the end, or where they cannot be read.</returns>
    int Read(long offset, Span<byte> buffer);
}

/// <summary>Those of an open file, which its agent may be writing or deleting.</summary>
internal sealed class FileBytes(SafeFileHandle file) : ITranscriptBytes
{
    public long Length => RandomAccess.GetLength(file);

    public int Read(long offset, Span<byte> buffer)
    {
        var filled = 0;
        while (filled < buffer.Length && RandomAccess.Read(file, buffer[filled..], offset + filled) is > 0 and var got)
        {
            filled += got;
        }

        return filled;
    }

    public void Dispose() => file.Dispose();
}
