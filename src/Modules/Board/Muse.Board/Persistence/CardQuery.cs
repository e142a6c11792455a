using Microsoft.EntityFrameworkCore;
using Muse.Board.Domain;
using Muse.BuildingBlocks.Text;

namespace Muse.Board.Persistence;

/// <summary>Cards as people see them, from the tables: what is shown is what was stored.</summary>
internal static class CardQuery
{
    private const long BarMs = CardView.BarMinutes * 60_000;

    /// <param name="which">Narrows the rows.</param>
    public static async Task<List<(CardView View, long ChangedSeq)>> ReadAsync(
        BoardDbContext db, Func<IQueryable<CardRow>, IQueryable<CardRow>> which, long nowMs, CancellationToken ct)
    {
        var rows = await (
            from card in which(db.Cards.AsNoTracking().Where(c => !c.Removed))
            join rollup in db.Rollups.AsNoTracking() on card.SessionId equals rollup.SessionId into rollups
            from rollup in rollups.DefaultIfEmpty()
            join mark in db.Marks.AsNoTracking() on card.Id equals mark.CardId into marks
            from mark in marks.DefaultIfEmpty()
            select new { Card = card, Rollup = rollup, Mark = mark }).ToListAsync(ct);
        var activity = await ActivityAsync(db, [.. rows.Where(r => r.Rollup is not null).Select(r => r.Card.SessionId!)], nowMs, ct); // a rollup has a session
        return rows.ConvertAll(r => (ToView(r.Card, r.Rollup, r.Mark, activity), r.Card.ChangedSeq));
    }

    private static async Task<Dictionary<string, int[]>> ActivityAsync(BoardDbContext db, IReadOnlyCollection<string> sessions, long nowMs, CancellationToken ct)
    {
        // Bars begin at full five minutes, so that they do not dance.
        var endMs = ((nowMs / BarMs) + 1) * BarMs;
        var startMs = endMs - (CardView.Bars * BarMs);
        var counts = await db.Responses.AsNoTracking().Where(r => sessions.Contains(r.SessionId) && r.AtMs >= startMs && r.AtMs < endMs)
            .GroupBy(r => new { r.SessionId, Bar = (r.AtMs - startMs) / BarMs }).Select(g => new { g.Key.SessionId, g.Key.Bar, Count = g.Count() }).ToListAsync(ct);
        var bars = new Dictionary<string, int[]>(StringComparer.Ordinal);
        foreach (var count in counts)
        {
            (bars.TryGetValue(count.SessionId, out var of) ? of : bars[count.SessionId] = new int[CardView.Bars])[(int)count.Bar] = count.Count;
        }

        return bars;
    }

    private static CardView ToView(CardRow card, RollupRow? rollup, MarkRow? mark, Dictionary<string, int[]> activity)
    {
        var state = CardWords.Read<CardState>(card.State);
        var place = rollup?.ProjectPath ?? card.Cwd;
        return new CardView(
            card.Id, card.Agent, card.SessionId, card.NativeId, LaneWordAttribute.Of(state), card.State, card.Reason, card.SinceMs, card.Confidence,
            card.Source, card.Detail, card.Pane, (int?)card.Pid, Shown(card.Cwd), place is null ? null : Shown(Path.GetFileName(place.TrimEnd('/'))),
            Shown(rollup?.Branch), rollup is null ? null : ToView(rollup, activity.GetValueOrDefault(rollup.SessionId) ?? new int[CardView.Bars]),
            new CardView.MarksView(
                mark?.Pinned ?? false, mark?.Muted ?? false, mark is { SnoozedUntilChange: true } or { SnoozedUntilMs: not null }, mark?.SnoozedUntilMs,
                mark?.SnoozedUntilChange ?? false, mark is { SeenAtMs: > 0 } ? mark.SeenAtMs : null, state == CardState.Done));
    }

    private static CardView.RollupView ToView(RollupRow rollup, int[] activity) => new(
        Shown(rollup.LastAsk), Time(rollup.LastAskAtMs), Shown(rollup.LastAction), rollup.LastActionKind, Time(rollup.LastActionAtMs), Shown(rollup.Model),
        rollup.ContextTokens, rollup.InputTokens, rollup.OutputTokens, rollup.Errors, Shown(rollup.LastError), activity);

    private static long? Time(long atMs) => atMs == 0 ? null : atMs;

    private static string? Shown(string? text) => text is null ? null : PreviewText.From(text);
}
