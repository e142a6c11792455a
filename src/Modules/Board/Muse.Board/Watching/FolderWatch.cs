namespace Muse.Board.Watching;

/// <summary>
/// Tells of changes of the files in one folder, also of a folder that does not exist yet: then its nearest ancestor is
/// watched until it appears. A hint, not a source of truth: callers also look by themselves now and then.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly Action<string?> _changed;
    private FileSystemWatcher? _watcher;
    private string? _watched;
    private DateTime _createdAt;
    private bool _disposed;

    /// <param name="changed">Gets the path of what changed; null when everything has to be looked at.</param>
    public FolderWatch(string folder, Action<string?> changed)
    {
        (_folder, _changed) = (folder, changed);
        Refresh();
    }

    /// <summary>Watches the folder that is there now: it may have appeared, vanished or been made anew.</summary>
    public void Refresh()
    {
        lock (_lock)
        {
            if (_disposed || IsWatching(NearestExisting()))
            {
                return;
            }

            // Once more if a folder appeared before the watch of its ancestor stood, which would not be told of it.
            for (var wanted = NearestExisting(); !IsWatching(wanted); wanted = NearestExisting())
            {
                _watcher?.Dispose();
                _watcher = null;
                try
                {
                    _watcher = Watch(wanted);
                    (_watched, _createdAt) = (wanted, Directory.GetCreationTimeUtc(wanted));
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
                {
                    // Out of inotify watches, not allowed, or gone again: the caller's own looks still find everything.
                    return;
                }
            }
        }

        // What was made before the watch stood was told by nobody.
        _changed(null);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _watcher?.Dispose();
        }
    }

    private bool IsWatching(string path) => _watcher is not null && path == _watched && Directory.GetCreationTimeUtc(path) == _createdAt;

    private FileSystemWatcher Watch(string path)
    {
        var watcher = new FileSystemWatcher(path) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
        if (path == _folder)
        {
            watcher.Created += (_, e) => _changed(e.FullPath);
            watcher.Changed += (_, e) => _changed(e.FullPath);
            watcher.Deleted += (_, e) => _changed(e.FullPath);
            watcher.Renamed += (_, e) => _changed(e.FullPath);
            watcher.Error += (_, _) => _changed(null);
        }
        else
        {
            watcher.NotifyFilter = NotifyFilters.DirectoryName;
            watcher.Filter = Path.GetRelativePath(path, _folder).Split(Path.DirectorySeparatorChar)[0];
            watcher.Created += (_, _) => Refresh();
            watcher.Renamed += (_, _) => Refresh();
        }

        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private string NearestExisting()
    {
        var path = _folder;
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } parent)
        {
            path = parent;
        }

        return path;
    }
}
