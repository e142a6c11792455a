using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Muse.Board.Watching;

/// <summary>One key's change as one listener sees it.</summary>
/// <param name="Before">What the listener was last told; null if the key was not there.</param>
/// <param name="Now">What is there; null if it is gone.</param>
internal sealed record LiveChange<TKey, T>(TKey Key, T? Before, T? Now);

/// <summary>
/// What is there now, and for each listener what changed since it last looked. Changes of one key are merged until
/// they are read, so a listener that is slow costs one entry per key and hears of the last state, never of all.
/// </summary>
internal sealed class LiveSet<TKey, T>
    where TKey : notnull
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, T> _now = [];
    private readonly List<Listener> _listeners = [];

    public IReadOnlyCollection<T> Values
    {
        get
        {
            lock (_lock)
            {
                return [.. _now.Values];
            }
        }
    }

    public T? Find(TKey key)
    {
        lock (_lock)
        {
            return _now.GetValueOrDefault(key);
        }
    }

    /// <summary>Makes <paramref name="now"/> the state of all keys that are <paramref name="mine"/>; the others stay.</summary>
    public void Replace(Func<TKey, bool> mine, IReadOnlyDictionary<TKey, T> now)
    {
        lock (_lock)
        {
            var gone = _now.Keys.Where(key => mine(key) && !now.ContainsKey(key)).ToList();
            var changed = now.Where(pair => !pair.Value.Equals(_now.GetValueOrDefault(pair.Key))).ToList();
            foreach (var key in gone.Concat(changed.Select(pair => pair.Key)))
            {
                _listeners.ForEach(listener => listener.Before.TryAdd(key, _now.GetValueOrDefault(key)));
            }

            gone.ForEach(key => _now.Remove(key));
            changed.ForEach(pair => _now[pair.Key] = pair.Value);
            if (gone.Count + changed.Count > 0)
            {
                _listeners.ForEach(listener => listener.Signal.Writer.TryWrite(true));
            }
        }
    }

    /// <summary>First everything that is there, then what changes, until the caller cancels.</summary>
    public async IAsyncEnumerable<LiveChange<TKey, T>> ChangesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var listener = new Listener();
        try
        {
            lock (_lock)
            {
                foreach (var key in _now.Keys)
                {
                    listener.Before[key] = null;
                }

                listener.Signal.Writer.TryWrite(true);
                _listeners.Add(listener);
            }

            await foreach (var _ in listener.Signal.Reader.ReadAllAsync(ct))
            {
                foreach (var change in Take(listener))
                {
                    yield return change;
                }
            }
        }
        finally
        {
            lock (_lock)
            {
                _listeners.Remove(listener);
            }
        }
    }

    private List<LiveChange<TKey, T>> Take(Listener listener)
    {
        lock (_lock)
        {
            var changes = listener.Before.Select(pair => new LiveChange<TKey, T>(pair.Key, pair.Value, _now.GetValueOrDefault(pair.Key)))
                .Where(change => !Equals(change.Before, change.Now)).ToList();
            listener.Before.Clear();
            return changes;
        }
    }

    private sealed class Listener
    {
        /// <summary>What the listener knows of the keys that changed since it last looked.</summary>
        public readonly Dictionary<TKey, T?> Before = [];

        /// <summary>One place: a second change before the first is read needs no second wake-up.</summary>
        public readonly Channel<bool> Signal =
            Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    }
}
