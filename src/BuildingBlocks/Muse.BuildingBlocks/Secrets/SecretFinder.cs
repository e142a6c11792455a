using System.Buffers;

namespace Muse.BuildingBlocks.Secrets;

/// <summary>Looks at what stands around an anchor. Null if it is no secret.</summary>
internal delegate SecretMatch? SecretCheck(SecretText text, int at);

/// <summary>A piece of text at which a secret may stand, and the look at it.</summary>
/// <param name="IsToken">The anchor begins the secret itself and names its kind.</param>
internal sealed record SecretRule(string Anchor, StringComparison Case, bool IsToken, SecretCheck Check);

/// <summary>
/// Finds secrets in one pass: vectorised searches stop at anchors, and a bounded look around each decides. Nothing goes back,
/// so the work is proportional to the text whatever it holds.
/// </summary>
internal static class SecretFinder
{
    /// <summary>Characters that must follow an anchor, or the text's end, before it can be decided.</summary>
    public const int Window = 16 << 10;

    /// <summary>Characters before an anchor that a secret may begin at.</summary>
    public const int Back = 256;

    /// <summary>A vectorised search takes few anchors; their first three letters are enough to stop at.</summary>
    private const int AnchorsAtOnce = 64;
    private static readonly SecretRule[] Rules = [.. TokenKinds.Rules, .. ContextRules.All, .. Assignments.Rules];
    private static readonly SecretRule[][] RulesByFirst = ByFirst(Rules);
    private static readonly SearchValues<string>[] Searches = [.. MakeSearches()];

    /// <summary>Adds the secrets whose anchors begin in a part of the text.</summary>
    /// <param name="from">Nothing before it belongs to a secret any more.</param>
    /// <param name="at">The first anchor's earliest place.</param>
    /// <param name="limit">Anchors at or behind it are left for later.</param>
    /// <param name="isWhole">No more text follows.</param>
    /// <param name="found">Only the last can be open.</param>
    public static void Find(SecretText text, int from, int at, int limit, bool isWhole, List<SecretMatch> found)
    {
        Span<int> next = stackalloc int[Searches.Length];
        next.Fill(-1);
        while (NextAnchor(text.Chars, at, limit, next) is >= 0 and var anchor)
        {
            at = anchor + 1;
            if (MatchAt(text, anchor, onlyTokens: false) is not { } match || match.Start < from)
            {
                continue;
            }

            if (match.IsOpen)
            {
                var (end, isOpen) = ContextRules.BlockEnd(text, match.End, isWhole);
                match = match with { End = end, IsOpen = isOpen };
            }

            found.Add(match);
            (from, at) = (match.End, Math.Max(at, match.End));
            if (match.IsOpen)
            {
                return;
            }
        }
    }

    /// <summary>A secret that says itself what it is, at exactly this place.</summary>
    public static SecretMatch? TokenAt(SecretText text, int at) => MatchAt(text, at, onlyTokens: true);

    private static SecretMatch? MatchAt(SecretText text, int at, bool onlyTokens)
    {
        var first = text[at];
        if (first >= RulesByFirst.Length)
        {
            return null;
        }

        var rest = text.Chars[at..];
        foreach (var rule in RulesByFirst[first])
        {
            if ((rule.IsToken || !onlyTokens) && rest.StartsWith(rule.Anchor, rule.Case) && rule.Check(text, at) is { } match)
            {
                return match;
            }
        }

        return null;
    }

    private static int NextAnchor(ReadOnlySpan<char> chars, int at, int limit, Span<int> next)
    {
        var first = int.MaxValue;
        for (var i = 0; i < next.Length; i++)
        {
            if (next[i] < at)
            {
                var found = at >= chars.Length ? -1 : chars[at..].IndexOfAny(Searches[i]);
                next[i] = found < 0 ? int.MaxValue : at + found;
            }

            first = Math.Min(first, next[i]);
        }

        return first < limit ? first : -1;
    }

    private static IEnumerable<SearchValues<string>> MakeSearches()
    {
        var exact = Rules.Where(r => r.Case == StringComparison.Ordinal).Select(r => r.Anchor);
        var starts = exact.Select(a => a[..Math.Min(3, a.Length)]).Distinct(StringComparer.Ordinal).ToLookup(a => a.Length < 3);
        foreach (var part in starts[false].Chunk(AnchorsAtOnce).Append([.. starts[true]]))
        {
            yield return SearchValues.Create(part, StringComparison.Ordinal);
        }

        yield return SearchValues.Create([.. Rules.Where(r => r.Case != StringComparison.Ordinal).Select(r => r.Anchor)], StringComparison.OrdinalIgnoreCase);
    }

    private static SecretRule[][] ByFirst(SecretRule[] rules)
    {
        var byFirst = new SecretRule[128][];
        for (var c = 0; c < byFirst.Length; c++)
        {
            var first = (char)c;
            byFirst[c] =
            [
                .. rules.Where(r => r.Anchor[0] == first || (r.Case != StringComparison.Ordinal && char.ToLowerInvariant(first) == r.Anchor[0]))
                    .OrderByDescending(r => r.Anchor.Length),
            ];
        }

        return byFirst;
    }
}
