using Microsoft.Data.Sqlite;
using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.BuildingBlocks.Persistence;

namespace Muse.Board.Live;

/// <summary>The statements of one commit.</summary>
internal sealed class BoardStatements(SqliteConnection connection) : IDisposable
{
    private readonly PreparedStatement _card = new(
        connection,
        """
        INSERT OR REPLACE INTO board_cards (id, agent, session_id, native_id, pid, proc_start, socket, pane, cwd, state, reason, since_ms,
          confidence, source, detail, known_state, known_reason, known_since_ms, revision, created_at_ms, changed_seq, removed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
        """);

    private readonly PreparedStatement _evidence = new(
        connection,
        "INSERT OR REPLACE INTO board_evidence (card_id, source, claim, reason, detail, at_ms, valid_until_ms) VALUES (?, ?, ?, ?, ?, ?, ?)");

    private readonly PreparedStatement _marks = new(
        connection,
        """
        INSERT OR REPLACE INTO board_marks (card_id, pinned, muted, snoozed_until_ms, snoozed_until_change, seen_at_ms) VALUES (?, ?, ?, ?, ?, ?)
        """);

    private readonly PreparedStatement _hook = new(
        connection,
        "INSERT INTO board_hooks (agent, event, native_id, at_ms, size_bytes, problem, payload) VALUES (?, ?, ?, ?, ?, ?, ?)");

    // Names come from whoever sends: beyond a bound they are counted together.
    private readonly PreparedStatement _count = new(
        connection,
        """
        INSERT INTO board_hook_counts (agent, event, count, problems, last_at_ms)
        SELECT ?1, CASE WHEN (SELECT count(*) FROM board_hook_counts) < 200
            OR EXISTS (SELECT 1 FROM board_hook_counts WHERE agent = ?1 AND event = ?2) THEN ?2 ELSE 'other' END, 1, ?3, ?4 WHERE true
        ON CONFLICT (agent, event) DO UPDATE SET
          count = count + 1, problems = problems + excluded.problems, last_at_ms = max(last_at_ms, excluded.last_at_ms)
        """);

    public PreparedStatement RemoveCard { get; } = new(
        connection, "UPDATE board_cards SET removed = 1, changed_seq = ?, since_ms = ?, revision = ? WHERE id = ?");

    public PreparedStatement RemoveEvidence { get; } = new(connection, "DELETE FROM board_evidence WHERE card_id = ?");

    public PreparedStatement TrimHooks { get; } = new(connection, "DELETE FROM board_hooks WHERE id <= (SELECT max(id) FROM board_hooks) - ?");

    public void PutCard(Card card, long seq)
    {
        var verdict = card.Verdict!; // judged before it is stored
        _card.Bind(card.Id).Bind(card.Agent).Bind(card.SessionId).Bind(card.NativeId).Bind((long?)card.Process?.Pid).Bind(card.Process?.ProcStart)
            .Bind(card.Pane?.Socket).Bind(card.Pane?.Pane).Bind(card.Cwd).Bind(CardWords.Word(verdict.State)).Bind(CardWords.Word(verdict.Reason))
            .Bind(verdict.SinceMs).Bind(CardWords.Word(verdict.Confidence)).Bind(CardWords.Word(verdict.Source)).Bind(verdict.Detail)
            .Bind(verdict.Known is { } known ? CardWords.Word(known.State) : null).Bind(CardWords.Word(verdict.Known?.Reason))
            .Bind(verdict.Known?.SinceMs ?? 0).Bind(card.Revision).Bind(card.CreatedAtMs).Bind(seq).Execute();
    }

    public void PutEvidence(string cardId, EvidenceItem item) => _evidence.Bind(cardId).Bind(CardWords.Word((EvidenceSource?)item.Source))
        .Bind(CardWords.Word(item.Claim)).Bind(CardWords.Word(item.Reason)).Bind(item.Detail).Bind(item.AtMs).Bind(item.ValidUntilMs).Execute();

    public void PutMarks(string cardId, Marks marks) => _marks.Bind(cardId).Bind(marks.Pinned ? 1 : 0).Bind(marks.Muted ? 1 : 0)
        .Bind(marks.SnoozedUntilMs).Bind(marks.SnoozedUntilChange ? 1 : 0).Bind(marks.SeenAtMs).Execute();

    public void PutHook(HookArrived arrived)
    {
        var hook = arrived.Hook;
        _hook.Bind(hook.Agent).Bind(hook.Event).Bind(hook.NativeSessionId).Bind(arrived.AtMs).Bind(arrived.SizeBytes).Bind(hook.Problem)
            .Bind(arrived.Payload).Execute();
        _count.Bind(hook.Agent).Bind(hook.Event).Bind(hook.Problem is null ? 0 : 1).Bind(arrived.AtMs).Execute();
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _card, _evidence, _marks, _hook, _count, RemoveCard, RemoveEvidence, TrimHooks })
        {
            statement.Dispose();
        }
    }
}
