using System.Runtime.InteropServices;

namespace Muse.Sessions.Ingest;

/// <summary>What the file system says of a file: enough to tell growth from replacement.</summary>
internal readonly partial record struct FileStamp(long Device, long Inode, long SizeBytes, long ModifiedNs)
{
    public long ModifiedMs => ModifiedNs / 1_000_000;

    /// <summary>True if nobody has written to the file for a minute: a writer in the middle of a line is done much sooner.</summary>
    public bool IsQuiet(TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds() - ModifiedMs >= 60_000;

    /// <summary>Follows links. Null if there is no such file or it may not be looked at.</summary>
    public static FileStamp? Of(string path) => Look(path, followsLinks: true);

    /// <summary>Of the entry itself. Null also for a link.</summary>
    public static FileStamp? OfEntry(string path) => Look(path, followsLinks: false);

    private static FileStamp? Look(string path, bool followsLinks)
    {
        if (!OperatingSystem.IsLinux())
        {
            FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            return info.Exists && (followsLinks || info.LinkTarget is null)
                ? new FileStamp(0, 0, (info as FileInfo)?.Length ?? 0, new DateTimeOffset(info.LastWriteTimeUtc).ToUnixTimeMilliseconds() * 1_000_000)
                : null;
        }

        const int atCurrentFolder = -100;
        const int noFollow = 0x100;
        const uint basicStats = 0x7ff;
        const int typeOfFile = 0xF000;
        const int link = 0xA000;
        return StatX(atCurrentFolder, path, followsLinks ? 0 : noFollow, basicStats, out var stat) == 0 && (stat.Mode & typeOfFile) != link
            ? new FileStamp(
                ((long)stat.DeviceMajor << 32) | stat.DeviceMinor,
                (long)stat.Inode,
                (long)stat.Size,
                (stat.ModifiedSeconds * 1_000_000_000) + stat.ModifiedNanoseconds)
            : null;
    }

    // .NET tells neither device nor inode. statx has one layout on every architecture (man 2 statx).
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out Buffer result);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Buffer
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(112)]
        public long ModifiedSeconds;

        [FieldOffset(120)]
        public uint ModifiedNanoseconds;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
