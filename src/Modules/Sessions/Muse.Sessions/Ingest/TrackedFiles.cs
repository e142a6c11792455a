namespace Muse.Sessions.Ingest;

/// <summary>Every file the ingest knows, by path. Read by requests while the ingest's tasks change it.</summary>
internal sealed class TrackedFiles : IDisposable
{
    private readonly Dictionary<string, TrackedFile> _files = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    // Shared by those who parse, each another file: what a file has read ahead must not be forgotten in the middle of that.
    private readonly ReaderWriterLockSlim _reading = new();

    /// <summary>Fills the list before the tasks run.</summary>
    public void Load(Func<Dictionary<string, TrackedFile>, long> load, out long lastGeneration) => lastGeneration = load(_files);

    /// <summary>Those that are there now.</summary>
    public List<TrackedFile> Present()
    {
        lock (_lock)
        {
            return [.. _files.Values.Where(f => !f.Missing)];
        }
    }

    /// <summary>The file if it has to be looked at; null if its stamp says that nothing is new.</summary>
    /// <param name="hot">A change was just seen: the stamp is taken when the file is read.</param>
    public TrackedFile? Offer(FoundFile found, bool hot, TimeProvider clock)
    {
        lock (_lock)
        {
            if (!_files.TryGetValue(found.Path, out var file))
            {
                _files[found.Path] = file = new TrackedFile(found.Format, found.Root, found.Path);
            }

            if (file.HasLastLineLeft(found.Stamp, clock))
            {
                file.LastLineTried = found.Stamp;
                return file;
            }

            if (file.Seen == found.Stamp || (file.Seen is null && file.IsRead(found.Stamp)))
            {
                file.Seen = found.Stamp;
                return null;
            }

            file.Seen = hot ? file.Seen : found.Stamp;
            return file;
        }
    }

    /// <summary>Those that are gone, are kept, and were not read by this reader or this database: they are read from the archive.</summary>
    public List<TrackedFile> LeftUnread(Func<TrackedFile, bool> isKept)
    {
        lock (_lock)
        {
            return [.. _files.Values.Where(f => f.IsLeftUnread && isKept(f))];
        }
    }

    /// <summary>Notes which files with rows vanished and which came back.</summary>
    public (List<TrackedFile> Gone, List<TrackedFile> Back) Compare(IEnumerable<FoundFile> found)
    {
        var present = found.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        lock (_lock)
        {
            var known = _files.Values.Where(f => f.TranscriptId != 0).ToList();
            var gone = known.FindAll(f => !f.Missing && !present.Contains(f.Path));
            var back = known.FindAll(f => f.Missing && present.Contains(f.Path));
            foreach (var unread in _files.Values.Where(f => f is { TranscriptId: 0, Missing: true } && present.Contains(f.Path)))
            {
                unread.Missing = false;
            }

            gone.ForEach(file => (file.Missing, file.Seen) = (true, null));
            back.ForEach(file => file.Missing = false);
            return (gone, back);
        }
    }

    /// <summary>Reads on in a file; what it has read ahead stays as it is until this returns.</summary>
    public T Reading<T>(Func<T> read)
    {
        _reading.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            _reading.ExitReadLock();
        }
    }

    /// <summary>One more read is on its way to the writer.</summary>
    public void HandedOn(TrackedFile file)
    {
        lock (_lock)
        {
            file.InFlight++;
        }
    }

    public void Committed(ReadUnit unit)
    {
        lock (_lock)
        {
            unit.File.Committed = unit.After;
            unit.File.InFlight = Math.Max(0, unit.File.InFlight - 1);
        }
    }

    /// <summary>Makes files be read again from where they are committed.</summary>
    public void ForgetReadAhead(Func<TrackedFile, bool> which)
    {
        _reading.EnterWriteLock();
        try
        {
            lock (_lock)
            {
                foreach (var file in _files.Values.Where(which))
                {
                    file.ForgetReadAhead();
                }
            }
        }
        finally
        {
            _reading.ExitWriteLock();
        }
    }

    public void Dispose() => _reading.Dispose();
}
