using Muse.Insights.Git;
using Muse.Insights.Persistence;

namespace Muse.Insights.Provenance;

/// <summary>Holds the commits of repositories against what sessions did, when either has changed.</summary>
internal sealed class OriginLinker(GitStore git, OriginStore store)
{
    /// <param name="changed">Repositories in which commits were read.</param>
    public async Task LinkAsync(IReadOnlyCollection<long> changed, CancellationToken ct)
    {
        var stale = store.StaleSessions();
        var sessions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var repository in store.TouchedRepositories().Union(changed))
        {
            sessions.UnionWith(await LinkRepositoryAsync(repository, ct));
        }

        if (sessions.Count + stale.Count > 0)
        {
            await store.SettleAsync(sessions, stale, ct);
        }
    }

    private async Task<IEnumerable<string>> LinkRepositoryAsync(long repositoryId, CancellationToken ct)
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
        }).ToList();
        var changed = await store.ReplaceAsync(repositoryId, origins, ct);
        // A commit that was undone or became unreachable changes what its sessions shipped, though no row of theirs.
        return changed.Union(origins.Select(o => o.SessionId), StringComparer.Ordinal);
    }
}
