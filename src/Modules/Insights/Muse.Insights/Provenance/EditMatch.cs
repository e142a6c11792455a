using Muse.Insights.Persistence;

namespace Muse.Insights.Provenance;

/// <param name="Path">From the top of the working tree.</param>
/// <param name="GitDir">Git's folder of the working tree in which it was made.</param>
internal readonly record struct RepositoryEdit(string SessionId, string Path, string GitDir, long AtMs);

/// <param name="Files">How many of the commit's files the session changed before it.</param>
/// <param name="Share">Of its files or of its lines, whichever is greater; 0 to 1.</param>
internal readonly record struct EditShare(string SessionId, int Files, double Share, long LastAtMs);

/// <summary>Which sessions changed the files of a commit before it, as git would have found them in the working tree.</summary>
internal sealed class EditMatch(CommitGraph graph, IReadOnlyCollection<RepositoryEdit> edits, IReadOnlyCollection<CommitFile> files)
{
    /// <summary>An edit of yesterday may be committed today; what lies longer was most likely given up or taken over by hand.</summary>
    public const long WindowMs = 24L * 3600 * 1000;

    /// <summary>Git counts whole seconds, transcripts do not.</summary>
    private const long SecondMs = 1000;

    private readonly ILookup<string, RepositoryEdit> _edits = edits.ToLookup(e => e.Path, StringComparer.Ordinal);
    private readonly ILookup<string, CommitFile> _files = files.ToLookup(f => f.Hash, StringComparer.Ordinal);
    private readonly ILookup<string, string> _touching = files.ToLookup(f => f.Path, f => f.Hash, StringComparer.Ordinal);

    public int FileCount(Commit commit) => _files[commit.Hash].Count();

    /// <summary>Each session that changed any of them, by what share.</summary>
    public List<EditShare> SharesOf(Commit commit)
    {
        var changed = _files[commit.Hash].ToList();
        var lines = changed.Sum(f => (long)f.AddedLines + f.RemovedLines);
        return
        [
            .. changed.SelectMany(file => EditsOf(commit, file.Path).GroupBy(e => e.SessionId, StringComparer.Ordinal)
                    .Select(s => (Session: s.Key, Lines: (long)file.AddedLines + file.RemovedLines, LastAtMs: s.Max(e => e.AtMs))))
                .GroupBy(m => m.Session, StringComparer.Ordinal)
                .Select(s => new EditShare(
                    s.Key, s.Count(), Math.Max((double)s.Count() / changed.Count, lines == 0 ? 0 : (double)s.Sum(m => m.Lines) / lines), s.Max(m => m.LastAtMs))),
        ];
    }

    /// <summary>Edits of a file that were waiting in this commit's working tree and that no commit before it had taken.</summary>
    private IEnumerable<RepositoryEdit> EditsOf(Commit commit, string path)
    {
        var waiting = _edits[path]
            .Where(e => e.AtMs < commit.AuthorMs + SecondMs && e.AtMs > commit.AuthorMs - WindowMs)
            .Where(e => commit.MadeIn is null || commit.MadeIn == e.GitDir)
            .ToList();
        if (waiting.Count == 0)
        {
            return waiting;
        }

        var first = waiting.Min(e => e.AtMs);
        var before = _touching[path].Where(hash => hash != commit.Hash).Select(graph.Find).OfType<Commit>()
            .Where(c => c.AuthorMs + SecondMs > first && c.AuthorMs <= commit.AuthorMs && graph.IsAncestor(c, commit))
            .ToList();
        return waiting.Where(e => !before.Exists(c => c.AuthorMs + SecondMs > e.AtMs));
    }
}
