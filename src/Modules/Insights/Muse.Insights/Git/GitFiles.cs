using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Muse.Insights.Git;

/// <summary>What the files of a repository tell without git: where it is, whether its refs changed, which commits were made where.</summary>
internal static partial class GitFiles
{
    /// <summary>A reflog's end: some ten thousand entries.</summary>
    private const int MostReflogBytes = 2 * 1024 * 1024;

    /// <summary>Folders in which looking may wake another machine or a device.</summary>
    private static readonly string[] NotLookedInto = ["/net/", "/proc/", "/sys/", "/dev/"];

    private static readonly string[] RefFolders = ["refs", "reftable"];

    /// <summary>The nearest folder at or above this one that holds a repository; null if none does. The folder itself may be gone.</summary>
    public static string? FindTop(string folder)
    {
        if (!Path.IsPathRooted(folder) || Array.Exists(NotLookedInto, n => folder.StartsWith(n, StringComparison.Ordinal)) || folder.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        for (var at = Path.GetFullPath(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.Exists(Path.Combine(at, ".git")) || IsBare(at))
            {
                return at;
            }
        }

        return null;
    }

    public static bool IsBare(string folder) =>
        File.Exists(Path.Combine(folder, "HEAD")) && Directory.Exists(Path.Combine(folder, "objects")) && Directory.Exists(Path.Combine(folder, "refs"))
        && Path.GetFileName(folder) != ".git";

    /// <summary>Changes whenever a ref or a HEAD does: sizes and times of the files that hold them.</summary>
    /// <param name="commonDir">What all working trees share.</param>
    /// <param name="gitDirs">Git's folders of the working trees that are read.</param>
    public static string Print(string commonDir, IEnumerable<string> gitDirs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files(commonDir).Concat(gitDirs).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file));
        }

        return Convert.ToHexString(hash.GetHashAndReset().AsSpan(0, 16));
    }

    /// <summary>Commits that the reflog of a working tree says were made there, and not only checked out or fetched.</summary>
    /// <param name="gitDir">Git's folder of this working tree.</param>
    public static IReadOnlySet<string> MadeIn(string gitDir)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(gitDir, "logs", "HEAD"));
            file.Seek(Math.Max(0, file.Length - MostReflogBytes), SeekOrigin.Begin);
            using var reader = new StreamReader(file, Encoding.UTF8);
            return Made().Matches(reader.ReadToEnd()).Select(m => m.Groups["hash"].Value).ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new HashSet<string>();
        }
    }

    /// <summary>The commit that a working tree without a branch stands on; null if it is on a branch or cannot be read.</summary>
    public static string? DetachedHead(string gitDir)
    {
        try
        {
            var head = File.ReadAllText(Path.Combine(gitDir, "HEAD")).Trim();
            return Hash().IsMatch(head) ? head : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Files(string commonDir)
    {
        IEnumerable<string> lone = [Path.Combine(commonDir, "HEAD"), Path.Combine(commonDir, "packed-refs"), Path.Combine(commonDir, "config")];
        var worktrees = Path.Combine(commonDir, "worktrees");
        var heads = Directory.Exists(worktrees) ? Directory.EnumerateDirectories(worktrees).Select(w => Path.Combine(w, "HEAD")) : [];
        foreach (var file in lone.Concat(heads).Select(p => new FileInfo(p)).Where(f => f.Exists))
        {
            yield return Describe(file.FullName, file.Length, file.LastWriteTimeUtc.Ticks);
        }

        foreach (var folder in RefFolders.Select(name => Path.Combine(commonDir, name)).Where(Directory.Exists))
        {
            var all = new FileSystemEnumerable<string>(
                folder,
                (ref FileSystemEntry e) => Describe(e.ToFullPath(), e.Length, e.LastWriteTimeUtc.Ticks),
                new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint })
            {
                ShouldIncludePredicate = (ref FileSystemEntry e) => !e.IsDirectory,
            };
            foreach (var file in all)
            {
                yield return file;
            }
        }
    }

    private static string Describe(string path, long length, long writtenTicks) => $"{path}\n{length}\n{writtenTicks}\n";

    // "old new Name <address> seconds zone\twhat happened"; pulls, checkouts and resets make nothing.
    [GeneratedRegex(@"^[0-9a-f]{40,64} (?<hash>[0-9a-f]{40,64}) [^\t\n]*\t(?:commit|cherry-pick|revert|rebase|am|merge)[ :(]", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Made();

    [GeneratedRegex("^(?:[0-9a-f]{40}|[0-9a-f]{64})$")]
    private static partial Regex Hash();
}
