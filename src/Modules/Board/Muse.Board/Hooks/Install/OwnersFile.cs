using System.Globalization;
using System.Text;

namespace Muse.Board.Hooks.Install;

/// <summary>
/// A configuration file that belongs to somebody else: read as strict UTF-8, backed up before it is changed, replaced as
/// a whole, and only if nobody has written to it in between.
/// </summary>
internal sealed class OwnersFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly byte[]? _before;
    private readonly bool _hasMark;

    /// <exception cref="HookFileException">It cannot be read.</exception>
    public OwnersFile(string path)
    {
        // People keep such files elsewhere and link to them: the link stays.
        Path = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        try
        {
            _before = File.Exists(Path) ? File.ReadAllBytes(Path) : null;
            _hasMark = _before is [0xEF, 0xBB, 0xBF, ..];
            Text = _before is null ? "" : Strict.GetString(_before, _hasMark ? 3 : 0, _before.Length - (_hasMark ? 3 : 0));
        }
        catch (DecoderFallbackException)
        {
            throw new HookFileException("it is not UTF-8 text. Mend it, then try again.");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new HookFileException($"it cannot be read ({e.Message}).");
        }
    }

    public string Path { get; }

    public string Text { get; }

    /// <summary>Replaces the file.</summary>
    /// <returns>The backup's path; null if there was no file.</returns>
    /// <exception cref="HookFileException">It was left as it was.</exception>
    public string? Replace(string text, DateTimeOffset now)
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!; // a file has one
        var made = System.IO.Path.Combine(folder, $".{System.IO.Path.GetFileName(Path)}.{Guid.CreateVersion7(now):N}");
        try
        {
            WriteWhole(made, text);
            if (!Same(File.Exists(Path) ? File.ReadAllBytes(Path) : null, _before))
            {
                throw new HookFileException("somebody changed it just now. Try again.");
            }

            var backup = _before is null ? null : $"{Path}.before-muse-{now.ToString("yyyyMMddTHHmmssfff", CultureInfo.InvariantCulture)}";
            if (backup is not null)
            {
                File.Copy(Path, backup, overwrite: false);
            }

            File.Move(made, Path, overwrite: true);
            return backup;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new HookFileException($"it cannot be written ({e.Message}).");
        }
        finally
        {
            File.Delete(made);
        }
    }

    private void WriteWhole(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        UnixFileMode? mode = OperatingSystem.IsWindows() ? null : _before is null ? Private : File.GetUnixFileMode(Path);
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        using (var file = new FileStream(path, options))
        {
            if (_hasMark)
            {
                file.Write([0xEF, 0xBB, 0xBF]);
            }

            file.Write(Strict.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        if (!OperatingSystem.IsWindows() && mode is { } kept)
        {
            // The mask of the process narrows what a file is made with.
            File.SetUnixFileMode(path, kept);
        }
    }

    private static bool Same(byte[]? one, byte[]? other) => one is null ? other is null : other is not null && one.AsSpan().SequenceEqual(other);
}
