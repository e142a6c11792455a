using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muse.Board.Live;
using Muse.Board.Persistence;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Board;

namespace Muse.Board.Deliveries;

/// <summary>The rows of deliveries. Each change is one transaction with its fact, and is told to the streams.</summary>
internal sealed class DeliveryStore(MuseDatabase database, FactJournal journal, BoardFeed feed, IServiceScopeFactory scopes)
{
    /// <summary>Stores a new delivery, unless one with its key is there already.</summary>
    /// <returns>What is stored under the key, and whether that is the new one.</returns>
    public Task<(DeliveryRow Row, bool IsNew)> AddAsync(DeliveryRow row, CancellationToken ct) => WriteAsync(
        async db =>
        {
            var known = await db.Deliveries.AsNoTracking().SingleOrDefaultAsync(d => d.IdempotencyKey == row.IdempotencyKey, ct);
            if (known is not null)
            {
                return ((known, false), null);
            }

            db.Add(row);
            return ((row, true), row);
        },
        ct);

    /// <summary>Changes a delivery, if it still is in one of these states and, if asked for, still has this text.</summary>
    /// <returns>The row as it is then; null if it was in another state or is not there.</returns>
    public Task<DeliveryRow?> MoveAsync(string id, IReadOnlyCollection<DeliveryState> from, Action<DeliveryRow> change, CancellationToken ct, string? text = null) => WriteAsync<DeliveryRow?>(
        async db =>
        {
            var words = from.Select(DeliveryWords.Word).ToList();
            var row = await db.Deliveries.AsTracking().SingleOrDefaultAsync(d => d.Id == id, ct);
            if (row is null || !words.Contains(row.State) || (text is not null && row.Text != text))
            {
                return (null, null);
            }

            change(row);
            return (row, row);
        },
        ct);

    /// <summary>Deliveries in a state, the oldest first.</summary>
    public async Task<List<DeliveryRow>> InAsync(IReadOnlyCollection<DeliveryState> states, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var words = states.Select(DeliveryWords.Word).ToList();
        return await scope.ServiceProvider.GetRequiredService<BoardDbContext>().Deliveries.AsNoTracking()
            .Where(d => words.Contains(d.State)).OrderBy(d => d.CreatedAtMs).ThenBy(d => d.Id).ToListAsync(ct);
    }

    private async Task<T> WriteAsync<T>(Func<BoardDbContext, Task<(T Answer, DeliveryRow? Changed)>> write, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BoardDbContext>();
        using var gate = await database.EnterWriteAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var (answer, changed) = await write(db);
        if (changed is null)
        {
            return answer;
        }

        changed.Revision++;
        var facts = journal.Append((SqliteConnection)db.Database.GetDbConnection(), [ToFact(changed)]);
        changed.ChangedSeq = facts[0].Seq;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        journal.Committed(facts);
        feed.TellDelivery(BoardMessages.DeliveryData.Of(changed), changed.ChangedSeq);
        return answer;
    }

    private static DeliveryChanged ToFact(DeliveryRow row) =>
        new(row.Id, row.Revision, row.CardId, row.Kind, row.State, row.Reason, row.AskedBy, row.CreatedAtMs, row.EndedAtMs);
}
