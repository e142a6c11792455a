using Muse.Sessions.Ingest;
using Muse.Sessions.Reading.Claude;

namespace Muse.Sessions.Tests.Ingest;

public sealed class QueueTests : IDisposable
{
    private readonly IngestQueue _queue = new();

    public void Dispose() => _queue.Dispose();

    // Fails when two readers can have one file: each would read the same lines.
    [Fact]
    public async Task A_file_is_with_one_reader_at_a_time()
    {
        var (one, other) = (File("one"), File("other"));
        _queue.Add(one, hot: false, 2);
        var first = await _queue.TakeAsync(CancellationToken.None);
        _queue.Add(one, hot: true, 3);
        _queue.Add(other, hot: false, 1);

        var second = await _queue.TakeAsync(CancellationToken.None);
        var third = _queue.TakeAsync(CancellationToken.None);

        Assert.Same(one, first);
        Assert.Same(other, second);
        Assert.False(third.IsCompleted);
        _queue.Done(one);
        Assert.Same(one, await third);
    }

    [Fact]
    public async Task Whatever_waits_or_is_being_read_is_unfinished()
    {
        var file = File("one");
        _queue.Add(file, hot: false, 1);
        Assert.Equal(1, _queue.Unfinished);

        await _queue.TakeAsync(CancellationToken.None);
        Assert.Equal(1, _queue.Unfinished);

        _queue.Done(file);
        Assert.Equal(0, _queue.Unfinished);
    }

    [Fact]
    public async Task Hot_files_come_first_and_then_the_newest()
    {
        var (old, recent, hot) = (File("old"), File("recent"), File("hot"));
        _queue.Add(old, hot: false, 1);
        _queue.Add(recent, hot: false, 2);
        _queue.Add(hot, hot: true, 0);

        TrackedFile[] taken = [await Take(), await Take(), await Take()];

        Assert.Equal([hot, recent, old], taken);
        Task<TrackedFile> Take() => _queue.TakeAsync(CancellationToken.None);
    }

    private static TrackedFile File(string path) => new(new ClaudeFormat(), "/root", path);
}
