using Muse.Board.Domain;
using Muse.Board.Evidence;

namespace Muse.Board.Tests.Evidence;

/// <summary>Builders of evidence. Times are seconds, so that a table can be read; <c>Now</c> is 1,000 s.</summary>
internal static class Say
{
    public const long NowMs = 1_000_000;

    public static EvidenceItem Of(EvidenceSource source, Claim claim, double at, NeedReason? reason = null, string? detail = null, double? until = null) =>
        new(source, claim, reason, detail, Ms(at), until is { } end ? Ms(end) : null);

    public static Dictionary<EvidenceSource, EvidenceItem> All(params EvidenceItem[] items)
    {
        var all = new Dictionary<EvidenceSource, EvidenceItem>();
        foreach (var item in items)
        {
            all[item.Source] = all.TryGetValue(item.Source, out var had) ? EvidenceItem.Later(had, item) : item;
        }

        return all;
    }

    public static CardVerdict Fold(string agent, params EvidenceItem[] items) => CardFold.Fold(agent, All(items), NowMs, null);

    public static CardVerdict Was(CardState state, double since, NeedReason? reason = null) =>
        new(state, reason, Ms(since), Confidence.High, EvidenceSource.Registry, null) { Known = new KnownState(state, reason, Ms(since)) };

    /// <summary>One line of a table: <c>registry busy 990; hook asks/plan 991; screen idle 992 until 995</c>.</summary>
    public static EvidenceItem[] Parse(string text) => [.. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(One)];

    private static EvidenceItem One(string text)
    {
        var words = text.Split(' ');
        var claim = words[1].Split('/');
        return Of(
            CardWords.Read<EvidenceSource>(words[0]),
            CardWords.Read<Claim>(claim[0]),
            double.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture),
            claim.Length > 1 ? CardWords.Read<NeedReason>(claim[1]) : null,
            until: words.Length > 4 ? double.Parse(words[4], System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    public static long Ms(double seconds) => (long)(seconds * 1000);
}
