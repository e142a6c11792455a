namespace Muse.Sessions.Ingest;

/// <summary>Bytes committed a second over the last few seconds.</summary>
internal sealed class IngestRate(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private readonly Queue<(long At, long Bytes)> _recent = new();
    private long _sum;

    public void Add(long bytes)
    {
        lock (_lock)
        {
            _recent.Enqueue((clock.GetTimestamp(), bytes));
            _sum += bytes;
            Forget();
        }
    }

    public long BytesPerSecond
    {
        get
        {
            lock (_lock)
            {
                Forget();
                return _recent.Count == 0
                    ? 0
                    : (long)(_sum / Math.Max(0.1, clock.GetElapsedTime(_recent.Peek().At).TotalSeconds));
            }
        }
    }

    private void Forget()
    {
        while (_recent.Count > 0 && clock.GetElapsedTime(_recent.Peek().At) > Window)
        {
            _sum -= _recent.Dequeue().Bytes;
        }
    }
}
