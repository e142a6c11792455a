using System.Reflection;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Modules;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts;

namespace Muse.BuildingBlocks.Journal;

/// <summary>
/// One reader of the journal, in order, with its own position. Facts that nobody here handles only move the position in
/// memory: it is stored with the next rows it stands for, or by <see cref="StoreAsync"/>, and a crash in between means
/// passing over them once more.
/// </summary>
internal abstract class JournalConsumer(
    string name, Assembly module, Type contract, IReadOnlySet<Type> handled, MuseDatabase database, FactJournal journal) : IDisposable
{
    /// <summary>Facts in one transaction: enough to spread the commit's cost, few enough to keep the gate's queue short.</summary>
    public const int BatchFacts = 128;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private long _position = -1;
    private long _stored = -1;

    public string Name { get; } = name;

    /// <summary>Number of the last fact delivered by this process; -1 before the first delivery.</summary>
    public long Position => Interlocked.Read(ref _position);

    protected MuseDatabase Database { get; } = database;

    protected FactJournal Journal { get; } = journal;

    /// <summary>Delivers one batch. A failure leaves the position where it was.</summary>
    /// <returns>True if there may be more.</returns>
    public async Task<bool> DeliverAsync(CancellationToken ct)
    {
        await _oneAtATime.WaitAsync(ct);
        try
        {
            if (_position < 0)
            {
                _position = _stored = Open();
            }

            // Read first: what is appended from now on belongs to the next batch.
            var last = Journal.Last;
            if (_position >= last)
            {
                await SettledAsync(_position, ct);
                return false;
            }

            if (handled.Count == 0)
            {
                Interlocked.Exchange(ref _position, last);
                return true;
            }

            var facts = Journal.ReadAfter(Database, _position, BatchFacts, handled);
            // None: they were pruned behind every reader, so there is nothing left to deliver.
            var end = facts.Count > 0 ? facts[^1].Seq : last;
            var wanted = facts.Where(f => f.Fact is not null && handled.Contains(f.Fact.GetType()) && Wants(f.Seq, f.Fact))
                .Select(f => (f.Seq, f.Fact!)).ToList();
            if (wanted.Count > 0 && await HandleAsync(wanted, end, ct))
            {
                _stored = end;
            }

            Interlocked.Exchange(ref _position, end);
            return facts.Count > 0;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Stores the position, so that facts behind it can be pruned.</summary>
    public async Task StoreAsync(CancellationToken ct)
    {
        await _oneAtATime.WaitAsync(ct);
        try
        {
            if (_position > _stored && CanStore)
            {
                using var write = await Database.EnterWriteAsync(ct);
                await using var connection = Database.Open();
                WriteStored(connection, _position);
                _stored = _position;
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public virtual void Dispose() => _oneAtATime.Dispose();

    /// <summary>False while the position stands for rows that are not stored.</summary>
    protected virtual bool CanStore => true;

    /// <summary>The number to go on after.</summary>
    protected virtual long Open()
    {
        using var connection = Database.Open();
        return ReadStored(connection)?.Seq ?? 0;
    }

    protected virtual bool Wants(long seq, IFact fact) => true;

    /// <summary>Handles the facts and stores the position <paramref name="end"/> with what they changed.</summary>
    /// <returns>False if the position was not stored.</returns>
    protected abstract Task<bool> HandleAsync(IReadOnlyList<(long Seq, IFact Fact)> facts, long end, CancellationToken ct);

    /// <summary>Everything recorded so far is delivered.</summary>
    protected virtual Task SettledAsync(long position, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Calls the module's own handlers of a fact.</summary>
    protected async Task CallAsync(IServiceProvider scope, IFact fact, CancellationToken ct)
    {
        var handlers = typeof(INotificationHandler<>).MakeGenericType(fact.GetType());
        foreach (var handler in scope.GetServices(handlers))
        {
            if (handler!.GetType().Assembly == module && ModuleDefinition.Implements(handler.GetType(), contract))
            {
                await (Task)handlers.GetMethod("Handle")!.Invoke(handler, BindingFlags.DoNotWrapExceptions, null, [fact, ct], null)!;
            }
        }
    }

    protected void WriteStored(SqliteConnection connection, long position)
    {
        using var statement = new PreparedStatement(
            connection, "INSERT INTO muse_cursors (consumer, seq, version) VALUES (?, ?, 1) ON CONFLICT (consumer) DO UPDATE SET seq = excluded.seq");
        statement.Bind(Name).Bind(position).Execute();
    }

    /// <summary>Null for a consumer that was never registered.</summary>
    protected (long Seq, int Version)? ReadStored(SqliteConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT seq, version FROM muse_cursors WHERE consumer = $consumer";
        command.Parameters.AddWithValue("$consumer", Name);
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetInt32(1)) : null;
    }
}
