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
        var scope = scopes.CreateAsyncScope();
        try
        {
            foreach (var (seq, fact) in facts)
            {
                for (var attempt = 1; await TryAsync(scope.ServiceProvider, fact, attempt, ct) is { } failure; attempt++)
                {
                    // What a failed reaction left behind must not reach the next.
                    await scope.DisposeAsync();
                    scope = scopes.CreateAsyncScope();
                    if (attempt == Tries)
                    {
                        await ParkAsync(seq, fact, failure, ct);
                        break;
                    }

                    await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)), clock, ct);
                }
            }
        }
        finally
        {
            await scope.DisposeAsync();
        }

        using var write = await Database.EnterWriteAsync(ct);
        await using var connection = Database.Open();
        WriteStored(connection, end);
        return true;
    }

    /// <returns>Null if it succeeded.</returns>
    private async Task<Exception?> TryAsync(IServiceProvider services, IFact fact, int attempt, CancellationToken ct)
    {
        try
        {
            await CallAsync(services, fact, ct);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            ReactionFailed(e, Name, attempt, Tries);
            return e;
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
