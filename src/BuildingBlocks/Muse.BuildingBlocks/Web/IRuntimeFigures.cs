using System.Collections.Concurrent;

namespace Muse.BuildingBlocks.Web;

/// <summary>Figures of one part of the house for <c>GET /api/debug/runtime</c>.</summary>
public interface IRuntimeFigures
{
    /// <summary>Key in the document.</summary>
    string Name { get; }

    /// <summary>A serializable snapshot; must be cheap.</summary>
    object Read();
}

/// <summary>
/// Counts work done: bytes read, rows written, events sent. Tests assert on work instead of on time, since work does
/// not depend on the machine.
/// </summary>
public sealed class WorkCounters : IRuntimeFigures
{
    private readonly ConcurrentDictionary<string, StrongBox> _counters = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public string Name => "work";

    /// <summary>Adds to a counter, for example <c>ingest.bytesRead</c>.</summary>
    public void Add(string counter, long amount = 1) =>
        Interlocked.Add(ref _counters.GetOrAdd(counter, _ => new StrongBox()).Value, amount);

    /// <summary>The counter's value; 0 if nothing was counted.</summary>
    public long this[string counter] => _counters.TryGetValue(counter, out var box) ? Interlocked.Read(ref box.Value) : 0;

    /// <inheritdoc />
    public object Read() => new SortedDictionary<string, long>(
        _counters.ToDictionary(c => c.Key, c => Interlocked.Read(ref c.Value.Value)), StringComparer.Ordinal);

    private sealed class StrongBox
    {
        public long Value;
    }
}
