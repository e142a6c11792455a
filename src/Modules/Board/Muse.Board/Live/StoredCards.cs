using Microsoft.EntityFrameworkCore;
using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Board.Persistence;

namespace Muse.Board.Live;

/// <summary>Reads the board of before the start.</summary>
internal static class StoredCards
{
    /// <summary>
    /// Cards as they were, with a verdict of "not known": until somebody says something again, what was true then is
    /// history. Only what ended has ended for good.
    /// </summary>
    public static async Task<IReadOnlyList<Card>> LoadAsync(
        BoardDbContext db, IReadOnlyDictionary<string, Marks> marks, long nowMs, CancellationToken ct)
    {
        var evidence = (await db.Evidence.AsNoTracking().ToListAsync(ct)).ToLookup(e => e.CardId, StringComparer.Ordinal);
        var rows = await db.Cards.AsNoTracking().Where(c => !c.Removed).ToListAsync(ct);
        return rows.ConvertAll(row => ToCard(row, evidence[row.Id], marks.GetValueOrDefault(row.Id, Marks.None), nowMs));
    }

    public static Task<Dictionary<string, Marks>> LoadMarksAsync(BoardDbContext db, CancellationToken ct) => db.Marks.AsNoTracking().ToDictionaryAsync(
        m => m.CardId, m => new Marks(m.Pinned, m.Muted, m.SnoozedUntilMs, m.SnoozedUntilChange, m.SeenAtMs), StringComparer.Ordinal, ct);

    private static Card ToCard(CardRow row, IEnumerable<EvidenceRow> evidence, Marks marks, long nowMs)
    {
        var card = new Card(row.Id, row.Agent)
        {
            SessionId = row.SessionId,
            NativeId = row.NativeId,
            Cwd = row.Cwd,
            Revision = row.Revision,
            CreatedAtMs = row.CreatedAtMs,
            Marks = marks,
        };
        var known = row.KnownState is null ? null : new KnownState(CardWords.Read<CardState>(row.KnownState), ReasonOf(row.KnownReason), row.KnownSinceMs);
        var state = CardWords.Read<CardState>(row.State);
        var verdict = state == CardState.Ended
            ? new CardVerdict(state, ReasonOf(row.Reason), row.SinceMs, CardWords.Read<Confidence>(row.Confidence), SourceOf(row.Source), row.Detail)
            : new CardVerdict(CardState.Unknown, null, nowMs, Confidence.Low, null, "Muse has just started and has not looked yet.");
        card.Restore(
            verdict with { Known = known },
            evidence.Select(e => new EvidenceItem(
                CardWords.Read<EvidenceSource>(e.Source), CardWords.Read<Claim>(e.Claim), ReasonOf(e.Reason), e.Detail, e.AtMs, e.ValidUntilMs)));
        return card;
    }

    private static NeedReason? ReasonOf(string? word) => word is null ? null : CardWords.Read<NeedReason>(word);

    private static EvidenceSource? SourceOf(string? word) => word is null ? null : CardWords.Read<EvidenceSource>(word);
}
