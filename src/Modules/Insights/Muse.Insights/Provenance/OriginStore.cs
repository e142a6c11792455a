using Muse.BuildingBlocks.Persistence;
using Muse.Insights.Persistence;

namespace Muse.Insights.Provenance;

/// <param name="GitDirs">By the top of each of the repository's working trees, git's folder of it.</param>
internal sealed record RepositoryWork(
    IReadOnlyList<SessionWork> Sessions, IReadOnlyList<SessionEdit> Edits, IReadOnlyList<SeenCommit> Seen, IReadOnlyList<CommitFile> Files,
    IReadOnlyDictionary<string, string> GitDirs);

/// <summary>Reads what commits are held against, and keeps what came of it.</summary>
internal sealed class OriginStore(MuseDatabase database)
{
    private const string SessionsOf = """
        SELECT DISTINCT f.session_id FROM insights_worktrees w JOIN insights_git_folders g ON g.worktree = w.folder
            JOIN insights_session_folders f ON f.folder = g.folder
        WHERE w.repository_id = ?
        """;

    private const string Stale = "SELECT session_id, last_at_ms FROM insights_session_work WHERE is_stale = 1";

    private const string Touched = """
        SELECT DISTINCT w.repository_id FROM insights_session_work s JOIN insights_session_folders f ON f.session_id = s.session_id
            JOIN insights_git_folders g ON g.folder = f.folder JOIN insights_worktrees w ON w.folder = g.worktree
        WHERE s.is_stale = 1 AND w.repository_id IS NOT NULL
        """;

    private const string Settled = "UPDATE insights_session_work SET is_stale = 0 WHERE session_id = ? AND last_at_ms = ?";
    private const string Sessions = $"SELECT session_id, agent, project_path, first_at_ms, last_at_ms FROM insights_session_work WHERE session_id IN ({SessionsOf})";
    private const string Edits = $"SELECT session_id, path, at_ms FROM insights_session_edits WHERE session_id IN ({SessionsOf})";
    private const string Seen = "SELECT session_id, hash, subject, at_ms FROM insights_seen_commits";
    private const string Files = "SELECT hash, path, added_lines, removed_lines FROM insights_commit_files WHERE repository_id = ?";
    private const string Trees = "SELECT folder, git_dir FROM insights_worktrees WHERE repository_id = ?";
    private const string Origins = "SELECT hash, session_id, confidence, why, is_counted, at_ms, model, project_path, fate FROM insights_commit_origins WHERE repository_id = ?";
    private const string Forget = "DELETE FROM insights_commit_origins WHERE repository_id = ? AND hash = ? AND session_id = ?";

    private const string Keep = """
        INSERT INTO insights_commit_origins (repository_id, hash, session_id, confidence, why, is_counted, at_ms, model, project_path, fate) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (repository_id, hash, session_id) DO UPDATE SET confidence = excluded.confidence, why = excluded.why, is_counted = excluded.is_counted,
            at_ms = excluded.at_ms, model = excluded.model, project_path = excluded.project_path, fate = excluded.fate
        """;

    private const string Model = """
        SELECT model FROM insights_usage WHERE session_id = ? AND model IS NOT NULL ORDER BY at_ms > ?, CASE WHEN at_ms > ? THEN at_ms ELSE -at_ms END LIMIT 1
        """;

    private const string Project = "SELECT project_path FROM insights_session_work WHERE session_id = ?";

    private const string Yield = """
        INSERT INTO insights_session_yields (session_id, shipped, reverted, lost, low, shipped_lines, is_traceable)
        SELECT w.session_id,
            coalesce(sum(o.confidence > 1 AND o.is_counted AND o.fate = 0), 0), coalesce(sum(o.confidence > 1 AND o.is_counted AND o.fate = 1), 0),
            coalesce(sum(o.confidence > 1 AND o.is_counted AND o.fate = 2), 0), coalesce(sum(o.confidence = 1 AND o.is_counted AND o.fate < 2), 0),
            coalesce(sum(CASE WHEN o.confidence > 1 AND o.is_counted AND o.fate = 0 THEN c.added_lines + c.removed_lines ELSE 0 END), 0),
            EXISTS (SELECT 1 FROM insights_session_edits e WHERE e.session_id = w.session_id)
                AND EXISTS (SELECT 1 FROM insights_session_folders f JOIN insights_git_folders g ON g.folder = f.folder
                    JOIN insights_worktrees t ON t.folder = g.worktree JOIN insights_repositories r ON r.id = t.repository_id
                    WHERE f.session_id = w.session_id AND r.state IN ('ok', 'vanished'))
        FROM (SELECT ? AS session_id) w LEFT JOIN insights_commit_origins o ON o.session_id = w.session_id
            LEFT JOIN insights_commits c ON c.repository_id = o.repository_id AND c.hash = o.hash
        GROUP BY w.session_id
        ON CONFLICT (session_id) DO UPDATE SET shipped = excluded.shipped, reverted = excluded.reverted, lost = excluded.lost, low = excluded.low,
            shipped_lines = excluded.shipped_lines, is_traceable = excluded.is_traceable
        WHERE (shipped, reverted, lost, low, shipped_lines, is_traceable)
            <> (excluded.shipped, excluded.reverted, excluded.lost, excluded.low, excluded.shipped_lines, excluded.is_traceable)
        """;

