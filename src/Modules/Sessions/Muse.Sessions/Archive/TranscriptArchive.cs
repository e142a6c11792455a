using Microsoft.Win32.SafeHandles;
using Muse.BuildingBlocks.Persistence;
using Muse.Sessions.Domain;

namespace Muse.Sessions.Archive;

/// <summary>Everything that is kept: rows in <c>muse.db</c>, frames in files beside it (docs/adr/0030).</summary>
internal sealed class TranscriptArchive(MuseDatabase database, ArchiveStore store)
{
    /// <summary>Where the files of frames are; made by the first that is written.</summary>
    public string Folder { get; } = Path.Combine(Path.GetDirectoryName(database.Path) ?? ".", "archive");

    public string PathOf(KeptFile kept) => Path.Combine(Folder, kept.File);

    /// <summary>Everything that is kept, with what was dropped.</summary>
    public List<KeptFile> All() => store.All();

    /// <summary>What is kept of a generation; null if nothing is.</summary>
    public KeptFile? Find(long generation) => store.Of(generation);

    /// <summary>What is kept of a file that is gone: of the generation that was read, or the latest if none was.</summary>
    public KeptFile? FindPath(string path, long generation) => generation != 0 ? Find(generation) : store.OfPath(path).Find(k => !k.Dropped);

    /// <summary>The bytes of a kept file; null if its file cannot be opened.</summary>
    public KeptBytes? Open(KeptFile kept)
    {
        try
        {
            return KeptBytes.Open(PathOf(kept), store.Frames(kept.Id));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A copy of the plain bytes that vanishes with its handle.</summary>
    /// <exception cref="IOException">They cannot be read, or there is no room for them.</exception>
    public SafeFileHandle Unpack(KeptFile kept)
    {
        using var bytes = Open(kept) ?? throw new IOException("What was kept of it is gone.");
        var copy = PackedFile.NewUnnamed();
        try
        {
            CopyTo(bytes, copy);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>Writes all plain bytes.</summary>
    /// <exception cref="IOException">A frame is damaged, or there is no room.</exception>
    public static void CopyTo(KeptBytes bytes, SafeFileHandle to)
    {
        var buffer = new byte[FrameWriter.FrameBytes];
        for (var offset = 0L; offset < bytes.Length;)
        {
            var got = bytes.Read(offset, buffer);
            if (got == 0)
            {
                throw new IOException($"What was kept of it is damaged at byte {offset}. ./muse archive verify names the frame.");
            }

            RandomAccess.Write(to, buffer.AsSpan(0, got), offset);
            offset += got;
        }
    }

    /// <summary>The folder, for its owner only.</summary>
    public void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Folder);
        }
        else
        {
            Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Removes a file of frames whose row is gone or given up.</summary>
    public void Remove(KeptFile kept)
    {
        if (File.Exists(PathOf(kept)))
        {
            File.Delete(PathOf(kept));
        }
    }
}
