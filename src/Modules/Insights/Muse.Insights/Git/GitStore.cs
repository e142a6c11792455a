using Muse.BuildingBlocks.Persistence;
using Muse.Insights.Persistence;

namespace Muse.Insights.Git;

/// <summary>The rows of folders, working trees, repositories and commits.</summary>
internal sealed class GitStore(MuseDatabase database)
{
    /// <summary>Few enough that who waits for the right to write does not notice.</summary>
    private const int AtOnce = 500;

    private const string Unplaced = """
        SELECT f.folder FROM insights_session_work s JOIN insights_session_folders f ON f.session_id = s.session_id
        WHERE s.is_stale = 1 AND NOT EXISTS (SELECT 1 FROM insights_git_folders g WHERE g.folder = f.folder)
        UNION SELECT folder FROM insights_git_folders WHERE worktree IS NULL AND looked_at_ms < ?
        """;

    private const string Place = """
        INSERT INTO insights_git_folders (folder, worktree, looked_at_ms) VALUES (?, ?, ?)
        ON CONFLICT (folder) DO UPDATE SET worktree = excluded.worktree, looked_at_ms = excluded.looked_at_ms
        """;

    private const string Tops = "SELECT DISTINCT worktree FROM insights_git_folders WHERE worktree IS NOT NULL";
    private const string Trees = "SELECT folder, repository_id, git_dir, state, problem, looked_at_ms FROM insights_worktrees";

    private const string SaveTree = """
        INSERT INTO insights_worktrees (folder, repository_id, git_dir, state, problem, looked_at_ms) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (folder) DO UPDATE SET repository_id = excluded.repository_id, git_dir = excluded.git_dir, state = excluded.state,
            problem = excluded.problem, looked_at_ms = excluded.looked_at_ms
        """;

    private const string AddRepository =
        "INSERT INTO insights_repositories (common_dir, state, tips, since_ms, email, looked_at_ms) VALUES (?, 'ok', '', 0, '', 0) ON CONFLICT (common_dir) DO NOTHING";

    private const string RepositoryId = "SELECT id FROM insights_repositories WHERE common_dir = ?";
    private const string All = "SELECT id, common_dir, state, problem, print, tips, since_ms, email, looked_at_ms FROM insights_repositories";

    private const string SaveState = """
        UPDATE insights_repositories SET state = ?, problem = ?, print = ?, tips = ?, since_ms = ?, email = ?, looked_at_ms = ? WHERE id = ?
        """;

    private const string FirstWork = """
        SELECT coalesce(min(s.first_at_ms), 0) FROM insights_worktrees w JOIN insights_git_folders g ON g.worktree = w.folder
            JOIN insights_session_folders f ON f.folder = g.folder JOIN insights_session_work s ON s.session_id = f.session_id
        WHERE w.repository_id = ?
        """;

    private const string AddCommit = """
        INSERT INTO insights_commits (repository_id, hash, tree, parents, author_ms, committer_ms, email, subject, reverts, is_reachable, added_lines, removed_lines)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT DO NOTHING
        """;

