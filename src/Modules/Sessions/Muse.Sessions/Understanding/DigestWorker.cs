using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Ingest;
using Muse.Sessions.Live;

namespace Muse.Sessions.Understanding;

/// <summary>
/// Makes digests behind the ingest: never while transcripts are being read, and of a session that is being written to only once
/// it pauses or a minute has gone, because each costs a look at all items of the session.
/// </summary>
internal sealed partial class DigestWorker(
    DigestStore store, DigestMaker maker, LiveFeed feed, IIngestStatus ingest, FactJournal journal, WorkCounters work, IOptions<SessionsOptions> options,
    TimeProvider clock, ILogger<DigestWorker> logger) : BackgroundService
{
    /// <summary>A session that was not written to for as long is taken to pause.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    /// <summary>Digests written together: the writer's turn is not taken for longer than a read of a transcript takes it.</summary>
    private const int WriteTogether = 50;
    private const int MostStale = 1000;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);

    /// <summary>Makes all digests that are missing or stale now; for tests.</summary>
    public async Task DigestAsync(CancellationToken ct)
    {
        while (await PassAsync(_ => true, ct) > 0)
        {
        }
    }

    public override void Dispose()
    {
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
                while (!ingest.IsAtRest)
                {
                    await Task.Delay(LookEvery / 10, clock, stoppingToken);
                }

                await PassOrSkipAsync(stoppingToken);
                await (_waiting.Count > 0 ? Task.CompletedTask : appended).WaitAsync(stoppingToken);
                await Task.Delay(LookEvery, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task PassOrSkipAsync(CancellationToken ct)
    {
        try
        {
            while (await PassAsync(IsDue, ct) > 0 && ingest.IsAtRest)
            {
            }
        }
        catch (SqliteException e)
        {
            // A full disk stops the ingest, too, which says so; these are made again with the next look.
            Skipped(e);
        }
    }

    /// <returns>Digests made.</returns>
    private async Task<int> PassAsync(Func<StaleSession, bool> isDue, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            var made = new List<(StaleSession Session, SessionDigest Digest)>();
            foreach (var session in store.Stale(MostStale).Where(isDue).Take(WriteTogether))
            {
                ct.ThrowIfCancellationRequested();
                made.Add((session, maker.Make(session.Id)));
                _waiting.Remove(session.Id);
            }

            if (made.Count > 0)
            {
                await store.WriteAsync(made, ct);
                work.Add("digests.made", made.Count);
                made.ForEach(m => feed.PublishCuration(new LiveMessages.CurationData("digest", m.Session.Id)));
            }

            return made.Count;
        }
        finally
        {
            _one.Release();
        }
    }

    private bool IsDue(StaleSession session)
    {
        if (session.IsNew)
        {
            return true;
        }

        var now = clock.GetTimestamp();
        if (!_waiting.TryGetValue(session.Id, out var waiting))
        {
            _waiting[session.Id] = new Waiting(session.Seq, now, now);
            return false;
        }

        if (waiting.Seq != session.Seq)
        {
            _waiting[session.Id] = waiting = waiting with { Seq = session.Seq, Since = now };
        }

        return clock.GetElapsedTime(waiting.Since, now) >= Pause || clock.GetElapsedTime(waiting.First, now) >= Longest;
    }

    /// <param name="Since">When it was last seen to change.</param>
    /// <param name="First">When it was first seen to be stale.</param>
    private readonly record struct Waiting(long Seq, long Since, long First);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Digests are not written now")]
    private partial void Skipped(Exception exception);
}
