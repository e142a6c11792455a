using Muse.Sessions.Domain;
using Muse.Sessions.Ingest;

namespace Muse.Sessions.Archive;

/// <summary>What of a kept file is not as it was kept.</summary>
/// <param name="Path">The transcript.</param>
/// <param name="File">The file of frames.</param>
/// <param name="Frame">Counted from 0; null if it is the file as a whole.</param>
/// <param name="Offset">First byte of the transcript that is affected.</param>
/// <param name="KeptAgain">Its source is there unchanged: it is kept anew by the next look.</param>
internal sealed record Damage(string Path, string File, int? Frame, long Offset, long Length, string Problem, bool KeptAgain);

/// <param name="Bytes">Plain bytes whose hashes were compared.</param>
internal sealed record VerifyReport(int Files, int Frames, long Bytes, IReadOnlyList<Damage> Damages);

/// <summary>Holds every byte of the archive to the hashes it was kept with: heads, notes, frames, and the chain over all frames of a file.</summary>
internal sealed class ArchiveVerification(TranscriptArchive archive, ArchiveStore store)
{
    private const int LongestHead = 1 << 20;

    public async Task<VerifyReport> VerifyAsync(CancellationToken ct)
    {
        var (frames, bytes, damages) = (0, 0L, new List<Damage>());
        var files = store.All().FindAll(k => !k.Dropped);
        foreach (var kept in files)
        {
            ct.ThrowIfCancellationRequested();
            var rows = store.Frames(kept.Id);
            var found = Look(kept, rows, ct).ToList();
            (frames, bytes) = (frames + rows.Count, bytes + rows.Sum(f => (long)f.Length));
            if (found.Count > 0 && FileStamp.Of(PackedFile.Located(kept.Path)) == kept.Stamp)
            {
                await store.ForgetAsync(kept.Id, ct);
                archive.Remove(kept);
                found = found.ConvertAll(d => d with { KeptAgain = true });
            }

            damages.AddRange(found);
        }

        return new VerifyReport(files.Count, frames, bytes, damages);
    }

    private IEnumerable<Damage> Look(KeptFile kept, List<KeptFrame> frames, CancellationToken ct)
    {
        Damage Whole(string problem) => new(kept.Path, kept.File, null, 0, kept.Bytes, problem, KeptAgain: false);
        using var bytes = archive.Open(kept);
        if (bytes is null)
        {
            yield return Whole("the file of frames is gone or cannot be opened");
            yield break;
        }

        var (chain, end) = (Array.Empty<byte>(), 0L);
        foreach (var frame in frames)
        {
            (chain, end) = (FrameNote.ChainOf(chain, frame.Hash), frame.Offset == end ? frame.End : -1);
        }

        if (end != kept.Bytes || !chain.AsSpan().SequenceEqual(kept.Chain))
        {
            yield return Whole("the rows of its frames do not add up to the hash of the whole");
            yield break;
        }

        using var file = System.IO.File.OpenHandle(archive.PathOf(kept), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var notes = new NoteCheck(file, kept);
        for (var i = 0; i < frames.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            var note = notes.Check(i, frames[i]);
            if ((bytes.Check(i) ?? note) is { } problem)
            {
                yield return new Damage(kept.Path, kept.File, i, frames[i].Offset, frames[i].Length, problem, KeptAgain: false);
            }
        }
    }

    /// <summary>Compares what stands between the frames with the rows: it is all there is when the rows are lost.</summary>
    private sealed class NoteCheck(Microsoft.Win32.SafeHandles.SafeFileHandle file, KeptFile kept)
    {
        private long _position = -1;

        public string? Check(int index, KeptFrame frame)
        {
            if (index == 0)
            {
                var head = new byte[Math.Min(LongestHead, frame.Position)];
                var read = FrameNote.ReadHead(head.AsSpan(0, RandomAccess.Read(file, head, 0)));
                _position = read?.Length ?? -1;
                if (read?.Head != new FrameHead(kept.Agent, kept.Root, kept.Path, kept.Place))
                {
                    return "the head of its file is damaged";
                }
            }

            var start = _position;
            _position = frame.Position + frame.StoredBytes;
            if (start < 0 || frame.Position - start is < 0 or > LongestHead)
            {
                return "the note before it is not where it was";
            }

            var note = new byte[frame.Position - start];
            return FrameNote.Read(note.AsSpan(0, RandomAccess.Read(file, note, start)), start) is { } found && found.Note.Frame == frame with { Hash = found.Note.Frame.Hash }
                && found.Note.Frame.Hash.AsSpan().SequenceEqual(frame.Hash)
                ? null
                : "the note before it is damaged";
        }
    }
}
