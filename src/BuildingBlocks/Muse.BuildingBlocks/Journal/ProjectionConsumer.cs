using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Modules;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts;

namespace Muse.BuildingBlocks.Journal;

/// <summary>
/// A module's projections: its rows and its position change in one transaction. One that throws stops the module at that
/// fact until it succeeds: a gap would be a lie. While the module's version is ahead of its rows it writes to a
/// <see cref="ProjectionRebuild"/> instead.
/// </summary>
internal sealed class ProjectionConsumer(
    ModuleDefinition module, IServiceScopeFactory scopes, MuseDatabase database, FactJournal journal, IEnumerable<IFactSource> sources)
    : JournalConsumer(module.Name, module.Assembly, typeof(IProjection<>), module.Projected, database, journal)
{
    private ProjectionRebuild? _rebuild;

    /// <summary>True while old rows are served because new ones are being made.</summary>
    public bool IsRebuilding => Volatile.Read(ref _rebuild) is not null;

    protected override bool CanStore => !IsRebuilding;

    public override void Dispose()
    {
        _rebuild?.Dispose();
        base.Dispose();
    }

    protected override long Open()
    {
        using var connection = Database.Open();
        if (ReadStored(connection) is not { } stored || stored.Version >= module.ProjectionVersion)
        {
            return base.Open();
        }

        using var scope = scopes.CreateScope();
        Volatile.Write(ref _rebuild, ProjectionRebuild.Start(Database, module, Context(scope), Journal.LastAtStart));
        return 0;
    }

    protected override bool Wants(long seq, IFact fact) => _rebuild?.Wants(seq, fact) ?? true;

    protected override async Task<bool> HandleAsync(IReadOnlyList<(long Seq, IFact Fact)> facts, long end, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        using var write = await Database.EnterWriteAsync(ct);
        if (_rebuild is { } rebuild)
        {
            context.Database.SetDbConnection(rebuild.Connection);
        }

        await context.Database.OpenConnectionAsync(ct);
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        foreach (var (_, fact) in facts)
        {
            await CallAsync(scope.ServiceProvider, fact, ct);
        }

        await context.SaveChangesAsync(ct);
        if (CanStore)
        {
            WriteStored((SqliteConnection)context.Database.GetDbConnection(), end);
        }

        await transaction.CommitAsync(ct);
        return CanStore;
    }

    protected override async Task SettledAsync(long position, CancellationToken ct)
    {
        // Asked first: what a source records before it says so is in the journal by then.
        if (_rebuild is not { } rebuild || !sources.All(s => s.IsMadeAgain) || position < Journal.Last)
        {
            return;
        }

        using (await Database.EnterWriteAsync(ct))
        {
            rebuild.Finish(position);
        }

        rebuild.Dispose();
        Volatile.Write(ref _rebuild, null);
    }

    private ModuleDbContext Context(IServiceScope scope) => module.Context(scope.ServiceProvider)
        ?? throw new InvalidOperationException($"The module {module.Name} projects facts but has no tables.");
}
