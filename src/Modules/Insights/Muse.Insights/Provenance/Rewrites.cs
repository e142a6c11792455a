using Muse.Insights.Persistence;

namespace Muse.Insights.Provenance;

/// <param name="Into">The later commit, which holds the work of the other.</param>
/// <param name="How">In words: what tells that it does.</param>
internal readonly record struct Rewrite(Commit Of, Commit Into, string How);

/// <summary>Which commits hold the work of others: amended, rebased, picked, squashed; and which undo others.</summary>
internal static class Rewrites
{
    /// <summary>Commits of one second are compared with each other; a script makes more than these.</summary>
    private const int MostAlike = 50;
    private const long LongestBranchMs = 60L * 24 * 3600 * 1000;

    public static List<Rewrite> Find(CommitGraph graph)
    {
        var found = SameWork(graph).ToList();
        var rewritten = found.ToLookup(r => r.Of.Hash, StringComparer.Ordinal);
        found.AddRange(Squashed(graph).Where(s => !rewritten[s.Of.Hash].Any(r => r.Into.Hash == s.Into.Hash || graph.IsAncestor(r.Into, s.Into))));
        return found;
    }

    /// <summary>Marks each commit with the one that undid it, if that still stands.</summary>
    public static void MarkReverted(CommitGraph graph)
    {
        var byPatch = graph.Commits.Where(c => c.PatchId is not null).ToLookup(c => c.PatchId!, StringComparer.Ordinal);
        var undoing = graph.Commits.Where(c => c.IsReachable).SelectMany(r => Undone(graph, byPatch, r).Select(x => (Of: x.Hash, By: r)))
            .ToLookup(u => u.Of, u => u.By, StringComparer.Ordinal);
        foreach (var commit in graph.Commits)
        {
            commit.RevertedBy = Standing(commit, [])?.Hash;
        }

        Commit? Standing(Commit commit, HashSet<string> asked) =>
            asked.Add(commit.Hash) ? undoing[commit.Hash].FirstOrDefault(by => Standing(by, asked) is null) : null;
    }

    /// <summary>Marks each commit with the last one that holds its work.</summary>
    public static void MarkReplaced(CommitGraph graph, IReadOnlyCollection<Rewrite> rewrites)
    {
        var into = rewrites.ToLookup(r => r.Of.Hash, r => r.Into, StringComparer.Ordinal);
        foreach (var commit in graph.Commits)
        {
            commit.ReplacedBy = Last(commit, [])?.Hash;
        }

        Commit? Last(Commit commit, HashSet<string> asked) => asked.Add(commit.Hash)
            ? into[commit.Hash].OrderByDescending(c => c.IsReachable).ThenByDescending(c => c.CommitterMs).Select(c => Last(c, asked) ?? c).FirstOrDefault()
            : null;
    }

    /// <summary>Git keeps the author and the second of the work when it writes a commit anew.</summary>
    private static IEnumerable<Rewrite> SameWork(CommitGraph graph) =>
        from alike in graph.Commits.Where(c => !CommitGraph.IsMerge(c)).GroupBy(c => (c.AuthorMs, c.Email))
        let commits = alike.Take(MostAlike).OrderBy(c => c.CommitterMs).ThenBy(c => c.IsReachable).ThenBy(c => c.Hash, StringComparer.Ordinal).ToList()
        from later in Enumerable.Range(1, Math.Max(0, commits.Count - 1))
        from earlier in Enumerable.Range(0, later)
        let pair = (Of: commits[earlier], Into: commits[later])
        let how = Likeness(pair.Of, pair.Into)
        where how is not null && !graph.IsAncestor(pair.Of, pair.Into) && !graph.IsAncestor(pair.Into, pair.Of)
        select new Rewrite(pair.Of, pair.Into, how);

    private static string? Likeness(Commit of, Commit into) =>
        of.PatchId is not null && of.PatchId == into.PatchId ? "the same change, written anew"
        : of.Parents == into.Parents && !of.IsReachable ? "amended"
        : of.Subject.Length > 0 && of.Subject == into.Subject ? "rebased"
        : null;

    private static IEnumerable<Rewrite> Squashed(CommitGraph graph)
    {
        var byTree = graph.Commits.ToLookup(c => c.Tree, StringComparer.Ordinal);
        var byBranch = graph.Commits.Where(c => !string.IsNullOrEmpty(c.BranchPatchId)).ToLookup(c => c.BranchPatchId!, StringComparer.Ordinal);
        foreach (var squash in graph.Commits.Where(c => !CommitGraph.IsMerge(c) && !graph.Parents(c).Any(p => p.Tree == c.Tree)))
        {
            // Who goes back to what was there before squashed nothing.
            var sameTree = byTree[squash.Tree].Any(c => graph.IsAncestor(c, squash)) ? [] : byTree[squash.Tree];
            var tips = sameTree.Concat(squash.PatchId is null ? [] : byBranch[squash.PatchId]).Distinct()
                .Where(tip => tip.Hash != squash.Hash && tip.CommitterMs <= squash.CommitterMs && squash.CommitterMs - tip.CommitterMs < LongestBranchMs)
                .Where(tip => !graph.IsAncestor(tip, squash) && !graph.IsAncestor(squash, tip));
            foreach (var of in tips.SelectMany(tip => graph.OnlyOn(tip, squash)).Distinct().Where(c => !CommitGraph.IsMerge(c)))
            {
                yield return new Rewrite(of, squash, "squashed");
            }
        }
    }

    /// <summary>What a commit undoes: what its message says, else the last commit before it whose change is its own backwards.</summary>
    private static IEnumerable<Commit> Undone(CommitGraph graph, ILookup<string, Commit> byPatch, Commit revert)
    {
        if (revert.Reverts is { } said)
        {
            return graph.Find(said) is { } named
                ? [named]
                : graph.Commits.Where(c => c.Hash.StartsWith(said, StringComparison.Ordinal)).Take(1);
        }

        return revert.InversePatchId is null
            ? []
            : byPatch[revert.InversePatchId].Where(c => c.Hash != revert.Hash && c.CommitterMs <= revert.CommitterMs && graph.IsAncestor(c, revert))
                .OrderByDescending(c => c.CommitterMs).Take(1);
    }
}
