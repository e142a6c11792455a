using Muse.BuildingBlocks.Persistence;
using Quartz;

namespace Muse.BuildingBlocks.Journal;

/// <summary>Keeps the journal short: facts that transcripts can give again need not be kept behind the slowest reader.</summary>
[DisallowConcurrentExecution]
internal sealed class PruneJob(MuseDatabase database, JournalPump pump) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await pump.StorePositionsAsync(cancellationToken);
        using var write = await database.EnterWriteAsync(cancellationToken);
        using var connection = database.Open();
        FactJournal.Prune(connection);
    }
}
