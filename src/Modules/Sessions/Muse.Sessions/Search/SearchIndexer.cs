using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Domain;
using Muse.Sessions.Ingest;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Search;

/// <summary>
/// Fills the index behind the ingest, newest first. It begins when everything is read and projected, and rests whenever
/// somebody's transcript is being read: it is never in a hurry. A killed one goes on where it stood.
/// </summary>
internal sealed partial class SearchIndexer(
    SearchDatabase database, SearchSources sources, SessionReads reads, ItemReader reader, IIngestStatus ingest, FactJournal journal,
    JournalPump pump, WorkCounters work, IOptions<SessionsOptions> options, TimeProvider clock, ILogger<SearchIndexer> logger) : BackgroundService, IRuntimeFigures
{
    /// <summary>A live session writes in bursts; what was said is searchable this much later.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryPaused = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Between two steps of merging, which others need the machine for.</summary>
    private static readonly TimeSpan BetweenMerges = TimeSpan.FromMilliseconds(20);

    /// <summary>How often projections may still be waited for: one that is stuck must not keep the index from being made.</summary>
    private int _patience = 600;
    private SearchStore? _store;

    /// <summary>There may be something to merge: at first what a run before this one left.</summary>
    private bool _isScattered = true;
    private Dictionary<long, SearchPosition> _positions = [];
    private SearchProgress _progress = new("waiting", null, 0, 0, 0);

    public string Name => "search";

    public object Read() => Progress;

    public SearchProgress Progress
    {
        get
        {
            var progress = Volatile.Read(ref _progress);
            return progress with { SizeBytes = database.SizeBytes };
        }
    }

    /// <summary>Indexes everything that is read now; for tests and the loop.</summary>
    /// <param name="rest">Waits until others need the machine less; null to go on whatever they do.</param>
    public async Task IndexAsync(Func<CancellationToken, Task>? rest, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            while (await PassAsync(rest ?? (_ => Task.CompletedTask), ct))
            {
            }

            await MergeAsync(rest, ct);
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        _store?.Dispose();
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (!options.Value.Follow)
        {
            return;
        }

        try
        {
            while (true)
            {
                var appended = journal.Appended;
                await IndexOrPauseAsync(stoppingToken);
                await appended.WaitAsync(stoppingToken);
                await Task.Delay(Breath, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task IndexOrPauseAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await RestAsync(ct);
                await IndexAsync(RestAsync, ct);
                return;
            }
            catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
            {
                var reason = e is SqliteException refused && database.GiveUp(refused)
                    ? "The search index is damaged. Restart Muse: it makes a new one."
                    : $"The search index cannot be written: {e.Message}. It is tried again every {RetryPaused.TotalSeconds:0} s.";
                Paused(e, reason);
                Volatile.Write(ref _progress, _progress with { State = "paused", Reason = reason });
                _store?.Dispose();
                _store = null;
                await Task.Delay(RetryPaused, clock, ct);
            }
        }
    }

    /// <summary>Returns when everything is read and projected.</summary>
    private async Task RestAsync(CancellationToken ct)
    {
        while (!ingest.IsAtRest || (pump.Projected < journal.Last && --_patience > 0))
        {
            await Task.Delay(Look, clock, ct);
        }
    }

    /// <returns>True if there may be more: something new was read meanwhile, and it goes first.</returns>
    private async Task<bool> PassAsync(Func<CancellationToken, Task> rest, CancellationToken ct)
    {
        var appended = journal.Appended;
        if (_store is null)
        {
            _store = new SearchStore(database);
            _positions = _store.Positions();
        }

        var all = sources.All();
        ForgetIfAhead(all);
        await RemoveSupersededAsync(all, rest, ct);
        var isOvertaken = false;
        var writing = Task.CompletedTask;
        var (batch, written) = (new SearchBatch(), new SearchBatch());
        try
        {
            foreach (var source in all)
            {
                if (SearchWork.IsDone(source, _positions.GetValueOrDefault(source.Generation)))
                {
                    continue;
                }

                using var of = new SearchWork(source, _positions.GetValueOrDefault(source.Generation), reads, reader);
                do
                {
                    if (batch.IsFull)
                    {
                        // One batch is made while the one before it is written.
                        await writing;
                        (batch, written) = (written, batch);
                        batch.Clear();
                        writing = WriteAsync(written);
                        Tell(all, "indexing");
                    }

                    await rest(ct);
                    isOvertaken = appended.IsCompleted;
                }
                while (!isOvertaken && await Task.Run(() => of.AddTo(batch), ct));

                if (isOvertaken)
                {
                    break;
                }
            }
        }
        finally
        {
            await writing;
            await WriteAsync(batch);
        }

        Tell(all, isOvertaken ? "indexing" : "idle");
        return isOvertaken;
    }

    /// <summary>Until all is merged or something new is to be written.</summary>
    private async Task MergeAsync(Func<CancellationToken, Task>? rest, CancellationToken ct)
    {
        var appended = journal.Appended;
        while (_isScattered && !appended.IsCompleted)
        {
            _isScattered = await Task.Run(() => _store!.MergeSome(), ct); // the pass made it
            work.Add("search.merges", _isScattered ? 1 : 0);
            if (rest is not null)
            {
                await rest(ct);
                await Task.Delay(BetweenMerges, clock, ct);
            }
        }
    }

    private Task WriteAsync(SearchBatch batch) => batch.IsEmpty ? Task.CompletedTask : Task.Run(() => Write(_store!, batch)); // the pass made it

    private void Write(SearchStore store, SearchBatch batch)
    {
        store.Write(batch);
        _isScattered = true;
        foreach (var (generation, after) in batch.Positions)
        {
            _positions[generation] = after;
        }

        work.Add("search.itemsIndexed", batch.Documents.Count);
        work.Add("search.bytesIndexed", batch.SaidBytes);
    }

    /// <summary>A position beyond what is read belongs to another state of the database, such as a copy that was brought back.</summary>
    private void ForgetIfAhead(List<SearchSource> all)
    {
        if (all.Exists(s => _positions.TryGetValue(s.Generation, out var at) && (at.Next > s.Items || at.Revision > s.Revision)))
        {
            _store!.Empty(); // the pass made it
            _positions.Clear();
        }
    }

    private async Task RemoveSupersededAsync(List<SearchSource> all, Func<CancellationToken, Task> rest, CancellationToken ct)
    {
        foreach (var generation in _positions.Keys.Except(all.Select(s => s.Generation)).ToList())
        {
            await rest(ct);
            while (await Task.Run(() => _store!.RemoveSome(generation), ct) is > 0 and var removed) // the pass made it
            {
                work.Add("search.documentsRemoved", removed);
            }

            _positions.Remove(generation);
        }
    }

    private void Tell(List<SearchSource> all, string state) => Volatile.Write(ref _progress, new SearchProgress(
        state, null, all.Sum(s => s.Items), all.Sum(s => _positions.GetValueOrDefault(s.Generation)?.Items ?? 0), 0));

    [LoggerMessage(Level = LogLevel.Error, Message = "Search indexing pauses: {Reason}")]
    private partial void Paused(Exception exception, string reason);
}
