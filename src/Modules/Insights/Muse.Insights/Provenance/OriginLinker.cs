using Muse.Insights.Git;
using Muse.Insights.Persistence;

namespace Muse.Insights.Provenance;

/// <summary>Holds the commits of repositories against what sessions did, when either has changed.</summary>
internal sealed class OriginLinker(GitStore git, OriginStore store, TimeProvider clock)
{
    /// <summary>Agents write all the time; without a new commit little follows from it.</summary>
    private static readonly TimeSpan WithoutCommits = TimeSpan.FromMinutes(1);
    private DateTimeOffset _linkedAt;

    /// <param name="changed">Repositories in which commits were read.</param>
    public async Task LinkAsync(IReadOnlyCollection<long> changed, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (changed.Count == 0 && now - _linkedAt < WithoutCommits)
        {
            return;
        }

        _linkedAt = now;
        var stale = store.StaleSessions();
        var sessions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var repository in store.TouchedRepositories().Union(changed))
        {
            sessions.UnionWith(await LinkRepositoryAsync(repository, changed.Contains(repository), ct));
        }

        if (sessions.Count + stale.Count > 0)
        {
            await store.SettleAsync(sessions, stale, ct);
        }
    }

    /// <returns>The sessions for which something may be different now.</returns>
    private async Task<IEnumerable<string>> LinkRepositoryAsync(long repositoryId, bool isChanged, CancellationToken ct)
    {
        var commits = git.CommitsOf(repositoryId);
        var before = commits.ToDictionary(c => c.Hash, c => (c.RevertedBy, c.ReplacedBy), StringComparer.Ordinal);
        var graph = new CommitGraph(commits);
        var rewrites = Rewrites.Find(graph);
        Rewrites.MarkReverted(graph);
        Rewrites.MarkReplaced(graph, rewrites);
        await git.SaveAsync(commits.FindAll(c => before[c.Hash] != (c.RevertedBy, c.ReplacedBy)), ct);

        var work = store.WorkIn(repositoryId);
        var email = git.Repositories().Find(r => r.Id == repositoryId)?.Email ?? "";
        var links = new CommitLinks(graph, work, email).Find(rewrites);
        var origins = links.Select(l => new CommitOrigin
        {
            RepositoryId = repositoryId,
            Hash = l.Commit.Hash,
            SessionId = l.SessionId,
            Confidence = l.Confidence,
            Why = l.Why,
            IsCounted = l.IsCounted,
            AtMs = l.Commit.AuthorMs,
            Model = store.ModelOf(l.SessionId, l.Commit.AuthorMs),
            ProjectPath = store.ProjectOf(l.SessionId),
            Fate = Fate.Of(l.Commit),
        }).ToList();
        var changed = await store.ReplaceAsync(repositoryId, origins, ct);
        // A commit that was undone or became unreachable, or a repository that can be read now, changes what sessions shipped, though no row of theirs.
        return isChanged ? changed.Union(work.Sessions.Select(s => s.SessionId), StringComparer.Ordinal).Union(origins.Select(o => o.SessionId), StringComparer.Ordinal) : changed;
    }
}
