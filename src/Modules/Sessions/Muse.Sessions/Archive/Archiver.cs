using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Domain;
using Muse.Sessions.Ingest;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Archive;

/// <summary>
/// Keeps what transcripts have in addition since the last time, once nobody writes to them. Frames go to the disk first
/// and count when their rows are committed: a killed run leaves nothing that is half true, and the next goes on behind it.
/// </summary>
internal sealed partial class Archiver(
    TranscriptArchive archive, ArchiveStore store, DiskRoom room, Retention retention, IEnumerable<ITranscriptFormat> formats, IIngestStatus ingest,
    WorkCounters work, IOptions<ArchiveOptions> options, TimeProvider clock, ILogger<Archiver> logger) : IDisposable
{
    /// <summary>Frames committed together: little is done twice after a crash, and the gate is passed seldom.</summary>
    private const int CommitTogether = 16;

    /// <summary>Between two frames when others need the machine, too: keeping is never urgent.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly byte[] _plain = new byte[FrameWriter.FrameBytes];
    private ArchiveRun _run = new("idle", null, 0, 0, null);

    /// <summary>What is being done now.</summary>
    public ArchiveRun Run => Volatile.Read(ref _run);

    /// <summary>Keeps what is due, at most as much as the settings allow for one look.</summary>
    /// <param name="gently">Waits while others need the machine; tests do not.</param>
    public async Task KeepAsync(bool gently, CancellationToken ct)
    {
        if (!await _one.WaitAsync(TimeSpan.Zero, ct))
        {
            return;
        }

        try
        {
            await RestAsync(gently, ct);
            await store.FollowGenerationsAsync(ct);
            await retention.ApplyAsync(ct);
            var due = Due();
            var left = due.Sum(ToKeep);
            if (due.Count > 0 && room.Shortage(left, store.All()) is { } shortage)
            {
                Tell(new ArchiveRun("paused", shortage, due.Count, left, Run.LastAtMs));
                return;
            }

            var budget = options.Value.MegabytesPerLook * 1_000_000L;
            for (var i = 0; i < due.Count && budget > 0; i++)
            {
                Tell(new ArchiveRun("keeping", null, due.Count - i, left, Run.LastAtMs));
                var kept = await KeepAsync(due[i], gently, ct);
                (left, budget) = (left - kept, budget - kept);
            }

            await retention.ApplyAsync(ct);
            Tell(new ArchiveRun("idle", null, Due().Count, Math.Max(0, left), clock.GetUtcNow().ToUnixTimeMilliseconds()));
        }
        catch (Exception e) when (DiskRoom.IsFull(e))
        {
            var due = Due();
            var left = due.Sum(ToKeep);
            Tell(new ArchiveRun("paused", room.FullMessage(left, store.All()), due.Count, left, Run.LastAtMs));
        }
        catch (SqliteException e)
        {
            Refused(e);
            Tell(Run with { State = "paused", Reason = $"The database cannot be written: {e.Message}. It is tried again by itself." });
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private List<DueFile> Due()
    {
        var quiet = clock.GetUtcNow() - TimeSpan.FromMinutes(options.Value.QuietMinutes);
        return store.Due(quiet.ToUnixTimeMilliseconds() * 1_000_000, retention.OldestNs);
    }

    private long ToKeep(DueFile due) => Math.Max(0, due.Stamp.SizeBytes - (archive.Find(due.Generation)?.Bytes ?? 0));

    private void Tell(ArchiveRun run) => Volatile.Write(ref _run, run);

    /// <returns>Plain bytes kept.</returns>
    private async Task<long> KeepAsync(DueFile due, bool gently, CancellationToken ct)
    {
        var located = PackedFile.Located(due.Path);
        if (FileStamp.Of(located) != due.Stamp)
        {
            // Written to or gone since it was read: the ingest is about to see that, and the next look finds the rest.
            return 0;
        }

        try
        {
            using var source = PackedFile.Open(located);
            var (goesOn, obsolete) = Known(due, source);
            var kept = await AppendAsync(goesOn ?? NewFile(due, source), due, source, gently, ct);
            foreach (var old in obsolete)
            {
                await store.ForgetAsync(old.Id, ct);
                archive.Remove(old);
            }

            return kept;
        }
        catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException && !DiskRoom.IsFull(e)))
        {
            Unreadable(e);
            return 0;
        }
    }

    /// <summary>
    /// What is kept of it already, if its bytes are the first bytes of the source; null if it has to be kept from the start.
    /// And what is worth nothing once it is kept.
    /// </summary>
    private (KeptFile? GoesOn, List<KeptFile> Obsolete) Known(DueFile due, SafeFileHandle source)
    {
        var isDocument = formats.FirstOrDefault(f => f.Agent == due.Agent)?.IsDocument(due.Path) ?? false;
        KeptFile? goesOn = null;
        var obsolete = new List<KeptFile>();
        foreach (var kept in store.OfPath(due.Path))
        {
            var isOwn = kept.Generation == due.Generation;
            if (!kept.Dropped && goesOn is null && !isDocument && IsPrefix(kept, source, wholly: !isOwn))
            {
                goesOn = kept;
            }
            else if (isOwn || isDocument)
            {
                // Given up before it grew, no longer what the source begins with, or a document that was rewritten whole.
                obsolete.Add(kept);
            }
        }

        return (goesOn, obsolete);
    }

    /// <summary>Compares kept frames with the source: the last, since the ingest has proved the growth of a generation, or all.</summary>
    private bool IsPrefix(KeptFile kept, SafeFileHandle source, bool wholly)
    {
        if (kept.Bytes > RandomAccess.GetLength(source) || new FileInfo(archive.PathOf(kept)) is not { Exists: true } file || file.Length < kept.StoredBytes)
        {
            return false;
        }

        var frames = store.Frames(kept.Id);
        return (wholly ? frames : frames.TakeLast(1)).All(frame =>
            Fill(source, frame.Offset, frame.Length) == frame.Length
            && SHA256.HashData(_plain.AsSpan(0, frame.Length)).AsSpan().SequenceEqual(frame.Hash));
    }

    private KeptFile NewFile(DueFile due, SafeFileHandle source)
    {
        var got = Fill(source, 0, 64 << 10);
        var place = formats.FirstOrDefault(f => f.Agent == due.Agent)?.Identify(due.Root, due.Path, _plain.AsSpan(0, got));
        return new KeptFile(
            0, due.Generation, due.Agent, due.Root, due.Path, $"{Guid.CreateVersion7(clock.GetUtcNow()):n}.zst", place ?? new TranscriptPlace(""),
            0, 0, 0, [], due.Stamp, due.ReadBytes, due.ReadHash, Dropped: false);
    }

    private async Task<long> AppendAsync(KeptFile file, DueFile due, SafeFileHandle source, bool gently, CancellationToken ct)
    {
        var (from, total) = (file.Bytes, RandomAccess.GetLength(source));
        file = file with { Generation = due.Generation, Total = total, Stamp = due.Stamp, ReadBytes = due.ReadBytes, ReadHash = due.ReadHash };
        if (from >= total)
        {
            await store.CommitAsync(file, [], ct);
            return 0;
        }

        archive.MakeFolder();
        using var writer = file.Id == 0
            ? FrameWriter.Create(archive.PathOf(file), new FrameHead(file.Agent, file.Root, file.Path, file.Place))
            : FrameWriter.Open(archive.PathOf(file), file.StoredBytes) ?? throw new IOException("The file of frames was cut.");
        var frames = new List<KeptFrame>(CommitTogether);
        for (var offset = from; offset < total;)
        {
            var got = Fill(source, offset, (int)Math.Min(FrameWriter.FrameBytes, total - offset));
            if (got == 0)
            {
                break;
            }

            var chain = file.Chain;
            var note = writer.Append(offset, _plain.AsSpan(0, got), frame => new FrameNote(
                frame, FrameNote.ChainOf(chain, frame.Hash), total, due.Stamp, due.ReadBytes, due.ReadHash));
            frames.Add(note.Frame);
            offset += got;
            file = file with { Bytes = offset, StoredBytes = writer.End, Chain = note.Chain };
            work.Add("archive.bytesRead", got);
            if (frames.Count == CommitTogether || offset >= total)
            {
                writer.Flush();
                file = await store.CommitAsync(file, frames, ct);
                frames.Clear();
            }

            await RestAsync(gently, ct);
        }

        return file.Bytes - from;
    }

    private async Task RestAsync(bool gently, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (gently)
        {
            await Task.Delay(Breath, clock, ct);
            while (!ingest.IsAtRest)
            {
                await Task.Delay(Look, clock, ct);
            }
        }
    }

    private int Fill(SafeFileHandle source, long offset, int length)
    {
        var filled = 0;
        while (filled < length && RandomAccess.Read(source, _plain.AsSpan(filled, length - filled), offset + filled) is > 0 and var got)
        {
            filled += got;
        }

        return filled;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Keeping transcripts pauses: the database refused")]
    private partial void Refused(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A transcript could not be kept now; it is tried again")]
    private partial void Unreadable(Exception exception);
}

/// <summary>What the archive is doing.</summary>
/// <param name="Reason">Why it is paused.</param>
/// <param name="FilesLeft">Transcripts of which something is to be kept.</param>
/// <param name="BytesLeft">Plain bytes of them.</param>
/// <param name="LastAtMs">When a look for what is to be kept last came to its end; null if none has since the start.</param>
internal sealed record ArchiveRun(string State, string? Reason, int FilesLeft, long BytesLeft, long? LastAtMs);
