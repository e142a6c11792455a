using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Archive;
using Muse.Sessions.Domain;
using Muse.Sessions.Live;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Ingest;

/// <summary>
/// Reads every transcript there is and follows them as they grow. Two tasks read and parse, one commits; what a
/// person watches goes first. A failed commit loses nothing: reading starts again at the committed offset.
/// </summary>
internal sealed partial class IngestEngine : BackgroundService, IIngestStatus
{
    /// <summary>Tasks that read and parse, each another file. With more the writer is what everybody waits for.</summary>
    private const int Readers = 2;

    /// <summary>The first page is asked for while the first files are read: until it was served one reader is enough.</summary>
    private static readonly TimeSpan JoinAfter = TimeSpan.FromSeconds(1.5);

    /// <summary>Reads waiting for the writer: enough to keep all tasks busy, little enough to bound memory.</summary>
    private const int ReadAhead = 48;

    /// <summary>Reads committed together while catching up.</summary>
    private const int CommitTogether = 48;
    private static readonly TimeSpan RetryPaused = TimeSpan.FromSeconds(5);
    private readonly TrackedFiles _files = new();
    private readonly IngestQueue _queue = new();
    private readonly Channel<ReadUnit> _units = Channel.CreateBounded<ReadUnit>(ReadAhead);
    private readonly TranscriptWalk _walk;
    private readonly TranscriptWatcher _watcher;
    private readonly IReadOnlyList<ITranscriptFormat> _formats;
    private readonly MuseDatabase _database;
    private readonly FactJournal _journal;
    private readonly WorkCounters _work;
    private readonly LiveFeed _live;
    private readonly SessionReads _reads;
    private readonly TranscriptArchive _archive;
    private readonly ArchiveRecovery _recovery;
    private readonly SessionsOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<IngestEngine> _logger;
    private readonly IngestRate _rate;
    private IReadOnlyList<RootReport> _reports = [];
    private IngestStore? _store;
    private long _lastGeneration;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _pausedBecause;
    private int _uncommitted;

    public IngestEngine(
        IEnumerable<ITranscriptFormat> formats, AgentEnvironment environment, MuseDatabase database, FactJournal journal, WorkCounters work,
        LiveFeed live, SessionReads reads, TranscriptArchive archive, ArchiveRecovery recovery, IOptions<SessionsOptions> options, TimeProvider clock,
        ILogger<IngestEngine> logger)
    {
        (_archive, _recovery) = (archive, recovery);
        (_formats, _database, _journal, _work, _live, _reads) = ([.. formats], database, journal, work, live, reads);
        (_options, _clock, _logger) = (options.Value, clock, logger);
        _walk = new TranscriptWalk(_formats, environment);
        _watcher = new TranscriptWatcher(_walk, found => Offer(found, hot: true), () => _work.Add("ingest.watchOverflows"));
        _rate = new IngestRate(clock);
    }

    public ITranscriptFormat? FormatOf(string agent) => _formats.FirstOrDefault(f => f.Agent == agent);

    public IngestProgress Read()
    {
        var known = _files.Present();
        var total = known.Sum(f => f.Seen?.SizeBytes ?? f.Committed.Stamp.SizeBytes);
        var done = known.Sum(f => Math.Min(f.Committed.Offset, f.Seen?.SizeBytes ?? f.Committed.Offset));
        var filesDone = known.Count(f => f.Committed.Generation != 0 && f.InFlight == 0);
        var state = _pausedBecause is not null ? "paused" : IsReading ? "reading" : "idle";
        var perSecond = state == "reading" ? _rate.BytesPerSecond : 0;
        return new IngestProgress(
            state, _pausedBecause, known.Count, filesDone, total, done, perSecond, perSecond > 0 ? (total - done) / perSecond : null,
            [.. _reports.Select(r => new IngestRoot(
                r.Root.Agent, r.Root.Path, r.Root.From, r.Exists, r.Readable, r.Problem, r.Files,
                known.Where(f => f.Root == r.Root.Path && f.Format.Agent == r.Root.Agent).Select(f => f.SessionId).Distinct().Count()))]);
    }

