using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Muse.Sessions.Ingest;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Archive;

/// <summary>
/// What stands before each frame in a file of frames: enough to make the rows again if the database is lost. Notes and
/// the head are skippable frames of the Zstandard format, so that <c>zstd -dc FILE</c> gives the transcript without Muse.
/// </summary>
/// <param name="Chain">SHA-256 of the chain before and this frame's hash: a frame that is missing or in another place breaks it.</param>
internal sealed record FrameNote(KeptFrame Frame, byte[] Chain, long Total, FileStamp Stamp, long ReadBytes, byte[] ReadHash)
{
    /// <summary>Bytes before the payload of a skippable frame: its mark and its length.</summary>
    public const int Lead = 8;
    private const int Fixed = 1 + 8 + 4 + 4 + HashBytes + HashBytes + (6 * 8) + SealBytes;

    /// <summary>Of the hash of a note or a head, at its end.</summary>
    private const int SealBytes = 8;
    private const int HashBytes = 32;
    private const byte Version = 1;

    // The format has sixteen marks for what is to be skipped, from 0x184D2A50 on; pzstd uses the first.
    private const uint HeadMark = 0x184D2A5A;
    private const uint NoteMark = 0x184D2A5B;

    public static byte[] ChainOf(byte[] before, byte[] hash) => SHA256.HashData([.. before, .. hash]);

    /// <summary>The head of a file of frames: whose bytes they are.</summary>
    public static byte[] Head(FrameHead head) => Skippable(HeadMark, Sealed(JsonSerializer.SerializeToUtf8Bytes(head, JsonSerializerOptions.Web)));

    /// <summary>The head that starts here, and its length in the file; null if there is none.</summary>
    public static (FrameHead Head, int Length)? ReadHead(ReadOnlySpan<byte> bytes)
    {
        if (PayloadLength(bytes, HeadMark) is not { } length || bytes.Length < Lead + length || !IsWhole(bytes.Slice(Lead, length)))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<FrameHead>(bytes.Slice(Lead, length - SealBytes), JsonSerializerOptions.Web) is { } head ? (head, Lead + length) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] Write()
    {
        var bytes = new byte[Fixed - SealBytes + ReadHash.Length];
        var rest = bytes.AsSpan();
        rest[0] = Version;
        rest = rest[1..];
        Put(ref rest, Frame.Offset);
        BinaryPrimitives.WriteInt32LittleEndian(rest, Frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(rest[4..], Frame.StoredBytes);
        Frame.Hash.CopyTo(rest[8..]);
        Chain.CopyTo(rest[(8 + HashBytes)..]);
        rest = rest[(8 + HashBytes + HashBytes)..];
        foreach (var number in new[] { Total, Stamp.Device, Stamp.Inode, Stamp.SizeBytes, Stamp.ModifiedNs, ReadBytes })
        {
            Put(ref rest, number);
        }

        ReadHash.CopyTo(rest);
        return Skippable(NoteMark, Sealed(bytes));
    }

    /// <summary>The note that starts here, and its length in the file; null if there is none.</summary>
    /// <param name="position">Of these bytes in the file.</param>
    public static (FrameNote Note, int Length)? Read(ReadOnlySpan<byte> bytes, long position)
    {
        if (PayloadLength(bytes, NoteMark) is not { } length || length < Fixed || bytes.Length < Lead + length || bytes[Lead] != Version || !IsWhole(bytes.Slice(Lead, length)))
        {
            return null;
        }

        var rest = bytes.Slice(Lead + 1, length - 1 - SealBytes);
        var offset = Take(ref rest);
        var (plain, stored) = (BinaryPrimitives.ReadInt32LittleEndian(rest), BinaryPrimitives.ReadInt32LittleEndian(rest[4..]));
        var (hash, chain) = (rest.Slice(8, HashBytes).ToArray(), rest.Slice(8 + HashBytes, HashBytes).ToArray());
        rest = rest[(8 + HashBytes + HashBytes)..];
        var total = Take(ref rest);
        var stamp = new FileStamp(Take(ref rest), Take(ref rest), Take(ref rest), Take(ref rest));
        var readBytes = Take(ref rest);
        var frame = new KeptFrame(offset, plain, position + Lead + length, stored, hash);
        return (new FrameNote(frame, chain, total, stamp, readBytes, rest.ToArray()), Lead + length);
    }

    private static byte[] Sealed(byte[] payload) => [.. payload, .. SHA256.HashData(payload).AsSpan(0, SealBytes)];

    private static bool IsWhole(ReadOnlySpan<byte> payload) => payload.Length >= SealBytes
        && SHA256.HashData(payload[..^SealBytes]).AsSpan(0, SealBytes).SequenceEqual(payload[^SealBytes..]);

    /// <summary>Length of the payload of a skippable frame with this mark; null if none starts here.</summary>
    private static int? PayloadLength(ReadOnlySpan<byte> bytes, uint mark) =>
        bytes.Length >= Lead && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == mark && BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) is >= 0 and var length
            ? length
            : null;

    private static byte[] Skippable(uint mark, ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[Lead + payload.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, mark);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), payload.Length);
        payload.CopyTo(bytes.AsSpan(Lead));
        return bytes;
    }

    private static void Put(ref Span<byte> rest, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(rest, number);
        rest = rest[8..];
    }

    private static long Take(ref ReadOnlySpan<byte> rest)
    {
        var number = BinaryPrimitives.ReadInt64LittleEndian(rest);
        rest = rest[8..];
        return number;
    }
}

/// <summary>Whose bytes a file of frames holds.</summary>
/// <param name="Place">What was known of the transcript beside its bytes, such as what its sidecar said.</param>
internal sealed record FrameHead(string Agent, string Root, string Path, TranscriptPlace Place);
