using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Archive;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Ingest;

/// <summary>
/// Takes the next read of a file: proves that it only grew, or starts a new generation, and turns complete lines into a
/// batch. Touches no table. Used by one thread at a time.
/// </summary>
internal sealed class TranscriptIntake(WorkCounters work, TimeProvider clock, Func<long> nextGeneration, TranscriptArchive archive)
{
    private const int HeadLength = 64 << 10;
    private readonly TranscriptChunk _chunk = new();
    private readonly byte[] _head = new byte[HeadLength];

    /// <summary>The last packed file, unpacked: it is read in several goes and must not be unpacked for each.</summary>
    private (FileStamp Stamp, SafeFileHandle Handle)? _unpacked;

    /// <summary>The next read; null if there is nothing new. More may follow: call again until null.</summary>
    /// <exception cref="IOException">The file cannot be read now.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public ReadUnit? Next(TrackedFile file)
    {
        var read = file.Read;
        var located = PackedFile.Located(file.Path);
        var isPacked = PackedFile.IsPacked(located);
        if (FileStamp.Of(located) is not { } stamp)
        {
            return NextKept(file);
        }

        file.Seen = stamp;
        // What an older reader read is read again, though the file is as it was.
        if (read.Generation != 0 && read.ReaderVersion == file.Format.Version && stamp == read.Stamp && (isPacked || read.Offset >= stamp.SizeBytes || file.Format.IsDocument(file.Path)))
        {
            _unpacked?.Handle.Dispose();
            _unpacked = null;
            return null;
        }

        if (isPacked)
        {
            return NextLines(file, new Source(Unpacked(stamp, () => PackedFile.Open(located)), stamp, IsUnpacked: true));
        }

        using var handle = PackedFile.Open(located);
        return Next(file, new Source(handle, stamp, IsUnpacked: false));
    }

    /// <summary>Where the bytes of a read come from.</summary>
    /// <param name="IsUnpacked">The size in its stamp does not tell where the bytes end.</param>
    /// <param name="Kept">Set if the agent's own file is gone and Muse has kept it.</param>
    private readonly record struct Source(SafeFileHandle Handle, FileStamp Stamp, bool IsUnpacked, KeptFile? Kept = null);

    /// <summary>Reads what is kept of a file that is gone: for a newer reader, or for a database that was made anew.</summary>
    private ReadUnit? NextKept(TrackedFile file)
    {
        if (archive.FindPath(file.Path, file.Committed.Generation) is not { } kept)
        {
            return null;
        }

        if (file.Read.Generation != 0 && file.Read.ReaderVersion == file.Format.Version && file.Read.Stamp == kept.Stamp)
        {
            _unpacked?.Handle.Dispose();
            _unpacked = null;
            return null;
        }

        return Next(file, new Source(Unpacked(kept.Stamp, () => archive.Unpack(kept)), kept.Stamp, IsUnpacked: true, kept));
    }

    private ReadUnit? Next(TrackedFile file, Source source) =>
        file.Format.IsDocument(file.Path) ? NextDocument(file, source) : NextLines(file, source);

    private ReadUnit? NextDocument(TrackedFile file, Source source) =>
        file.Place is null && !Identify(file, source) ? null : ReadDocument(file, source);

    private ReadUnit? NextLines(TrackedFile file, Source source)
    {
        var (handle, stamp) = (source.Handle, source.Stamp);
        var read = file.Read;
        var isNew = file.Place is null;
        if (isNew && !Identify(file, source))
        {
            return null;
        }

        var sameFile = read.Generation != 0 && stamp.Inode == read.Stamp.Inode && stamp.Device == read.Stamp.Device;
        var replaced = read.Generation != 0 && RandomAccess.GetLength(handle) < read.Offset;
        if (!replaced && read.Generation != 0 && NeedsFullProof(sameFile, stamp, read))
        {
            replaced = !SamePrefix(handle, read);
        }

        if (!replaced && read.Generation != 0 && read.ReaderVersion == file.Format.Version)
        {
            _chunk.Read(handle, read.Offset, read.Proof.Tail.Length);
            work.Add("ingest.bytesRead", _chunk.BytesRead - Math.Min(_chunk.BytesRead, read.Proof.Tail.Length));
            if (_chunk.Before.Span.SequenceEqual(read.Proof.Tail))
            {
                return Advance(file, read, read, source, 0);
            }
        }

        var start = Position.None with { Generation = nextGeneration(), Stamp = stamp, ReaderVersion = file.Format.Version };
        file.Reader = null;
        if (!isNew)
        {
            // What was replaced may be another session's file now.
            Identify(file, source);
        }

        _chunk.Read(handle, 0, 0);
        work.Add("ingest.bytesRead", _chunk.BytesRead);
        return Advance(file, read, start, source, read.Generation);
    }

    private SafeFileHandle Unpacked(FileStamp stamp, Func<SafeFileHandle> unpack)
    {
        if (_unpacked is not { } held || held.Stamp != stamp)
        {
            _unpacked?.Handle.Dispose();
            _unpacked = null;
            _unpacked = held = (stamp, unpack());
            work.Add("ingest.filesUnpacked", 1);
        }

        return held.Handle;
    }

    /// <summary>A file that changed without growing was rewritten or only touched; one under another inode was replaced or restored.</summary>
    private static bool NeedsFullProof(bool sameFile, FileStamp stamp, Position read) =>
        !sameFile || (stamp.SizeBytes == read.Stamp.SizeBytes && stamp.ModifiedNs != read.Stamp.ModifiedNs && stamp.SizeBytes == read.Offset);

