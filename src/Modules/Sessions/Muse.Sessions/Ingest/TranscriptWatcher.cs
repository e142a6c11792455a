using Muse.Sessions.Reading;

namespace Muse.Sessions.Ingest;

/// <summary>
/// Watches the transcript folders. A hint, not a source of truth: creations in new folders get lost (inotify watches
/// them a moment too late), so a folder that appears is walked, and the sweep finds what no event told.
/// </summary>
internal sealed class TranscriptWatcher(TranscriptWalk walk, Action<FoundFile> changed, Action overflowed) : IDisposable
{
    /// <summary>The largest the system takes; about 20,000 events.</summary>
    private const int BufferBytes = 64 << 10;
    private readonly Dictionary<string, FileSystemWatcher> _watchers = new(StringComparer.Ordinal);

    public int Count => _watchers.Count;

    /// <summary>Starts watching roots that appeared and lets go of those that vanished. Called by the sweep.</summary>
    public void Refresh()
    {
        foreach (var root in walk.Roots)
        {
            var folder = walk.FormatOf(root).TranscriptFolder(root.Path);
            var exists = Directory.Exists(folder);
            if (exists && !_watchers.ContainsKey(folder))
            {
                Watch(root, folder);
            }
            else if (!exists && _watchers.Remove(folder, out var gone))
            {
                gone.Dispose();
            }
        }
    }

    private void Watch(AgentRoot root, string folder)
    {
        var format = walk.FormatOf(root);
        FileSystemWatcher watcher;
        try
        {
            watcher = new FileSystemWatcher(folder)
            {
                IncludeSubdirectories = true,
                InternalBufferSize = BufferBytes,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return;
        }

        void OnChange(object sender, FileSystemEventArgs e)
        {
            if (TranscriptWalk.KnownAs(format, e.FullPath) is { } path)
            {
                if (FileStamp.Of(e.FullPath) is { } stamp)
                {
                    changed(new FoundFile(format, root.Path, path, stamp));
                }
            }
            else if (e.ChangeType is WatcherChangeTypes.Created or WatcherChangeTypes.Renamed
                && new DirectoryInfo(e.FullPath) is { Exists: true, LinkTarget: null })
            {
                // A link may lead to what is known under its own name; only the sweep can tell.
                walk.Folder(root, e.FullPath).ForEach(changed);
            }
        }

        watcher.Changed += OnChange;
        watcher.Created += OnChange;
        watcher.Renamed += OnChange;
        watcher.Error += (_, _) => overflowed();
        try
        {
            watcher.EnableRaisingEvents = true;
            _watchers[folder] = watcher;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Out of inotify watches, or not allowed: the sweep still finds every change, some seconds later.
            watcher.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers.Values)
        {
            watcher.Dispose();
        }

        _watchers.Clear();
    }
}
