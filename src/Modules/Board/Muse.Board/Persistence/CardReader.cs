using System.Text.Json;
using Muse.Board.Domain;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Text;
using Muse.Contracts.Insights;

namespace Muse.Board.Persistence;

/// <summary>
/// Cards as people see them: what was stored, beside what whoever counts them says their sessions are charged with. In
/// SQL and prepared: the page and every change of a card wait for it (docs/adr/0019).
/// </summary>
internal sealed class CardReader(MuseDatabase database, IQuestions questions, TimeProvider clock)
{
    private const long BarMs = CardView.BarMinutes * 60_000;

    private const string Select = """
        SELECT c.id, c.agent, c.session_id, c.native_id, c.state, c.reason, c.since_ms, c.confidence, c.source, c.detail, c.pane, c.pid, c.cwd,
            c.changed_seq, m.pinned, m.muted, m.snoozed_until_ms, m.snoozed_until_change, m.seen_at_ms, r.session_id, r.project_path, r.branch,
            r.last_ask, r.last_ask_at_ms, r.last_action, r.last_action_kind, r.last_action_at_ms, r.model, r.context_tokens, r.errors, r.last_error
        FROM board_cards c LEFT JOIN board_marks m ON m.card_id = c.id LEFT JOIN board_rollups r ON r.session_id = c.session_id
        WHERE NOT c.removed
        """;

    private static readonly SessionFigures NoFigures = new(0, 0, 0, 0, null, []);

    /// <summary>All cards.</summary>
    public Task<IReadOnlyList<StoredView>> AllAsync(CancellationToken ct) => ReadAsync(Select, s => s, ct);

    /// <summary>The cards of these ids that there are.</summary>
    public Task<IReadOnlyList<StoredView>> ThoseAsync(IReadOnlyCollection<string> ids, CancellationToken ct) =>
        ReadAsync($"{Select} AND c.id IN (SELECT value FROM json_each(?))", s => s.Bind(JsonSerializer.Serialize(ids)), ct);

    /// <summary>Every card that may look different since a journal number: figures change without a number of their own, so all that have not ended are.</summary>
    public Task<IReadOnlyList<StoredView>> MovedSinceAsync(long seq, CancellationToken ct) =>
        ReadAsync($"{Select} AND (c.changed_seq > ? OR c.state <> 'ended')", s => s.Bind(seq), ct);

    private async Task<IReadOnlyList<StoredView>> ReadAsync(string sql, Func<PreparedStatement, PreparedStatement> bind, CancellationToken ct)
    {
        List<Row> rows;
        using (var reader = database.Read())
        {
            rows = bind(reader.Query(sql)).All(ToRow);
        }

        // Bars begin at full five minutes, so that they do not dance.
        var startMs = (((clock.GetUtcNow().ToUnixTimeMilliseconds() / BarMs) + 1) * BarMs) - (CardView.Bars * BarMs);
        var figures = await questions.AskAsync(new FiguresOfSessions([.. rows.Select(r => r.Rollup?.SessionId).OfType<string>()], startMs), ct);
        return rows.ConvertAll(r => new StoredView(
            ToView(r.Card, r.Rollup, r.Marks, figures.GetValueOrDefault(r.Rollup?.SessionId ?? "") ?? NoFigures, startMs), r.Card.ChangedSeq));
    }

    private static Row ToRow(PreparedStatement row) => new(
        new CardRow
        {
            Id = row.Text(0),
            Agent = row.Text(1),
            SessionId = row.TextOrNull(2),
            NativeId = row.TextOrNull(3),
            State = row.Text(4),
            Reason = row.TextOrNull(5),
            SinceMs = row.Number(6),
            Confidence = row.Text(7),
            Source = row.TextOrNull(8),
            Detail = row.TextOrNull(9),
            Pane = row.TextOrNull(10),
            Pid = row.NumberOrNull(11),
            Cwd = row.TextOrNull(12),
            ChangedSeq = row.Number(13),
        },
        // Nobody marked it: nulls, which read as zero.
        new Marks(row.Number(14) != 0, row.Number(15) != 0, row.NumberOrNull(16), row.Number(17) != 0, row.Number(18)),
        row.TextOrNull(19) is { } session
            ? new RollupRow
            {
                SessionId = session,
                ProjectPath = row.TextOrNull(20),
                Branch = row.TextOrNull(21),
                LastAsk = row.TextOrNull(22),
                LastAskAtMs = row.Number(23),
                LastAction = row.TextOrNull(24),
                LastActionKind = row.TextOrNull(25),
                LastActionAtMs = row.Number(26),
                Model = row.TextOrNull(27),
                ContextTokens = row.Number(28),
                Errors = row.Number(29),
                LastError = row.TextOrNull(30),
            }
            : null);

    private static CardView ToView(CardRow card, RollupRow? rollup, Marks marks, SessionFigures figures, long barsFromMs)
    {
        var state = CardWords.Read<CardState>(card.State);
        var place = rollup?.ProjectPath ?? card.Cwd;
        return new CardView(
            card.Id, card.Agent, card.SessionId, card.NativeId, LaneWordAttribute.Of(state), card.State, card.Reason, card.SinceMs, card.Confidence,
            card.Source, card.Detail, card.Pane, (int?)card.Pid, Shown(card.Cwd), place is null ? null : Shown(Path.GetFileName(place.TrimEnd('/'))),
            Shown(rollup?.Branch), rollup is null ? null : ToView(rollup, figures, barsFromMs),
            new CardView.MarksView(
                marks.Pinned, marks.Muted, marks.SnoozedUntilChange || marks.SnoozedUntilMs is not null, marks.SnoozedUntilMs, marks.SnoozedUntilChange,
                marks.SeenAtMs > 0 ? marks.SeenAtMs : null, state == CardState.Done));
    }

    private static CardView.RollupView ToView(RollupRow rollup, SessionFigures figures, long barsFromMs) => new(
        Shown(rollup.LastAsk), Time(rollup.LastAskAtMs), Shown(rollup.LastAction), rollup.LastActionKind, Time(rollup.LastActionAtMs), Shown(rollup.Model),
        rollup.ContextTokens, figures.ContextWindow, figures.InputTokens, figures.OutputTokens, figures.CostMicroUsd, figures.UnpricedResponses,
        rollup.Errors, Shown(rollup.LastError), Activity(figures.RecentAtMs, barsFromMs));

    private static int[] Activity(IReadOnlyList<long> responsesAtMs, long barsFromMs)
    {
        var bars = new int[CardView.Bars];
        foreach (var atMs in responsesAtMs)
        {
            // A record may be of the future where clocks differ.
            if ((atMs - barsFromMs) / BarMs is >= 0 and < CardView.Bars and var bar)
            {
                bars[bar]++;
            }
        }

        return bars;
    }

    private static long? Time(long atMs) => atMs == 0 ? null : atMs;

    private static string? Shown(string? text) => text is null ? null : PreviewText.From(text);

    /// <param name="ChangedSeq">Journal number of its last change.</param>
    public sealed record StoredView(CardView View, long ChangedSeq);

    private sealed record Row(CardRow Card, Marks Marks, RollupRow? Rollup);
}
