using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Muse.Sessions.Archive;

/// <summary>Whether the disk has room for what is to be kept, and how much is missing.</summary>
internal sealed class DiskRoom(TranscriptArchive archive, IOptions<ArchiveOptions> options)
{
    /// <summary>Stored part of the plain bytes, as long as nothing is kept that would tell.</summary>
    private const double UsualRatio = 0.25;

    /// <summary>Fewer plain bytes tell nothing about the next.</summary>
    private const long Telling = 10_000_000;

    /// <summary>Why there is not enough room; null if there is.</summary>
    /// <param name="plainBytes">To be kept.</param>
    public string? Shortage(long plainBytes, IReadOnlyList<KeptFile> kept) =>
        FreeBytes() is { } free && free < Needed(plainBytes, kept) + ReserveBytes ? Message(free, plainBytes, kept) : null;

    /// <summary>The same when the disk itself refused.</summary>
    public string FullMessage(long plainBytes, IReadOnlyList<KeptFile> kept) => Message(FreeBytes() ?? 0, plainBytes, kept);

    /// <summary>True if an error says that the disk is full.</summary>
    public static bool IsFull(Exception e)
    {
        const int noSpace = 28;
        const int quota = 122;
        const int sqliteFull = 13;
        return e is SqliteException { SqliteErrorCode: sqliteFull } || (e is IOException && (e.HResult & 0xffff) is noSpace or quota);
    }

    private long ReserveBytes => options.Value.ReserveMegabytes * 1_000_000L;

    private string Message(long free, long plainBytes, IReadOnlyList<KeptFile> kept)
    {
        var missing = Math.Max(1_000_000, Needed(plainBytes, kept) + ReserveBytes - free);
        return string.Create(CultureInfo.InvariantCulture, $"The disk of {archive.Folder} is full: {Megabytes(missing)} MB more are needed to keep what is left ({Megabytes(plainBytes)} MB of transcripts) and to leave {Megabytes(ReserveBytes)} MB to others. Make room; keeping goes on by itself.");
    }

    private static long Needed(long plainBytes, IReadOnlyList<KeptFile> kept)
    {
        var (plain, stored) = (kept.Sum(k => k.Bytes), kept.Sum(k => k.StoredBytes));
        return (long)(plainBytes * (plain > Telling ? (double)stored / plain : UsualRatio));
    }

    private static long Megabytes(long bytes) => (bytes + 999_999) / 1_000_000;

    private long? FreeBytes()
    {
        try
        {
            // The folder may not be made yet: what it will stand in lies on the same disk.
            return new DriveInfo(Directory.Exists(archive.Folder) ? archive.Folder : Path.GetDirectoryName(archive.Folder) ?? "/").AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