    private const string AddFile =
        "INSERT INTO insights_commit_files (repository_id, hash, path, added_lines, removed_lines) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private const string Commits = """
        SELECT hash, tree, parents, author_ms, committer_ms, email, subject, patch_id, inverse_patch_id, branch_patch_id, reverts, made_in, is_reachable,
            reverted_by, replaced_by, added_lines, removed_lines
        FROM insights_commits WHERE repository_id = ?
        """;

    private const string SaveCommit = """
        UPDATE insights_commits SET patch_id = ?, inverse_patch_id = ?, branch_patch_id = ?, made_in = ?, is_reachable = ?, reverted_by = ?, replaced_by = ?
        WHERE repository_id = ? AND hash = ?
        """;

    /// <summary>Folders that sessions name and that were not looked for yet, or are in no repository and were not looked for since a time.</summary>
    public List<string> UnplacedFolders(long sinceMs)
    {
        using var reader = database.Read();
        return reader.Query(Unplaced).Bind(sinceMs).All(row => row.Text(0));
    }

    public Task PlaceAsync(IReadOnlyCollection<(string Folder, string? Worktree)> folders, long nowMs, CancellationToken ct) => WriteAsync(
        folders, (sql, f) => sql[Place].Bind(f.Folder).Bind(f.Worktree).Bind(nowMs).Execute(), ct);

    /// <summary>Tops of working trees as folders of sessions lead to them.</summary>
    public List<string> FoundTops()
    {
        using var reader = database.Read();
        return reader.Query(Tops).All(row => row.Text(0));
    }

    public List<Worktree> Worktrees()
    {
        using var reader = database.Read();
        return reader.Query(Trees).All(row => new Worktree
        {
            Folder = row.Text(0), RepositoryId = row.NumberOrNull(1), GitDir = row.Text(2), State = row.Text(3), Problem = row.TextOrNull(4), LookedAtMs = row.Number(5),
        });
    }

    public Task SaveAsync(Worktree tree, CancellationToken ct) => WriteAsync(
        [tree],
        (sql, w) => sql[SaveTree].Bind(w.Folder).Bind(w.RepositoryId).Bind(w.GitDir).Bind(w.State).Bind(w.Problem).Bind(w.LookedAtMs).Execute(),
        ct);

    /// <summary>The number of the repository with this common folder.</summary>
    public async Task<long> RepositoryOfAsync(string commonDir, CancellationToken ct)
    {
        await WriteAsync([commonDir], (sql, folder) => sql[AddRepository].Bind(folder).Execute(), ct);
        using var reader = database.Read();
        return reader.Query(RepositoryId).Bind(commonDir).FirstNumber();
    }

    public List<Repository> Repositories()
    {
        using var reader = database.Read();
        return reader.Query(All).All(row => new Repository
        {
            Id = row.Number(0), CommonDir = row.Text(1), State = row.Text(2), Problem = row.TextOrNull(3), Print = row.TextOrNull(4), Tips = row.Text(5),
            SinceMs = row.Number(6), Email = row.Text(7), LookedAtMs = row.Number(8),
        });
    }

    public Task SaveAsync(Repository repository, CancellationToken ct) => WriteAsync(
        [repository],
        (sql, r) => sql[SaveState].Bind(r.State).Bind(r.Problem).Bind(r.Print).Bind(r.Tips).Bind(r.SinceMs).Bind(r.Email).Bind(r.LookedAtMs).Bind(r.Id).Execute(),
        ct);

    /// <summary>UTC milliseconds of the first thing any session did in it; 0 if none did.</summary>
    public long FirstWorkMs(long repositoryId)
    {
        using var reader = database.Read();
        return reader.Query(FirstWork).Bind(repositoryId).FirstNumber();
    }

    public Task AddAsync(long repositoryId, IReadOnlyCollection<LoggedCommit> commits, CancellationToken ct) => WriteAsync(
        commits,
        (sql, c) =>
        {
            sql[AddCommit].Bind(repositoryId).Bind(c.Hash).Bind(c.Tree).Bind(c.Parents).Bind(c.AuthorMs).Bind(c.CommitterMs).Bind(c.Email).Bind(c.Subject).Bind(c.Reverts)
                .Bind(c.Files.Sum(f => (long)f.Added)).Bind(c.Files.Sum(f => (long)f.Removed)).Execute();
            foreach (var file in c.Files)
            {
                sql[AddFile].Bind(repositoryId).Bind(c.Hash).Bind(file.Path).Bind(file.Added).Bind(file.Removed).Execute();
            }
        },
        ct);

    public List<Commit> CommitsOf(long repositoryId)
    {
        using var reader = database.Read();
        return reader.Query(Commits).Bind(repositoryId).All(row => new Commit
        {
            RepositoryId = repositoryId, Hash = row.Text(0), Tree = row.Text(1), Parents = row.Text(2), AuthorMs = row.Number(3), CommitterMs = row.Number(4),
            Email = row.Text(5), Subject = row.Text(6), PatchId = row.TextOrNull(7), InversePatchId = row.TextOrNull(8), BranchPatchId = row.TextOrNull(9),
            Reverts = row.TextOrNull(10), MadeIn = row.TextOrNull(11), IsReachable = row.Number(12) != 0, RevertedBy = row.TextOrNull(13),
            ReplacedBy = row.TextOrNull(14), AddedLines = row.Int(15), RemovedLines = row.Int(16),
        });
    }

    /// <summary>Stores what is not git's own word of a commit but follows from others.</summary>
    public Task SaveAsync(IReadOnlyCollection<Commit> commits, CancellationToken ct) => WriteAsync(
        commits,
        (sql, c) => sql[SaveCommit].Bind(c.PatchId).Bind(c.InversePatchId).Bind(c.BranchPatchId).Bind(c.MadeIn).Bind(c.IsReachable ? 1 : 0).Bind(c.RevertedBy)
            .Bind(c.ReplacedBy).Bind(c.RepositoryId).Bind(c.Hash).Execute(),
        ct);

    /// <summary>Runs a statement for each row, in transactions of a few hundred.</summary>
    private async Task WriteAsync<T>(IReadOnlyCollection<T> rows, Action<PreparedStatements, T> write, CancellationToken ct)
    {
        foreach (var some in rows.Chunk(AtOnce))
        {
            using var gate = await database.EnterWriteAsync(ct);
            await using var connection = database.Open();
            await using var transaction = connection.BeginTransaction(deferred: false);
            using var statements = new PreparedStatements(() => connection);
            Array.ForEach(some, row => write(statements, row));
            await transaction.CommitAsync(ct);
        }
    }
}
