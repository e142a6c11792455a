using System.IO.Enumeration;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Ingest;

/// <summary>A transcript found on disk.</summary>
/// <param name="Path">The name it is known under: of a packed file the plain one.</param>
/// <param name="Stamp">Of the file as it lies there, packed or not.</param>
internal readonly record struct FoundFile(ITranscriptFormat Format, string Root, string Path, FileStamp Stamp);

/// <summary>What a walk saw of one root; the page and the doctor tell it.</summary>
internal sealed record RootReport(AgentRoot Root, bool Exists, bool Readable, string? Problem, int Files);

/// <summary>
/// Walks the roots for transcripts. Links are followed once: a folder or file that was reached already, by device and
/// inode, is not taken again under another name.
/// </summary>
internal sealed class TranscriptWalk(IEnumerable<ITranscriptFormat> formats, AgentEnvironment environment)
{
    /// <summary>Deeper folders hold no transcripts in any known layout; also the guard against what links cannot be told by inode.</summary>
    private const int Deepest = 12;
    private static readonly EnumerationOptions Plainly = new() { AttributesToSkip = default, IgnoreInaccessible = false };

    public IReadOnlyList<AgentRoot> Roots { get; } = [.. formats.SelectMany(f => f.Roots(environment)).DistinctBy(r => (r.Agent, r.Path))];

    public ITranscriptFormat FormatOf(AgentRoot root) => formats.First(f => f.Agent == root.Agent);

    /// <summary>Everything there is now, and a report for each root.</summary>
    public (List<FoundFile> Files, List<RootReport> Reports) Everything()
    {
        var files = new List<FoundFile>();
        var reports = new List<RootReport>();
        var seen = new HashSet<(long, long)>();
        foreach (var root in Roots)
        {
            var before = files.Count;
            var format = FormatOf(root);
            var folder = format.TranscriptFolder(root.Path);
            string? problem = null;
            if (Directory.Exists(folder) && FileStamp.Of(folder) is { } stamp)
            {
                Walk(format, root.Path, folder, stamp, 0, seen, files, ref problem);
            }

            reports.Add(new RootReport(root, Directory.Exists(root.Path), problem is null, problem, files.Count - before));
        }

        return (files, reports);
    }

    /// <summary>The transcripts below one folder that appeared.</summary>
    public List<FoundFile> Folder(AgentRoot root, string folder)
    {
        var files = new List<FoundFile>();
        string? problem = null;
        if (FileStamp.Of(folder) is { } stamp)
        {
            Walk(FormatOf(root), root.Path, folder, stamp, 0, [], files, ref problem);
        }

        return files;
    }

    /// <summary>
    /// The name under which a file's transcript is known; null if it is none, or is packed and still there unpacked, too.
    /// A document is never packed.
    /// </summary>
    public static string? KnownAs(ITranscriptFormat format, string path)
    {
        if (!PackedFile.IsPacked(path))
        {
            return format.IsTranscript(path) ? path : null;
        }

        var plain = PackedFile.PlainName(path);
        return format.IsTranscript(plain) && !format.IsDocument(plain) && !File.Exists(plain) ? plain : null;
    }

    private static void Walk(
        ITranscriptFormat format, string root, string folder, FileStamp self, int depth, HashSet<(long, long)> seen, List<FoundFile> files, ref string? problem)
    {
        if (depth > Deepest || (self.Inode != 0 && !seen.Add((self.Device, self.Inode))))
        {
            return;
        }

        try
        {
            // One question to the file system for each file: this runs every few seconds over all there are.
            var links = new List<(string Path, bool IsFolder)>();
            foreach (var (path, isFolder) in Entries(folder))
            {
                if (!isFolder && KnownAs(format, path) is null)
                {
                    continue;
                }

                if (FileStamp.OfEntry(path) is { } stamp)
                {
                    Take(path, isFolder, stamp, ref problem);
                }
                else
                {
                    links.Add((path, isFolder));
                }
            }

            // Links last: a file keeps the name it really has, also when a link to it appears later.
            foreach (var (path, isFolder) in links)
            {
                if (FileStamp.Of(path) is { } stamp)
                {
                    Take(path, isFolder, stamp, ref problem);
                }
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // A folder that vanished between two looks is no problem; one that may not be read is.
            if (e is UnauthorizedAccessException)
            {
                problem = $"{folder} may not be read: {e.Message}";
            }
        }

        void Take(string path, bool isFolder, FileStamp stamp, ref string? problem)
        {
            if (isFolder)
            {
                Walk(format, root, path, stamp, depth + 1, seen, files, ref problem);
            }
            else if (KnownAs(format, path) is { } known && (stamp.Inode == 0 || seen.Add((stamp.Device, stamp.Inode))))
            {
                files.Add(new FoundFile(format, root, known, stamp));
            }
        }
    }

    /// <summary>A link to a folder is a folder.</summary>
    private static FileSystemEnumerable<(string Path, bool IsFolder)> Entries(string folder) =>
        new(folder, static (ref entry) => (entry.ToFullPath(), entry.IsDirectory), Plainly);
}