    private bool Identify(TrackedFile file, Source source)
    {
        if (source.Kept is { } kept)
        {
            // What stood beside the file is gone with it.
            file.Place = kept.Place;
            return true;
        }

        var got = RandomAccess.Read(source.Handle, _head, 0);
        work.Add("ingest.headBytesRead", got);
        file.Place = file.Format.Identify(file.Root, file.Path, _head.AsSpan(0, got)) ?? file.Place;
        return file.Place is not null;
    }

    private bool SamePrefix(SafeFileHandle handle, Position read)
    {
        if (PrefixProof.Of(handle, read.Offset) is not { } proof)
        {
            return false;
        }

        work.Add("ingest.bytesVerified", read.Offset);
        return proof.Save().AsSpan().SequenceEqual(read.Proof.Save());
    }

    private ReadUnit? Advance(TrackedFile file, Position before, Position start, Source source, long replaces)
    {
        var (stamp, isUnpacked) = (source.Stamp, source.IsUnpacked);
        var isNew = start.Generation != before.Generation;
        var lines = _chunk.Lines.IsEmpty && IsLastLine(stamp) ? _chunk.Unfinished.Span : _chunk.Lines.Span;
        if (lines.IsEmpty && _chunk.GiantLine <= 0 && !isNew)
        {
            // Nothing complete yet, or only touched: remember the stamp so that the next sweep does not look again.
            if ((isUnpacked || start.Offset >= stamp.SizeBytes) && start.Stamp != stamp)
            {
                file.Read = start with { Stamp = stamp };
                return new ReadUnit(file, start, file.Read, null, Kept: source.Kept?.Id ?? 0);
            }

            return null;
        }

        var place = file.Place!; // identified before the first read
        file.Reader ??= file.Format.Open(place, start.ReaderState);
        var batch = new ReadBatch(start.Items);
        var proof = start.Proof;
        var offset = start.Offset;
        if (_chunk.GiantLine > 0)
        {
            var item = batch.Add(ItemKind.Malformed, offset, (int)Math.Min(int.MaxValue, _chunk.GiantLine - 1));
            item.Preview = $"A line of {_chunk.GiantLine / (1 << 20):N0} MB, too long to read";
            batch.Lines.Malformed++;
            offset += _chunk.GiantLine;
            // The line was not held; the proof starts anew behind it.
            proof = PrefixProof.Load([]);
        }
        else
        {
            // The newline of a last line that was read without it ends that line and begins none.
            var late = offset > 0 && proof.Tail is not [.., (byte)'\n'] && lines is [(byte)'\n', ..] ? 1 : 0;
            ReadLines(file.Reader, lines[late..], offset + late, batch);
            proof.Append(lines);
            offset += lines.Length;
        }

        var after = start with
        {
            Offset = offset,
            Items = batch.NextOrdinal,
            Revision = start.Revision + 1,
            // The size of a packed file does not tell its end: only the read that finds nothing more takes its stamp.
            Stamp = isUnpacked ? stamp with { ModifiedNs = 0 } : stamp,
            Proof = proof,
            ReaderState = file.Reader.SaveState(),
        };
        file.Read = after;
        return new ReadUnit(file, before, after, batch, replaces, Kept: source.Kept?.Id ?? 0);
    }

    /// <summary>
    /// True if what stands behind the last newline is a line too: a whole record, in a file that nobody has written to for
    /// a while. Some writers end a file without a newline, and what was said last must not be missing.
    /// </summary>
    private bool IsLastLine(FileStamp stamp)
    {
        if (_chunk.Unfinished.IsEmpty || !stamp.IsQuiet(clock))
        {
            return false;
        }

        try
        {
            var json = new Utf8JsonReader(_chunk.Unfinished.Span, JsonText.Options);
            return json.Read() && json.TokenType == JsonTokenType.StartObject && json.TrySkip() && !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Feeds every line of a run of complete lines to a reader.</summary>
    public static void ReadLines(ITranscriptReader reader, ReadOnlySpan<byte> lines, long offset, ReadBatch batch)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            var line = end < 0 ? lines : lines[..end];
            var taken = end < 0 ? lines.Length : end + 1;
            var content = line is [.., (byte)'\r'] ? line[..^1] : line;
            if (content.Trim(" \t"u8).IsEmpty)
            {
                batch.Lines.Blank++;
            }
            else
            {
                reader.ReadLine(content, offset, batch);
            }

            lines = lines[taken..];
            offset += taken;
        }
    }

    private ReadUnit? ReadDocument(TrackedFile file, Source source)
    {
        var (handle, stamp) = (source.Handle, source.Stamp);
        if (stamp.SizeBytes is 0 or > TranscriptChunk.LongestLine)
        {
            return null;
        }

        var document = new byte[stamp.SizeBytes];
        var filled = 0;
        while (filled < document.Length && RandomAccess.Read(handle, document.AsSpan(filled), filled) is > 0 and var got)
        {
            filled += got;
        }

        work.Add("ingest.bytesRead", filled);
        var proof = PrefixProof.Load([]);
        proof.Append(document.AsSpan(0, filled));
        var read = file.Read;
        if (read.Generation != 0 && read.ReaderVersion == file.Format.Version && proof.Save().AsSpan().SequenceEqual(read.Proof.Save()))
        {
            file.Read = read with { Stamp = stamp };
            return new ReadUnit(file, read, file.Read, null, Kept: source.Kept?.Id ?? 0);
        }

        Identify(file, source);
        var batch = new ReadBatch(0);
        var reader = file.Format.Open(file.Place!, []);
        reader.ReadDocument(document.AsSpan(0, filled), batch);
        file.Read = new Position(
            nextGeneration(), filled, batch.NextOrdinal, 1, stamp, proof, file.Format.Version, reader.SaveState());
        return new ReadUnit(file, read, file.Read, batch, read.Generation, DropReplaced: true, source.Kept?.Id ?? 0);
    }
}
