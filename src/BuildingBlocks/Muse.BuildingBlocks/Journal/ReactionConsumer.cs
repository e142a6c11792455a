using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Muse.BuildingBlocks.Modules;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts;

namespace Muse.BuildingBlocks.Journal;

/// <summary>A module's reactions: deeds in the world, at least once each. One that throws five times is parked, and the next go on.</summary>
internal sealed partial class ReactionConsumer(
    ModuleDefinition module, IServiceScopeFactory scopes, MuseDatabase database, FactJournal journal, TimeProvider clock, ILogger logger)
    : JournalConsumer(module.Reactions, module.Assembly, typeof(IReaction<>), module.ReactedTo, database, journal)
{
    private const int Tries = 5;

    protected override async Task<bool> HandleAsync(IReadOnlyList<(long Seq, IFact Fact)> facts, long end, CancellationToken ct)
    {
        foreach (var (seq, fact) in facts)
        {
            await ReactOrParkAsync(seq, fact, ct);
        }

        using var write = await Database.EnterWriteAsync(ct);
        await using var connection = Database.Open();
        WriteStored(connection, end);
        return true;
    }

    private async Task ReactOrParkAsync(long seq, IFact fact, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await CallAsync(scope.ServiceProvider, fact, ct);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                ReactionFailed(e, Name, attempt, Tries);
                if (attempt == Tries)
                {
                    await ParkAsync(seq, fact, e, ct);
                    return;
                }

                await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)), clock, ct);
            }
        }
    }

    private async Task ParkAsync(long seq, IFact fact, Exception e, CancellationToken ct)
    {
        using var write = await Database.EnterWriteAsync(ct);
        await using var connection = Database.Open();
        using var park = new PreparedStatement(
            connection, "INSERT OR REPLACE INTO muse_parked (consumer, seq, error, name, payload) VALUES (?, ?, ?, ?, ?)");
        park.Bind(Name).Bind(seq).Bind(e.Message).Bind(FactCatalog.NameOf(fact.GetType())).Bind(FactCatalog.Write(fact)).Execute();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Consumer} failed, try {Attempt} of {Tries}")]
    private partial void ReactionFailed(Exception exception, string consumer, int attempt, int tries);
}
