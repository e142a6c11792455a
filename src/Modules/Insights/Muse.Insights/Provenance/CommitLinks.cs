using System.Globalization;
using Muse.Insights.Persistence;

namespace Muse.Insights.Provenance;

/// <param name="Matched">How many of its files the session changed: of equally sure sessions, the one with more is counted.</param>
internal sealed record CommitLink(Commit Commit, string SessionId, int Confidence, string Why, int Matched = 0, long LastAtMs = 0)
{
    public bool IsCounted { get; set; }
}

/// <summary>Which commits of a repository come from which sessions. A pure function of what git and the transcripts say.</summary>
/// <param name="email">Whose commits are made on this machine; empty if nobody knows.</param>
internal sealed class CommitLinks(CommitGraph graph, RepositoryWork work, string email)
{
    /// <summary>Half of a commit's files or lines: less is somebody else's commit in which something of the session went along.</summary>
    private const double EnoughShare = 0.5;

    /// <summary>A commit so long after a session's last word may still be of it.</summary>
    private const long AfterwardsMs = 15 * 60 * 1000;
    private const int ShortHash = 7;

    private readonly Dictionary<(string Hash, string SessionId), CommitLink> _links = [];
    private readonly HashSet<string> _here = work.Sessions.Select(s => s.SessionId).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> _own = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);

    public IReadOnlyCollection<CommitLink> Find(IReadOnlyCollection<Rewrite> rewrites)
    {
        LinkShown();
        // An agent may commit under a name of its own: its commits are of this machine, too.
        _own.UnionWith(_links.Values.Select(l => l.Commit.Email).Append(email).Where(e => e.Length > 0));
        var (edits, rewritten) = (new EditMatch(graph, [.. EditsHere()], [.. work.Files]), rewrites.Select(r => r.Into.Hash).ToHashSet(StringComparer.Ordinal));
        foreach (var commit in graph.Commits.Where(c => !CommitGraph.IsMerge(c) && IsOwn(c)))
        {
            LinkEdited(commit, edits);
        }

        CarryOver(rewrites);
        var linked = _links.Values.Where(l => l.Confidence > Confidence.Low).Select(l => l.Commit.Hash).ToHashSet(StringComparer.Ordinal);
        foreach (var commit in graph.Commits.Where(c => !CommitGraph.IsMerge(c) && IsOwn(c) && !linked.Contains(c.Hash) && !rewritten.Contains(c.Hash)))
        {
            LinkByTime(commit);
        }

        foreach (var best in _links.Values.GroupBy(l => l.Commit.Hash, StringComparer.Ordinal)
            .Select(c => c.OrderByDescending(l => l.Confidence).ThenByDescending(l => l.Matched).ThenByDescending(l => l.LastAtMs).ThenBy(l => l.SessionId, StringComparer.Ordinal).First()))
        {
            best.IsCounted = true;
        }

        return _links.Values;
    }

    /// <summary>The session's own output shows the hash. Elsewhere than in the session's own folders the subject has to be the same, too.</summary>
    private void LinkShown()
    {
        var byStart = graph.Commits.ToLookup(c => c.Hash[..ShortHash], StringComparer.Ordinal);
        foreach (var seen in work.Seen.Where(s => s.Hash.Length >= ShortHash))
        {
            var found = byStart[seen.Hash[..ShortHash]].Where(c => c.Hash.StartsWith(seen.Hash, StringComparison.Ordinal)).ToList();
            if (found is [var commit] && (_here.Contains(seen.SessionId) || commit.Subject == seen.Subject))
            {
                _shown.Add(commit.Hash);
                Add(new CommitLink(commit, seen.SessionId, Confidence.High, $"its own output shows {seen.Hash}", LastAtMs: seen.AtMs));
            }
        }
    }

    private void LinkEdited(Commit commit, EditMatch edits)
    {
        var shown = _shown.Contains(commit.Hash);
        foreach (var share in edits.SharesOf(commit))
        {
            var confidence = !shown && share.Share >= EnoughShare ? Confidence.Medium : Confidence.Low;
            var why = string.Create(
                CultureInfo.InvariantCulture,
                $"changed {share.Files} of its {edits.FileCount(commit)} files, last {Ago(commit.AuthorMs - share.LastAtMs)} before{(shown ? "; another session shows its hash" : "")}");
            Add(new CommitLink(commit, share.SessionId, confidence, why, share.Files, share.LastAtMs));
        }
    }

    /// <summary>From each commit to those that hold its work, until nothing is added.</summary>
    private void CarryOver(IReadOnlyCollection<Rewrite> rewrites)
    {
        var next = new Queue<CommitLink>(_links.Values.Where(l => l.Confidence > Confidence.Low));
        var into = rewrites.ToLookup(r => r.Of.Hash, StringComparer.Ordinal);
        while (next.TryDequeue(out var link))
        {
            foreach (var rewrite in into[link.Commit.Hash])
            {
                var carried = link with { Commit = rewrite.Into, Why = $"{rewrite.How} from {link.Commit.Hash[..ShortHash]}: {link.Why.Split(": ")[^1]}" };
                if (Add(carried))
                {
                    next.Enqueue(carried);
                }
            }
        }
    }

    private void LinkByTime(Commit commit)
    {
        foreach (var session in work.Sessions.Where(s => s.FirstAtMs <= commit.AuthorMs + 999 && s.LastAtMs + AfterwardsMs >= commit.AuthorMs))
        {
            Add(new CommitLink(commit, session.SessionId, Confidence.Low, "made while the session worked in this repository", LastAtMs: session.LastAtMs));
        }
    }

    /// <returns>True if it is surer than what was known of this commit and session.</returns>
    private bool Add(CommitLink link)
    {
        var key = (link.Commit.Hash, link.SessionId);
        if (_links.TryGetValue(key, out var known) && known.Confidence >= link.Confidence)
        {
            return false;
        }

        _links[key] = link;
        return true;
    }

    /// <summary>Made on this machine: what was fetched comes from elsewhere.</summary>
    private bool IsOwn(Commit commit) => commit.MadeIn is not null || _own.Count == 0 || _own.Contains(commit.Email);

    private IEnumerable<RepositoryEdit> EditsHere()
    {
        var tops = work.GitDirs.OrderByDescending(t => t.Key.Length).ToList();
        var projects = work.Sessions.ToDictionary(s => s.SessionId, s => s.ProjectPath, StringComparer.Ordinal);
        foreach (var edit in work.Edits.Where(e => !e.Path.Contains('\0', StringComparison.Ordinal)))
        {
            var path = Path.IsPathRooted(edit.Path) ? edit.Path : Path.Combine(projects.GetValueOrDefault(edit.SessionId, ""), edit.Path);
            if (Path.IsPathRooted(path) && tops.Find(t => Path.GetFullPath(path).StartsWith(t.Key + "/", StringComparison.Ordinal)) is { Key: { } top } tree)
            {
                yield return new RepositoryEdit(edit.SessionId, Path.GetFullPath(path)[(top.Length + 1)..], tree.Value, edit.AtMs);
            }
        }
    }

    private static string Ago(long ms) => ms switch
    {
        < 60_000 => "less than a minute",
        < 3_600_000 => string.Create(CultureInfo.InvariantCulture, $"{ms / 60_000} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ms / 3_600_000} h"),
    };
}