    /// <summary>
    /// Looks at every root for what no event told: new, changed and vanished files. With nothing new it reads no
    /// transcript and writes no row.
    /// </summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        if (_store is null)
        {
            return;
        }

        if (_options.Follow)
        {
            _watcher.Refresh();
        }

        var (found, reports) = _walk.Everything();
        _reports = reports;
        var (gone, back) = _files.Compare(found);
        found.ForEach(file => Offer(file, hot: false));
        await MarkMissingAsync(gone, missing: true, ct);
        await MarkMissingAsync(back, missing: false, ct);
        foreach (var file in _files.LeftUnread(f => _archive.FindPath(f.Path, f.Committed.Generation) is not null))
        {
            _queue.Add(file, hot: false, file.Committed.Stamp.ModifiedNs);
        }

        _work.Add("ingest.sweeps");
    }

    /// <summary>Completes when the first sweep has found everything there is.</summary>
    public Task Started => _started.Task;

    /// <summary>Waits until everything known is read and committed; for tests and commands.</summary>
    public async Task CaughtUpAsync(CancellationToken ct)
    {
        while (_pausedBecause is null && IsReading)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, ct);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host must not wait for the first sweep before it listens.
        await Task.Yield();
        _store = new IngestStore(_database, _journal, _work, MachineName.Of(_options.Machine, _database));
        await _recovery.RecoverAsync(stoppingToken);
        _files.Load(known => KnownFiles.Load(_database, _formats, known, _archive.All()), out _lastGeneration);
        try
        {
            await SweepAsync(stoppingToken);
            _started.TrySetResult();
            var loops = Enumerable.Range(0, Readers).Select(i => Task.Run(
                async () =>
                {
                    await Task.Delay(i * JoinAfter, _clock, stoppingToken);
                    await ReadLoopAsync(stoppingToken);
                },
                stoppingToken));
            await Task.WhenAll([.. loops, Task.Run(() => CommitLoopAsync(stoppingToken), stoppingToken)]);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task MarkMissingAsync(List<TrackedFile> files, bool missing, CancellationToken ct)
    {
        if (files.Count == 0)
        {
            return;
        }

        var seqs = await _store!.MarkMissingAsync(files, missing, _clock.GetUtcNow().ToUnixTimeMilliseconds(), ct); // made before the first sweep
        foreach (var (file, seq) in files.Zip(seqs))
        {
            _live.Publish(LiveChanges.OfPresence(file, seq));
        }
    }

    public bool IsAtRest => _started.Task.IsCompletedSuccessfully && !IsReading;

    private bool IsReading => _queue.Unfinished > 0 || Volatile.Read(ref _uncommitted) > 0;

    private void Offer(FoundFile found, bool hot)
    {
        if (_files.Offer(found, hot, _clock) is { } file)
        {
            _queue.Add(file, hot, found.Stamp.ModifiedNs);
        }
    }

    private async Task ReadLoopAsync(CancellationToken ct)
    {
        var intake = new TranscriptIntake(_work, _clock, () => Interlocked.Increment(ref _lastGeneration), _archive);
        while (true)
        {
            var file = await _queue.TakeAsync(ct);
            try
            {
                while (_pausedBecause is null && Take(intake, file) is { } unit)
                {
                    Interlocked.Increment(ref _uncommitted);
                    _files.HandedOn(file);
                    await _units.Writer.WriteAsync(_store!.WithFact(unit), ct); // made before this loop starts
                    if (_queue.HasHot)
                    {
                        // Somebody's session is being written to: the rest of this file waits its turn.
                        _queue.Add(file, hot: false, unit.After.Stamp.ModifiedNs);
                        break;
                    }
                }
            }
            finally
            {
                _queue.Done(file);
            }
        }
    }

    private ReadUnit? Take(TranscriptIntake intake, TrackedFile file)
    {
        try
        {
            file.Problem = null;
            return _files.Reading(() => intake.Next(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone, or not allowed: the next sweep looks again; other files go on.
            file.Problem = e.Message;
            return null;
        }
    }

    private async Task CommitLoopAsync(CancellationToken ct)
    {
        var together = new List<ReadUnit>(CommitTogether);
        while (await _units.Reader.WaitToReadAsync(ct))
        {
            together.Clear();
            while (together.Count < CommitTogether && _units.Reader.TryRead(out var unit))
            {
                together.Add(unit);
            }

            DropOvertaken(together);
            try
            {
                var seqs = await _store!.CommitAsync(together, ct); // made before this loop starts
                for (var i = 0; i < together.Count; i++)
                {
                    Committed(together[i], seqs[i]);
                }
            }
            catch (SqliteException e)
            {
                Pause(e, together);
                await WaitForRoomAsync(ct);
            }
            finally
            {
                Interlocked.Add(ref _uncommitted, -together.Count);
            }
        }
    }

    /// <summary>
    /// Takes out reads that do not go on where their file is committed: they were parsed while a pause threw away what
    /// stood before them. Their files are read again from there.
    /// </summary>
    private void DropOvertaken(List<ReadUnit> units)
    {
        var ends = new Dictionary<TrackedFile, Position>();
        var overtaken = units.FindAll(unit =>
        {
            var end = ends.GetValueOrDefault(unit.File, unit.File.Committed);
            var goesOn = (unit.Before.Generation, unit.Before.Offset, unit.Before.Revision) == (end.Generation, end.Offset, end.Revision);
            ends[unit.File] = goesOn ? unit.After : end;
            return !goesOn;
        });
        foreach (var unit in overtaken)
        {
            units.Remove(unit);
            _files.ForgetReadAhead(file => file == unit.File);
            _queue.Add(unit.File, hot: false, unit.After.Stamp.ModifiedNs);
            Interlocked.Decrement(ref _uncommitted);
        }
    }

    private void Committed(ReadUnit unit, long seq)
    {
        _files.Committed(unit);
        _rate.Add(unit.Bytes);
        if (unit.Batch is { } batch)
        {
            if (_live.Subscribers > 0)
            {
                // Rows that an earlier read made are looked up only while somebody watches.
                var changed = batch.Changes.Count > 0 ? _reads.Items(batch.Changes.Select(c => ItemKey.Of(unit.After.Generation, c.Ordinal))) : [];
                _live.Publish(LiveChanges.Of(unit, batch, seq, changed));
            }
        }
    }

    /// <summary>The store refused: a full disk, a lock, damage. Everything read ahead is forgotten and read again later.</summary>
    private void Pause(SqliteException e, List<ReadUnit> failed)
    {
        const int full = 13;
        const int corrupt = 11;
        _pausedBecause = e.SqliteErrorCode switch
        {
            full => "The disk is full. Make room; reading goes on by itself.",
            corrupt => "The database is damaged. Restart Muse: it sets the damaged file aside and reads everything again.",
            _ => $"The database cannot be written: {e.Message}. It is tried again every {RetryPaused.TotalSeconds:0} s.",
        };
        IngestPaused(e, _pausedBecause);
        _live.PublishIngest();
        var dropped = new HashSet<TrackedFile>(failed.Select(u => u.File));
        while (_units.Reader.TryRead(out var unit))
        {
            dropped.Add(unit.File);
            Interlocked.Decrement(ref _uncommitted);
        }

        _files.ForgetReadAhead(file => file.InFlight > 0 || dropped.Contains(file));
    }

    private async Task WaitForRoomAsync(CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(RetryPaused, _clock, ct);
            if (await _store!.CanWriteAsync(ct)) // made before the loops start
            {
                // What came up in the queue meanwhile was passed over: the sweep has to find it again.
                _files.ForgetReadAhead(_ => true);
                _pausedBecause = null;
                _live.PublishIngest();
                await SweepAsync(ct);
                return;
            }
        }
    }

    public override void Dispose()
    {
        _watcher.Dispose();
        _queue.Dispose();
        _files.Dispose();
        _store?.Dispose();
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Ingest pauses: {Reason}")]
    private partial void IngestPaused(Exception exception, string reason);
}
