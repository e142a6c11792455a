using System.Diagnostics;

namespace Muse.Benchmarks;

/// <summary>One open event stream: counts the item events it gets and tells when an awaited text came.</summary>
internal sealed class Watcher
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Expected? _expected;
    private int _events;

    public Watcher(HttpClient client, string path, CancellationToken ct) => _ = ReadAsync(client, path, ct);

    /// <summary>The stream has said hello.</summary>
    public Task Ready => _ready.Task;

    public int Events => Volatile.Read(ref _events);

    /// <summary>Completes with the time stamp at which the text arrived.</summary>
    public Task<long> Expect(string text)
    {
        var expected = new Expected(text, new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        _expected = expected;
        return expected.Seen.Task;
    }

    private async Task ReadAsync(HttpClient client, string path, CancellationToken ct)
    {
        try
        {
            using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, ct);
            using var reader = new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(ct));
            while (await reader.ReadLineAsync(ct) is { } line)
            {
                if (line == "event: hello")
                {
                    _ready.TrySetResult();
                }
                else if (line == "event: items")
                {
                    Interlocked.Increment(ref _events);
                }
                else if (_expected is { } expected && line.Contains(expected.Text, StringComparison.Ordinal))
                {
                    expected.Seen.TrySetResult(Stopwatch.GetTimestamp());
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            _ready.TrySetException(e);
        }
    }

    private sealed record Expected(string Text, TaskCompletionSource<long> Seen);
}
