namespace Muse.Sessions.Ingest;

/// <summary>
/// Files waiting to be read, each once: those somebody writes to now before everything else, then newest first, so that
/// what a person looks for first is there first. A file is with one reader at a time. Bounded by the number of files.
/// </summary>
internal sealed class IngestQueue : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<TrackedFile> _hot = new();
    private readonly PriorityQueue<TrackedFile, long> _cold = new();
    private readonly HashSet<TrackedFile> _waiting = [];
    private readonly HashSet<TrackedFile> _taken = [];

    /// <summary>Came up while another reader had them: they wait again when it is done.</summary>
    private readonly HashSet<TrackedFile> _takenAgain = [];
    private readonly SemaphoreSlim _available = new(0);

    /// <summary>Files that wait or are being read.</summary>
    public int Unfinished
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count + _taken.Count;
            }
        }
    }

    /// <summary>The file's reader has read it.</summary>
    public void Done(TrackedFile file)
    {
        bool again;
        lock (_lock)
        {
            _taken.Remove(file);
            again = _takenAgain.Remove(file);
        }

        if (again)
        {
            Add(file, file.Hot, file.Seen?.ModifiedNs ?? 0);
        }
    }

    /// <param name="hot">A change was just seen.</param>
    /// <param name="modifiedNs">Newest first among the others.</param>
    public void Add(TrackedFile file, bool hot, long modifiedNs)
    {
        lock (_lock)
        {
            if (!_waiting.Add(file))
            {
                if (!hot || file.Hot)
                {
                    return;
                }

                // Promoted: the entry in the cold queue is skipped when it comes up.
                file.Hot = true;
                _hot.Enqueue(file);
                return;
            }

            file.Hot = hot;
            if (hot)
            {
                _hot.Enqueue(file);
            }
            else
            {
                _cold.Enqueue(file, -modifiedNs);
            }
        }

        _available.Release();
    }

    public async Task<TrackedFile> TakeAsync(CancellationToken ct)
    {
        while (true)
        {
            await _available.WaitAsync(ct);
            lock (_lock)
            {
                var file = Next();
                if (_taken.Add(file))
                {
                    return file;
                }

                _takenAgain.Add(file);
            }
        }
    }

    private TrackedFile Next()
    {
        while (true)
        {
            var file = _hot.Count > 0 ? _hot.Dequeue() : _cold.Dequeue();
            if (_waiting.Remove(file))
            {
                return file;
            }
        }
    }

    /// <summary>True if a file that is being written to waits: a long cold file makes room between two reads.</summary>
    public bool HasHot
    {
        get
        {
            lock (_lock)
            {
                return _hot.Count > 0;
            }
        }
    }

    public void Dispose() => _available.Dispose();
}
