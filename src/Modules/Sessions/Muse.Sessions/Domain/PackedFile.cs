using Microsoft.Win32.SafeHandles;
using ZstdSharp;

namespace Muse.Sessions.Domain;

/// <summary>
/// Transcripts that their agent packed: <c>x.jsonl</c> became <c>x.jsonl.zst</c>. Muse knows both under the plain name and
/// names places in the plain bytes, so that packing and unpacking change nothing but where the bytes are.
/// </summary>
internal static class PackedFile
{
    private const string Suffix = ".zst";

    /// <summary>More than this is not unpacked: a few bytes can be made to unpack without end.</summary>
    private const long LongestUnpacked = 4L << 30;

    /// <summary>The name under which a file is known.</summary>
    public static string PlainName(string path) => path.EndsWith(Suffix, StringComparison.Ordinal) ? path[..^Suffix.Length] : path;

    /// <summary>Where the bytes of a known file are now. If both are there, the plain one is the newer.</summary>
    public static string Located(string plainName) => !File.Exists(plainName) && File.Exists(plainName + Suffix) ? plainName + Suffix : plainName;

    public static bool IsPacked(string located) => located.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Opens the plain bytes of a file where it is located: itself, or an unpacked copy that vanishes with the handle.</summary>
    /// <exception cref="IOException">The file cannot be read, or not be unpacked.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SafeFileHandle Open(string located) => IsPacked(located)
        ? Unpack(located)
        : File.OpenHandle(located, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static SafeFileHandle Unpack(string packed)
    {
        using var source = new FileStream(packed, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var unpacking = new DecompressionStream(source);

        var copy = NewUnnamed();
        try
        {
            Copy(unpacking, copy);
            return copy;
        }
        catch (ZstdException e)
        {
            copy.Dispose();
            throw new IOException($"It cannot be unpacked: {e.Message}", e);
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>A file in a folder that only this user may enter, and without a name once it is open: nothing is left behind.</summary>
    public static SafeFileHandle NewUnnamed()
    {
        var folder = Directory.CreateTempSubdirectory("muse-unpacked-");
        try
        {
            return File.OpenHandle(Path.Combine(folder.FullName, "plain"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Copy(Stream from, SafeFileHandle to)
    {
        var buffer = new byte[1 << 20];
        var offset = 0L;
        while (from.Read(buffer) is > 0 and var got)
        {
            RandomAccess.Write(to, buffer.AsSpan(0, got), offset);
            offset += got;
            if (offset > LongestUnpacked)
            {
                throw new IOException($"It is larger than {LongestUnpacked >> 30} GB when unpacked, and is not read.");
            }
        }
    }
}
