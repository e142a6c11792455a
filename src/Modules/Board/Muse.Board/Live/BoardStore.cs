using Microsoft.Data.Sqlite;
using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Web;
using Muse.Contracts;
using Muse.Contracts.Board;

namespace Muse.Board.Live;

/// <summary>Writes what changed: cards, their evidence and marks, payloads and the facts, in one transaction.</summary>
internal sealed class BoardStore(MuseDatabase database, FactJournal journal, WorkCounters work)
{
    /// <summary>Payloads kept to look at.</summary>
    public const int KeptHooks = 1000;

    private readonly Dictionary<(string CardId, EvidenceSource Source), EvidenceItem> _stored = [];
    private readonly Dictionary<string, Marks> _storedMarks = new(StringComparer.Ordinal);

    /// <summary>What a person said of a card, also of one that is not on the board now.</summary>
    public Marks MarksOf(string cardId) => _storedMarks.GetValueOrDefault(cardId, Marks.None);

    /// <summary>Takes over what is stored.</summary>
    public void Load(IReadOnlyDictionary<string, Marks> marks)
    {
        foreach (var (cardId, mark) in marks)
        {
            _storedMarks[cardId] = mark;
        }
    }

    /// <returns>Journal numbers by card.</returns>
    /// <exception cref="SqliteException">Nothing was written.</exception>
    public async Task<IReadOnlyDictionary<string, long>> CommitAsync(BoardChanges changes, long nowMs, CancellationToken ct)
    {
        using var write = await database.EnterWriteAsync(ct);
        await using var connection = database.Open();
        await using var transaction = connection.BeginTransaction(deferred: false);
        using var sql = new BoardStatements(connection);
        // What goes is told first: a process's card that gives way to its session's never stands beside it.
        var facts = journal.Append(
            connection, [.. changes.Removed.Select(c => ToFact(c, removed: true)), .. changes.Changed.Select(c => ToFact(c, removed: false))]);
        var seqs = facts.ToDictionary(f => ((CardChanged)f.Fact).CardId, f => f.Seq, StringComparer.Ordinal);
        var rows = facts.Count;
        foreach (var card in changes.Changed)
        {
            sql.PutCard(card, seqs.GetValueOrDefault(card.Id));
            rows += 1 + WriteEvidence(sql, card) + WriteMarks(sql, card);
        }

        foreach (var card in changes.Removed)
        {
            sql.RemoveCard.Bind(seqs.GetValueOrDefault(card.Id)).Bind(nowMs).Bind(card.Revision).Bind(card.Id).Execute();
            sql.RemoveEvidence.Bind(card.Id).Execute();
            rows++;
        }

        foreach (var hook in changes.Hooks)
        {
            sql.PutHook(hook);
            rows += 2;
        }

        if (changes.Hooks.Count > 0)
        {
            sql.TrimHooks.Bind(KeptHooks).Execute();
        }

        await transaction.CommitAsync(ct);
        journal.Committed(facts);
        Remember(changes);
        work.Add("board.rowsWritten", rows);
        return seqs;
    }

    /// <summary>Rows of cards that were taken off the board so long ago that no stream asks for them.</summary>
    public async Task ForgetAsync(long beforeMs, long beforeSeq, CancellationToken ct)
    {
        using var write = await database.EnterWriteAsync(ct);
        await using var connection = database.Open();
        using var forget = new PreparedStatement(connection, "DELETE FROM board_cards WHERE removed = 1 AND since_ms < ? AND changed_seq < ?");
        forget.Bind(beforeMs).Bind(beforeSeq).Execute();
    }

    private int WriteEvidence(BoardStatements sql, Card card)
    {
        var written = 0;
        foreach (var item in card.Evidence.Values)
        {
            // That something moved is told too often to be stored, and worth nothing after a restart.
            if (item.Source != EvidenceSource.Output && _stored.GetValueOrDefault((card.Id, item.Source)) != item)
            {
                sql.PutEvidence(card.Id, item);
                written++;
            }
        }

        return written;
    }

    private int WriteMarks(BoardStatements sql, Card card)
    {
        if (_storedMarks.GetValueOrDefault(card.Id, Marks.None) == card.Marks)
        {
            return 0;
        }

        sql.PutMarks(card.Id, card.Marks);
        return 1;
    }

    private void Remember(BoardChanges changes)
    {
        foreach (var card in changes.Changed)
        {
            _storedMarks[card.Id] = card.Marks;
            foreach (var item in card.Evidence.Values)
            {
                _stored[(card.Id, item.Source)] = item;
            }
        }

        foreach (var card in changes.Removed)
        {
            foreach (var source in Enum.GetValues<EvidenceSource>())
            {
                _stored.Remove((card.Id, source));
            }
        }
    }

    private static CardChanged ToFact(Card card, bool removed)
    {
        card.Revision++;
        var verdict = card.Verdict!; // judged before it is stored
        return new CardChanged(
            card.Id, card.Revision, card.Agent, card.SessionId, CardWords.Word(verdict.State), CardWords.Word(verdict.Reason), verdict.SinceMs,
            CardWords.Word(verdict.Confidence), CardWords.Word(verdict.Source), verdict.Detail, card.Pane is not null, card.Marks.Pinned,
            card.Marks.Muted, card.Marks.IsSnoozed, removed);
    }
}
