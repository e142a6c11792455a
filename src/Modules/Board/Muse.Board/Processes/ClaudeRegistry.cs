using System.Globalization;
using Muse.Board.Watching;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Processes;

/// <summary>
/// Follows the folders in which running Claude Codes keep their files. Each change of a file is read at once; the last
/// readable content counts, since files are rewritten in place and may be met half-written.
/// </summary>
/// <param name="changed">Called after an entry appeared, changed or went; from any thread.</param>
internal sealed class ClaudeRegistry(WorkCounters work, Action<int> changed) : IDisposable
{
    private const int LongestFile = 256 << 10;

    /// <summary>A configuration folder each; more than a person has.</summary>
    private const int MostRoots = 32;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FolderWatch?> _roots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClaudeRegistryEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Entries by pid. Dead ones are among them: compare <see cref="ClaudeRegistryEntry.ProcStart"/>.</summary>
    public ILookup<int, ClaudeRegistryEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return _entries.Values.ToLookup(e => e.Pid);
            }
        }
    }

    /// <summary>Follows a configuration folder, whether or not it exists yet.</summary>
    public void Add(string root)
    {
        lock (_lock)
        {
            if (!Path.IsPathFullyQualified(root) || _roots.Count >= MostRoots || !_roots.TryAdd(root, null))
            {
                return;
            }
        }

        var watch = new FolderWatch(Path.Combine(root, "sessions"), path => Look(root, path));
        lock (_lock)
        {
            _roots[root] = watch;
        }
    }

    /// <summary>Reads every file: for what no event told.</summary>
    public void Sweep()
    {
        List<KeyValuePair<string, FolderWatch?>> roots;
        lock (_lock)
        {
            roots = [.. _roots];
        }

        foreach (var (root, watch) in roots)
        {
            watch?.Refresh();
            LookAtAll(root);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var watch in _roots.Values)
            {
                watch?.Dispose();
            }

            _roots.Clear();
        }
    }

    private void Look(string root, string? path)
    {
        if (path is null)
        {
            LookAtAll(root);
        }
        else if (PidOf(path) is { } pid)
        {
            Read(root, path, pid);
        }
    }

    private void LookAtAll(string root)
    {
        string[] files;
        try
        {
            files = Directory.GetFiles(Path.Combine(root, "sessions"), "*.json");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            files = [];
        }

        List<string> gone;
        lock (_lock)
        {
            gone = [.. _entries.Where(e => e.Value.Root == root).Select(e => e.Key).Except(files, StringComparer.Ordinal)];
        }

        foreach (var path in files.Concat(gone))
        {
            Look(root, path);
        }
    }

    private void Read(string root, string path, int pid)
    {
        work.Add("registry.reads");
        lock (_lock)
        {
            // Read under the lock: of two readers the later must also be the one whose content stays.
            var (entry, exists) = Content(root, path, pid);
            if (exists ? entry is null || entry.Equals(_entries.GetValueOrDefault(path)) : !_entries.Remove(path))
            {
                return;
            }

            if (entry is not null)
            {
                _entries[path] = entry;
            }
        }

        changed(pid);
    }

    private static (ClaudeRegistryEntry? Entry, bool Exists) Content(string root, string path, int pid)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var bytes = new byte[Math.Min(file.Length, LongestFile)];
            return (ClaudeRegistryEntry.Read(pid, root, bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false))), true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, File.Exists(path));
        }
    }

    private static int? PidOf(string path) => Path.GetExtension(path) == ".json"
        && int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
        ? pid
        : null;
}
