namespace Muse.Sessions.Archive;

/// <summary>
/// Makes rows again for files of frames that have none: the database was made anew, or a run was killed before it
/// committed. Reads the notes between the frames; a half-written end does not count.
/// </summary>
internal sealed class ArchiveRecovery(TranscriptArchive archive, ArchiveStore store)
{
    private const int LongestHead = 1 << 20;
    private const int LongestNote = 4 << 10;

    /// <summary>Looks at the folder once, before anything is read or kept.</summary>
    /// <returns>Files of frames that have rows again.</returns>
    public async Task<int> RecoverAsync(CancellationToken ct)
    {
        if (!Directory.Exists(archive.Folder))
        {
            return 0;
        }

        await store.FollowGenerationsAsync(ct);
        var known = store.All();
        known.Where(k => k.Dropped).ToList().ForEach(archive.Remove);
        var names = known.Select(k => k.File).ToHashSet(StringComparer.Ordinal);
        var recovered = 0;
        foreach (var path in Directory.EnumerateFiles(archive.Folder, "*.zst").Order(StringComparer.Ordinal).Where(p => !names.Contains(Path.GetFileName(p))))
        {
            if (Look(path) is { } found)
            {
                await store.CommitAsync(found.File, found.Frames, ct);
                recovered++;
            }
            else
            {
                // Not one whole frame: nothing was kept with it.
                File.Delete(path);
            }
        }

        return recovered;
    }

    private static (KeptFile File, List<KeptFrame> Frames)? Look(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var buffer = new byte[LongestHead];
        if (FrameNote.ReadHead(buffer.AsSpan(0, RandomAccess.Read(file, buffer, 0))) is not { } head)
        {
            return null;
        }

        var notes = new List<FrameNote>();
        var length = RandomAccess.GetLength(file);
        var position = (long)head.Length;
        while (FrameNote.Read(buffer.AsSpan(0, RandomAccess.Read(file, buffer.AsSpan(0, LongestNote), position)), position) is { } read
            && read.Note.Frame.Position + read.Note.Frame.StoredBytes <= length)
        {
            notes.Add(read.Note);
            position = read.Note.Frame.Position + read.Note.Frame.StoredBytes;
        }

        // Only the end can be half-written: frames before it were on the disk when it was begun.
        var frames = notes.ConvertAll(n => n.Frame);
        using (var bytes = KeptBytes.Open(path, frames))
        {
            while (notes.Count > 0 && bytes.Check(notes.Count - 1) is not null)
            {
                notes.RemoveAt(notes.Count - 1);
            }
        }

        return notes.Count == 0 ? null : (ToFile(Path.GetFileName(path), head.Head, notes[^1]), notes.ConvertAll(n => n.Frame));
    }

    private static KeptFile ToFile(string name, FrameHead head, FrameNote last) => new(
        0, 0, head.Agent, head.Root, head.Path, name, head.Place, last.Frame.End, last.Frame.Position + last.Frame.StoredBytes, last.Total, last.Chain,
        last.Stamp, last.ReadBytes, last.ReadHash, Dropped: false);
}
