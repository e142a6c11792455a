using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Ingest;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Archive;

/// <summary>
/// Puts what is kept of a session back to where its agent looks for it, byte for byte. Never writes over a file that is
/// there. The files get the present as their time: with the old one their agent would delete them at its next start.
/// </summary>
internal sealed class SessionRestore(TranscriptArchive archive, ArchiveStore store, IEnumerable<ITranscriptFormat> formats, TimeProvider clock)
{
    public sealed record RestoredFile(string Path, long Bytes);

    public Result<List<RestoredFile>> Restore(string sessionId, CancellationToken ct)
    {
        var kept = store.OfSession(sessionId);
        if (kept.Count == 0)
        {
            return SessionProblems.NothingKept(sessionId);
        }

        var gone = kept.FindAll(k => FileStamp.Of(PackedFile.Located(k.Path)) is null);
        if (gone.Count == 0)
        {
            return SessionProblems.SourceIsThere(kept[0].Path);
        }

        var restored = new List<RestoredFile>();
        foreach (var file in gone)
        {
            ct.ThrowIfCancellationRequested();
            if (!BelongsToItsAgent(file))
            {
                return SessionProblems.NotRestored(file.Path, "it is no place of a transcript of this agent");
            }

            if (Write(file) is { } problem)
            {
                return problem;
            }

            restored.Add(new RestoredFile(file.Path, file.Bytes));
        }

        return restored;
    }

    /// <summary>The path comes from a row that may have been made from a file of frames: it must not lead elsewhere.</summary>
    private bool BelongsToItsAgent(KeptFile file) => Path.GetFullPath(file.Path) == file.Path
        && file.Path.StartsWith(Path.TrimEndingDirectorySeparator(file.Root) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        && formats.Any(f => f.Agent == file.Agent && f.IsTranscript(file.Path));

    private Problem? Write(KeptFile file)
    {
        var folder = Path.GetDirectoryName(file.Path) ?? "/";
        var aside = Path.Combine(folder, $".muse-restore-{Guid.CreateVersion7(clock.GetUtcNow()):n}");
        try
        {
            Directory.CreateDirectory(folder);
            using (var bytes = archive.Open(file))
            using (var target = File.OpenHandle(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                if (bytes is null)
                {
                    return SessionProblems.NotRestored(file.Path, "what was kept of it cannot be opened; ./muse archive verify says why");
                }

                foreach (var index in Enumerable.Range(0, store.Frames(file.Id).Count))
                {
                    if (bytes.Check(index) is { } damage)
                    {
                        return SessionProblems.NotRestored(file.Path, $"frame {index} of what was kept is damaged ({damage}); ./muse archive verify names all");
                    }
                }

                TranscriptArchive.CopyTo(bytes, target);
                RandomAccess.FlushToDisk(target);
            }

            // Fails if somebody made the file meanwhile.
            File.Move(aside, file.Path, overwrite: false);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return File.Exists(file.Path) ? SessionProblems.SourceIsThere(file.Path) : SessionProblems.NotRestored(file.Path, e.Message);
        }
        finally
        {
            if (File.Exists(aside))
            {
                File.Delete(aside);
            }
        }
    }
}
