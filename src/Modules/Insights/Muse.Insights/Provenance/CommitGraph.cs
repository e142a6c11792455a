using Muse.Insights.Persistence;

namespace Muse.Insights.Provenance;

/// <summary>The read commits of one repository by what they descend from.</summary>
internal sealed class CommitGraph
{
    /// <summary>Clocks of committers may differ by so much; beyond it a walk back in time stops.</summary>
    private const long SkewMs = 24L * 3600 * 1000;
    private const int MostAncestors = 1000;
    private readonly Dictionary<string, Commit> _byHash;
    private readonly Dictionary<string, int> _children = new(StringComparer.Ordinal);

    public CommitGraph(IReadOnlyCollection<Commit> commits)
    {
        _byHash = commits.ToDictionary(c => c.Hash, StringComparer.Ordinal);
        foreach (var parent in commits.SelectMany(ParentHashes))
        {
            _children[parent] = _children.GetValueOrDefault(parent) + 1;
        }
    }

    public IReadOnlyCollection<Commit> Commits => _byHash.Values;

    public Commit? Find(string? hash) => hash is null ? null : _byHash.GetValueOrDefault(hash);

    public IEnumerable<Commit> Parents(Commit of) => ParentHashes(of).Select(Find).OfType<Commit>();

    public static bool IsMerge(Commit commit) => commit.Parents.Contains(' ', StringComparison.Ordinal);

    public bool IsTip(Commit commit) => !_children.ContainsKey(commit.Hash);

    /// <summary>True if one leads back to the other.</summary>
    public bool IsAncestor(Commit ancestor, Commit of)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<Commit>(Parents(of));
        while (next.TryPop(out var commit))
        {
            if (commit.Hash == ancestor.Hash)
            {
                return true;
            }

            if (commit.CommitterMs + SkewMs >= ancestor.CommitterMs && seen.Add(commit.Hash))
            {
                foreach (var parent in Parents(commit))
                {
                    next.Push(parent);
                }
            }
        }

        return false;
    }

    /// <summary>A commit and those that lead to it and not to another, the newest first.</summary>
    public List<Commit> OnlyOn(Commit tip, Commit other)
    {
        var found = new List<Commit>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<Commit>([tip]);
        while (found.Count < MostAncestors && next.TryDequeue(out var commit))
        {
            if (seen.Add(commit.Hash) && commit.Hash != other.Hash && !IsAncestor(commit, other))
            {
                found.Add(commit);
                foreach (var parent in Parents(commit))
                {
                    next.Enqueue(parent);
                }
            }
        }

        return found;
    }

    /// <summary>Where the branch of a tip leaves what others go on from; null if it does not within the commits that were read.</summary>
    public Commit? BranchPoint(Commit tip)
    {
        var at = tip;
        for (var i = 0; i < MostAncestors && Parents(at).FirstOrDefault() is { } parent; i++)
        {
            if (_children.GetValueOrDefault(parent.Hash) > 1)
            {
                return parent;
            }

            at = parent;
        }

        return null;
    }

    private static string[] ParentHashes(Commit commit) => commit.Parents.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
