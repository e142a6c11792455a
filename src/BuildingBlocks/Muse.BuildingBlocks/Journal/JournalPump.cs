using System.Collections.Concurrent;
using System.Reflection;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Muse.BuildingBlocks.Modules;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts;

namespace Muse.BuildingBlocks.Journal;

/// <summary>
/// Delivers the journal to each module in order, each with its own cursor, transaction and failures. A projection that
/// throws stops its module at that fact and is tried again with growing waits: a gap would be a lie. A reaction that
/// throws five times is parked.
/// </summary>
public sealed partial class JournalPump(
    IServiceScopeFactory scopes, IEnumerable<ModuleDefinition> modules, MuseDatabase database, FactJournal journal,
    TimeProvider clock, ILogger<JournalPump> logger) : BackgroundService
{
    /// <summary>Facts in one transaction: enough to spread the commit's cost, few enough to keep the gate's queue short.</summary>
    private const int BatchFacts = 16;
    private const int ReactionTries = 5;
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, long> _cursors = new(StringComparer.Ordinal);

    /// <summary>Cursors by consumer, as delivered by this process.</summary>
    public IReadOnlyDictionary<string, long> Cursors => _cursors;

    /// <summary>Delivers everything recorded so far; for tests and for commands that need the tables caught up.</summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        foreach (var module in modules)
        {
            while (await DeliverAsync(module, ct))
            {
            }
        }
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(modules.Select(module => Task.Run(() => RunAsync(module, stoppingToken), stoppingToken)));

    private async Task RunAsync(ModuleDefinition module, CancellationToken ct)
    {
        var failures = 0;
        while (!ct.IsCancellationRequested)
        {
            var appended = journal.Appended;
            try
            {
                while (await DeliverAsync(module, ct))
                {
                }

                failures = 0;
                await Task.WhenAny(appended, Task.Delay(LookAgain, clock, ct));
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                failures++;
                DeliveryFailed(e, module.Name, failures);
                try
                {
                    await Task.Delay(TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, failures))), clock, ct);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }

    /// <summary>Delivers one batch to the module's projections, then to its reactions.</summary>
    /// <returns>True if there may be more.</returns>
    private async Task<bool> DeliverAsync(ModuleDefinition module, CancellationToken ct)
    {
        var more = await ProjectAsync(module, ct);
        return await ReactAsync(module, ct) || more;
    }

    private async Task<bool> ProjectAsync(ModuleDefinition module, CancellationToken ct)
    {
        if (_cursors.TryGetValue(module.Name, out var known) && known >= journal.Last)
        {
            return false;
        }

        await using var scope = scopes.CreateAsyncScope();
        var context = module.Context(scope.ServiceProvider);
        using var write = await database.EnterWriteAsync(ct);
        await using var own = context is null ? database.Open() : null;
        if (context is not null)
        {
            await context.Database.OpenConnectionAsync(ct);
        }

        var connection = own ?? (SqliteConnection)context!.Database.GetDbConnection();
        var cursor = ReadCursor(connection, module.Name);
        var facts = journal.ReadAfter(connection, cursor, BatchFacts);
        if (facts.Count > 0)
        {
            await using var transaction = context is null ? null : await context.Database.BeginTransactionAsync(ct);
            foreach (var (_, fact) in facts)
            {
                if (fact is not null)
                {
                    await HandleAsync(scope.ServiceProvider, fact, module, typeof(IProjection<>), ct);
                }
            }

            if (context is not null)
            {
                await context.SaveChangesAsync(ct);
            }

            cursor = facts[^1].Seq;
            WriteCursor(connection, module.Name, cursor);
            if (transaction is not null)
            {
                await transaction.CommitAsync(ct);
            }
        }
        else
        {
            // Facts may have been pruned behind everybody: there is nothing left to deliver.
            cursor = Math.Max(cursor, journal.Last);
        }

        _cursors[module.Name] = cursor;
        return facts.Count > 0;
    }

    private async Task<bool> ReactAsync(ModuleDefinition module, CancellationToken ct)
    {
        if (_cursors.TryGetValue(module.Reactions, out var known) && known >= journal.Last)
        {
            return false;
        }

        await using var connection = database.Open();
        var cursor = ReadCursor(connection, module.Reactions);
        var facts = journal.ReadAfter(connection, cursor, BatchFacts);
        foreach (var (seq, fact) in facts)
        {
            if (fact is not null)
            {
                await ReactOrParkAsync(module, seq, fact, connection, ct);
            }
        }

        cursor = facts.Count > 0 ? facts[^1].Seq : Math.Max(cursor, journal.Last);
        if (facts.Count > 0)
        {
            using var write = await database.EnterWriteAsync(ct);
            WriteCursor(connection, module.Reactions, cursor);
        }

        _cursors[module.Reactions] = cursor;
        return facts.Count > 0;
    }

    private async Task ReactOrParkAsync(ModuleDefinition module, long seq, IFact fact, SqliteConnection connection, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await HandleAsync(scope.ServiceProvider, fact, module, typeof(IReaction<>), ct);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                DeliveryFailed(e, module.Reactions, attempt);
                if (attempt < ReactionTries)
                {
                    await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)), clock, ct);
                    continue;
                }

                using var write = await database.EnterWriteAsync(ct);
                using var park = new PreparedStatement(
                    connection, "INSERT OR REPLACE INTO muse_parked (consumer, seq, error, name, payload) VALUES (?, ?, ?, ?, ?)");
                park.Bind(module.Reactions).Bind(seq).Bind(e.Message).Bind(FactCatalog.NameOf(fact.GetType())).Bind(FactCatalog.Write(fact)).Execute();
                return;
            }
        }
    }

    private static readonly ConcurrentDictionary<Type, MethodInfo> HandleMethods = new();

    private static async Task HandleAsync(
        IServiceProvider scope, IFact fact, ModuleDefinition module, Type contract, CancellationToken ct)
    {
        var type = fact.GetType();
        var handle = HandleMethods.GetOrAdd(type, t => typeof(INotificationHandler<>).MakeGenericType(t).GetMethod("Handle")!);
        foreach (var handler in scope.GetServices(typeof(INotificationHandler<>).MakeGenericType(type)))
        {
            var owned = handler!.GetType();
            if (Owns(module, owned) && owned.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == contract))
            {
                await (Task)handle.Invoke(handler, BindingFlags.DoNotWrapExceptions, null, [fact, ct], null)!;
            }
        }
    }

    private static bool Owns(ModuleDefinition module, Type handler) =>
        string.Equals(handler.Assembly.GetName().Name, $"Muse.{module.Name}", StringComparison.OrdinalIgnoreCase);

    private static long ReadCursor(SqliteConnection connection, string consumer)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT seq FROM muse_cursors WHERE consumer = $consumer";
        command.Parameters.AddWithValue("$consumer", consumer);
        return (long?)command.ExecuteScalar() ?? 0;
    }

    private static void WriteCursor(SqliteConnection connection, string consumer, long seq)
    {
        using var statement = new PreparedStatement(
            connection, "INSERT INTO muse_cursors (consumer, seq, version) VALUES (?, ?, 1) ON CONFLICT (consumer) DO UPDATE SET seq = excluded.seq");
        statement.Bind(consumer).Bind(seq).Execute();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery to {Consumer} failed, try {Attempt}; it is tried again")]
    private partial void DeliveryFailed(Exception exception, string consumer, int attempt);
}
