using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.BuildingBlocks.Persistence;

namespace Muse.Board.Live;

/// <summary>Reads the board of before the start.</summary>
internal static class StoredCards
{
    /// <summary>
    /// Cards as they were, with a verdict of "not known": until somebody says something again, what was true then is
    /// history. Only what ended has ended for good.
    /// </summary>
    public static IReadOnlyList<Card> Load(DatabaseReader reader, IReadOnlyDictionary<string, Marks> marks, long nowMs)
    {
        var evidence = reader.Query("SELECT card_id, source, claim, reason, detail, at_ms, valid_until_ms FROM board_evidence")
            .All(row => (CardId: row.Text(0), Item: new EvidenceItem(
                CardWords.Read<EvidenceSource>(row.Text(1)), CardWords.Read<Claim>(row.Text(2)), ReasonOf(row.TextOrNull(3)), row.TextOrNull(4), row.Number(5),
                row.NumberOrNull(6))))
            .ToLookup(e => e.CardId, e => e.Item, StringComparer.Ordinal);
        return reader.Query(
            """
            SELECT id, agent, session_id, native_id, cwd, revision, created_at_ms, state, reason, since_ms, confidence, source, detail, known_state,
                known_reason, known_since_ms
            FROM board_cards WHERE NOT removed
            """).All(row => ToCard(row, evidence[row.Text(0)], marks, nowMs));
    }

    public static Dictionary<string, Marks> LoadMarks(DatabaseReader reader) => reader
        .Query("SELECT card_id, pinned, muted, snoozed_until_ms, snoozed_until_change, seen_at_ms FROM board_marks")
        .All(row => (CardId: row.Text(0), Marks: new Marks(row.Number(1) != 0, row.Number(2) != 0, row.NumberOrNull(3), row.Number(4) != 0, row.Number(5))))
        .ToDictionary(m => m.CardId, m => m.Marks, StringComparer.Ordinal);

    private static Card ToCard(PreparedStatement row, IEnumerable<EvidenceItem> evidence, IReadOnlyDictionary<string, Marks> marks, long nowMs)
    {
        var card = new Card(row.Text(0), row.Text(1))
        {
            SessionId = row.TextOrNull(2),
            NativeId = row.TextOrNull(3),
            Cwd = row.TextOrNull(4),
            Revision = row.Number(5),
            CreatedAtMs = row.Number(6),
            Marks = marks.GetValueOrDefault(row.Text(0), Marks.None),
        };
        var state = CardWords.Read<CardState>(row.Text(7));
        var verdict = state == CardState.Ended
            ? new CardVerdict(
                state, ReasonOf(row.TextOrNull(8)), row.Number(9), CardWords.Read<Confidence>(row.Text(10)), SourceOf(row.TextOrNull(11)), row.TextOrNull(12))
            : new CardVerdict(CardState.Unknown, null, nowMs, Confidence.Low, null, "Muse has just started and has not looked yet.");
        var known = row.TextOrNull(13) is { } word ? new KnownState(CardWords.Read<CardState>(word), ReasonOf(row.TextOrNull(14)), row.Number(15)) : null;
        card.Restore(verdict with { Known = known }, evidence);
        return card;
    }

    private static NeedReason? ReasonOf(string? word) => word is null ? null : CardWords.Read<NeedReason>(word);

    private static EvidenceSource? SourceOf(string? word) => word is null ? null : CardWords.Read<EvidenceSource>(word);
}
