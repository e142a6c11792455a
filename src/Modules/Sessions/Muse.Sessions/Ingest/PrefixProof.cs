using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Muse.Sessions.Ingest;

/// <summary>
/// A running hash of everything before the committed offset, the same however the file was cut into reads. Growth is
/// proved by the last bytes alone; a file that changed without growing, or came back under another inode, is hashed
/// whole once. Not a cryptographic hash: it tells a rewrite from an append, it does not resist an attacker.
/// </summary>
internal struct PrefixProof
{
    /// <summary>Bytes before the committed offset that are compared on every read.</summary>
    public const int TailLength = 64;
    private const ulong Prime = 0x9E3779B97F4A7C15;
    private const int Size = 8 + 8 + 1;

    private ulong _hash;
    private ulong _partial;
    private byte _partialLength;
    private byte[] _tail;

    public static PrefixProof Load(ReadOnlySpan<byte> saved) => saved.Length < Size
        ? new PrefixProof { _tail = [] }
        : new PrefixProof
        {
            _hash = BinaryPrimitives.ReadUInt64LittleEndian(saved),
            _partial = BinaryPrimitives.ReadUInt64LittleEndian(saved[8..]),
            _partialLength = saved[16],
            _tail = saved[Size..].ToArray(),
        };

    /// <summary>Of the first bytes of a file; null if it has fewer.</summary>
    public static PrefixProof? Of(SafeFileHandle file, long length)
    {
        var proof = Load([]);
        var buffer = new byte[TranscriptChunk.Target];
        for (var offset = 0L; offset < length;)
        {
            var got = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - offset)), offset);
            if (got == 0)
            {
                return null;
            }

            proof.Append(buffer.AsSpan(0, got));
            offset += got;
        }

        return proof;
    }

    public readonly byte[] Save()
    {
        var saved = new byte[Size + _tail.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(saved, _hash);
        BinaryPrimitives.WriteUInt64LittleEndian(saved.AsSpan(8), _partial);
        saved[16] = _partialLength;
        _tail.CopyTo(saved.AsSpan(Size));
        return saved;
    }

    /// <summary>The last bytes before the committed offset, at most <see cref="TailLength"/>.</summary>
    public readonly ReadOnlySpan<byte> Tail => _tail;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var all = bytes;
        while (_partialLength != 0 && bytes.Length > 0)
        {
            AppendByte(bytes[0]);
            bytes = bytes[1..];
        }

        var hash = _hash;
        while (bytes.Length >= 8)
        {
            hash = (ulong.RotateLeft(hash, 23) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Prime;
            bytes = bytes[8..];
        }

        _hash = hash;
        foreach (var b in bytes)
        {
            AppendByte(b);
        }

        _tail = all.Length >= TailLength
            ? all[^TailLength..].ToArray()
            : [.. _tail.AsSpan(Math.Max(0, _tail.Length + all.Length - TailLength)), .. all];
    }

    private void AppendByte(byte b)
    {
        _partial |= (ulong)b << (_partialLength * 8);
        if (++_partialLength == 8)
        {
            _hash = (ulong.RotateLeft(_hash, 23) ^ _partial) * Prime;
            (_partial, _partialLength) = (0, 0);
        }
    }
}
