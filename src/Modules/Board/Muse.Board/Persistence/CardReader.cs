using Microsoft.EntityFrameworkCore;
using Muse.Board.Domain;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Text;
using Muse.Contracts.Insights;

namespace Muse.Board.Persistence;

/// <summary>
/// Cards as people see them: what was stored, beside what whoever counts tokens says their sessions are charged with.
/// </summary>
internal sealed class CardReader(BoardDbContext db, IQuestions questions, TimeProvider clock)
{
    private const long BarMs = CardView.BarMinutes * 60_000;
    private static readonly SessionTokens None = new(0, 0, []);

    /// <param name="which">Narrows the rows.</param>
    public async Task<List<(CardView View, long ChangedSeq)>> ReadAsync(Func<IQueryable<CardRow>, IQueryable<CardRow>> which, CancellationToken ct)
    {
        var rows = await (
            from card in which(db.Cards.AsNoTracking().Where(c => !c.Removed))
            join rollup in db.Rollups.AsNoTracking() on card.SessionId equals rollup.SessionId into rollups
            from rollup in rollups.DefaultIfEmpty()
            join mark in db.Marks.AsNoTracking() on card.Id equals mark.CardId into marks
            from mark in marks.DefaultIfEmpty()
            select new { Card = card, Rollup = rollup, Mark = mark }).ToListAsync(ct);
        // Bars begin at full five minutes, so that they do not dance.
        var startMs = (((clock.GetUtcNow().ToUnixTimeMilliseconds() / BarMs) + 1) * BarMs) - (CardView.Bars * BarMs);
        var tokens = await questions.AskAsync(
            new TokensOfSessions([.. rows.Where(r => r.Rollup is not null).Select(r => r.Card.SessionId!)], startMs), ct); // a rollup has a session
        return rows.ConvertAll(r => (ToView(r.Card, r.Rollup, r.Mark, tokens.GetValueOrDefault(r.Card.SessionId ?? "") ?? None, startMs), r.Card.ChangedSeq));
    }

    private static CardView ToView(CardRow card, RollupRow? rollup, MarkRow? mark, SessionTokens tokens, long barsFromMs)
    {
        var state = CardWords.Read<CardState>(card.State);
        var place = rollup?.ProjectPath ?? card.Cwd;
        return new CardView(
            card.Id, card.Agent, card.SessionId, card.NativeId, LaneWordAttribute.Of(state), card.State, card.Reason, card.SinceMs, card.Confidence,
            card.Source, card.Detail, card.Pane, (int?)card.Pid, Shown(card.Cwd), place is null ? null : Shown(Path.GetFileName(place.TrimEnd('/'))),
            Shown(rollup?.Branch), rollup is null ? null : ToView(rollup, tokens, barsFromMs),
            new CardView.MarksView(
                mark?.Pinned ?? false, mark?.Muted ?? false, mark is { SnoozedUntilChange: true } or { SnoozedUntilMs: not null }, mark?.SnoozedUntilMs,
                mark?.SnoozedUntilChange ?? false, mark is { SeenAtMs: > 0 } ? mark.SeenAtMs : null, state == CardState.Done));
    }

    private static CardView.RollupView ToView(RollupRow rollup, SessionTokens tokens, long barsFromMs) => new(
        Shown(rollup.LastAsk), Time(rollup.LastAskAtMs), Shown(rollup.LastAction), rollup.LastActionKind, Time(rollup.LastActionAtMs), Shown(rollup.Model),
        rollup.ContextTokens, tokens.InputTokens, tokens.OutputTokens, rollup.Errors, Shown(rollup.LastError), Activity(tokens.RecentAtMs, barsFromMs));

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
}