    /// <summary>Sessions of which something was read since they were settled, with how far.</summary>
    public List<(string SessionId, long LastAtMs)> StaleSessions()
    {
        using var reader = database.Read();
        return reader.Query(Stale).All(row => (row.Text(0), row.Number(1)));
    }

    /// <summary>The repositories that stale sessions name.</summary>
    public List<long> TouchedRepositories()
    {
        using var reader = database.Read();
        return reader.Query(Touched).All(row => row.Number(0));
    }

    /// <summary>Where a session was started; empty if nobody said.</summary>
    public string ProjectOf(string sessionId)
    {
        using var reader = database.Read();
        return reader.Query(Project).Bind(sessionId).First(row => row.Text(0)) ?? "";
    }

    public RepositoryWork WorkIn(long repositoryId)
    {
        using var reader = database.Read();
        return new RepositoryWork(
            reader.Query(Sessions).Bind(repositoryId).All(row => new SessionWork
            {
                SessionId = row.Text(0), Agent = row.Text(1), ProjectPath = row.Text(2), FirstAtMs = row.Number(3), LastAtMs = row.Number(4),
            }),
            reader.Query(Edits).Bind(repositoryId).All(row => new SessionEdit { SessionId = row.Text(0), Path = row.Text(1), AtMs = row.Number(2) }),
            reader.Query(Seen).All(row => new SeenCommit { SessionId = row.Text(0), Hash = row.Text(1), Subject = row.TextOrNull(2), AtMs = row.Number(3) }),
            reader.Query(Files).Bind(repositoryId).All(row => new CommitFile
            {
                RepositoryId = repositoryId, Hash = row.Text(0), Path = row.Text(1), AddedLines = row.Int(2), RemovedLines = row.Int(3),
            }),
            reader.Query(Trees).Bind(repositoryId).All(row => (Folder: row.Text(0), GitDir: row.Text(1)))
                .ToDictionary(t => t.Folder, t => t.GitDir, StringComparer.Ordinal));
    }

    /// <summary>The session's last model before a time, or its first one after it; empty if none is known.</summary>
    public string ModelOf(string sessionId, long atMs)
    {
        using var reader = database.Read();
        return reader.Query(Model).Bind(sessionId).Bind(atMs).Bind(atMs).First(row => row.Text(0)) ?? "";
    }

    /// <summary>Makes the rows of a repository these, and writes only what differs.</summary>
    /// <returns>The sessions of which a row was written or dropped.</returns>
    public async Task<IReadOnlySet<string>> ReplaceAsync(long repositoryId, IReadOnlyCollection<CommitOrigin> origins, CancellationToken ct)
    {
        var before = Of(repositoryId).ToDictionary(o => (o.Hash, o.SessionId));
        var changed = origins.Where(o => !before.TryGetValue((o.Hash, o.SessionId), out var old) || !IsSame(old, o)).ToList();
        var gone = before.Keys.Except(origins.Select(o => (o.Hash, o.SessionId))).ToList();
        if (changed.Count + gone.Count > 0)
        {
            await WriteAsync(
                sql =>
                {
                    gone.ForEach(o => sql[Forget].Bind(repositoryId).Bind(o.Hash).Bind(o.SessionId).Execute());
                    changed.ForEach(o => sql[Keep].Bind(o.RepositoryId).Bind(o.Hash).Bind(o.SessionId).Bind(o.Confidence).Bind(o.Why).Bind(o.IsCounted ? 1 : 0)
                        .Bind(o.AtMs).Bind(o.Model).Bind(o.ProjectPath).Bind(o.Fate).Execute());
                },
                ct);
        }

        return changed.Select(o => o.SessionId).Concat(gone.Select(o => o.SessionId)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Adds up what became of the work of sessions, and notes of how far they were looked at.</summary>
    public Task SettleAsync(IReadOnlyCollection<string> sessions, IReadOnlyCollection<(string SessionId, long LastAtMs)> stale, CancellationToken ct) => WriteAsync(
        sql =>
        {
            foreach (var session in sessions.Union(stale.Select(s => s.SessionId), StringComparer.Ordinal))
            {
                sql[Yield].Bind(session).Execute();
            }

            foreach (var (session, last) in stale)
            {
                sql[Settled].Bind(session).Bind(last).Execute();
            }
        },
        ct);

    private List<CommitOrigin> Of(long repositoryId)
    {
        using var reader = database.Read();
        return reader.Query(Origins).Bind(repositoryId).All(row => new CommitOrigin
        {
            RepositoryId = repositoryId, Hash = row.Text(0), SessionId = row.Text(1), Confidence = row.Int(2), Why = row.Text(3), IsCounted = row.Number(4) != 0,
            AtMs = row.Number(5), Model = row.Text(6), ProjectPath = row.Text(7), Fate = row.Int(8),
        });
    }

    private static bool IsSame(CommitOrigin a, CommitOrigin b) =>
        (a.Confidence, a.Why, a.IsCounted, a.AtMs, a.Model, a.ProjectPath, a.Fate) == (b.Confidence, b.Why, b.IsCounted, b.AtMs, b.Model, b.ProjectPath, b.Fate);

    private async Task WriteAsync(Action<PreparedStatements> write, CancellationToken ct)
    {
        using var gate = await database.EnterWriteAsync(ct);
        await using var connection = database.Open();
        await using var transaction = connection.BeginTransaction(deferred: false);
        using var statements = new PreparedStatements(() => connection);
        write(statements);
        await transaction.CommitAsync(ct);
    }
}
