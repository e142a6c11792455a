namespace Muse.Board.Evidence;

/// <summary>Whom to believe first about one agent, and what its sources cannot know.</summary>
/// <param name="Level">The source that always tells the program's present state where it speaks at all.</param>
/// <param name="Order">All who may speak of a turn, the most trusted first.</param>
/// <param name="ScreenKnowsIdle">False if a screen without a sign of work may still be one of a running turn.</param>
internal sealed record Ladder(EvidenceSource Level, IReadOnlyList<EvidenceSource> Order, bool ScreenKnowsIdle)
{
    // The registry says idle also during errors, limits and, at times, compaction: so what else is newer may overrule its
    // idle, never its other words. The title of current versions says nothing.
    private static readonly Ladder Claude = new(
        EvidenceSource.Registry,
        [EvidenceSource.Registry, EvidenceSource.Hook, EvidenceSource.Transcript, EvidenceSource.Title, EvidenceSource.Screen],
        ScreenKnowsIdle: true);

    // While text streams the screen has no line that says so.
    private static readonly Ladder Codex = new(
        EvidenceSource.Title,
        [EvidenceSource.Title, EvidenceSource.Hook, EvidenceSource.Transcript, EvidenceSource.Screen],
        ScreenKnowsIdle: false);

    // The title says Working in the quota dialog and Ready in those for trust and login: an open dialog on the screen goes
    // before the title's word in every ladder.
    private static readonly Ladder Gemini = new(
        EvidenceSource.Title,
        [EvidenceSource.Title, EvidenceSource.Hook, EvidenceSource.Transcript, EvidenceSource.Screen],
        ScreenKnowsIdle: true);

    public static Ladder Of(string agent) => agent switch
    {
        "codex" => Codex,
        "gemini" => Gemini,
        _ => Claude,
    };
}
