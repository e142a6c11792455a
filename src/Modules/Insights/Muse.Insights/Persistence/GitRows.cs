using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Muse.Insights.Persistence;

/// <summary>A repository that sessions worked in. Its worktrees share the folder git calls common.</summary>
internal sealed class Repository
{
    public long Id { get; set; }

    /// <summary>Absolute; one for all worktrees.</summary>
    public required string CommonDir { get; set; }

    /// <summary>See <see cref="Git.RepositoryState"/>.</summary>
    public required string State { get; set; }

    /// <summary>What is wrong and what to do; null if nothing is.</summary>
    public string? Problem { get; set; }

    /// <summary>What its files of refs looked like when it was last read: the same again means nothing new.</summary>
    public string? Print { get; set; }

    /// <summary>Hashes of read commits that no read commit has as parent, by lines: what they reach is not asked for again.</summary>
    public required string Tips { get; set; }

    /// <summary>UTC milliseconds; commits before it are not read.</summary>
    public long SinceMs { get; set; }

    /// <summary>The author's address as git would write it into a commit here; empty if none is set.</summary>
    public required string Email { get; set; }

    /// <summary>UTC milliseconds of the last look that ran git.</summary>
    public long LookedAtMs { get; set; }
}

/// <summary>A folder with a working tree, or what was one.</summary>
internal sealed class Worktree
{
    /// <summary>As sessions spell it.</summary>
    public required string Folder { get; set; }

    /// <summary>Null until git could be asked.</summary>
    public long? RepositoryId { get; set; }

    /// <summary>Git's own folder of this working tree, absolute; empty until git could be asked.</summary>
    public required string GitDir { get; set; }

    /// <summary>See <see cref="Git.RepositoryState"/>.</summary>
    public required string State { get; set; }
    public string? Problem { get; set; }

    /// <summary>UTC milliseconds of the last look that ran git.</summary>
    public long LookedAtMs { get; set; }
}

/// <summary>Which working tree a folder of a session belongs to.</summary>
internal sealed class GitFolder
{
    public required string Folder { get; set; }

    /// <summary>Null if it is in none.</summary>
    public string? Worktree { get; set; }

    /// <summary>UTC milliseconds.</summary>
    public long LookedAtMs { get; set; }
}

/// <summary>A commit on a ref or in a reflog.</summary>
internal sealed class Commit
{
    public long RepositoryId { get; set; }
    public required string Hash { get; set; }
    public required string Tree { get; set; }

    /// <summary>Hashes, separated by spaces.</summary>
    public required string Parents { get; set; }
    public long AuthorMs { get; set; }
    public long CommitterMs { get; set; }
    public required string Email { get; set; }
    public required string Subject { get; set; }

    /// <summary>What it changes, whatever the place of the lines; null for merges and what is too large.</summary>
    public string? PatchId { get; set; }

    /// <summary>The patch id of what would undo it.</summary>
    public string? InversePatchId { get; set; }

    /// <summary>The patch id of its branch as a whole, for what was the tip of one; empty if there is none.</summary>
    public string? BranchPatchId { get; set; }

    /// <summary>The commit that its message says it reverts.</summary>
    public string? Reverts { get; set; }

    /// <summary>Git's folder of the working tree whose reflog tells that it was made there.</summary>
    public string? MadeIn { get; set; }

    /// <summary>A ref leads to it.</summary>
    public bool IsReachable { get; set; }

    /// <summary>The reachable commit that undid it.</summary>
    public string? RevertedBy { get; set; }

    /// <summary>The later commit that holds the same work: amended, rebased, picked or squashed.</summary>
    public string? ReplacedBy { get; set; }
    public int AddedLines { get; set; }
    public int RemovedLines { get; set; }
}

internal sealed class CommitFile
{
    public long RepositoryId { get; set; }
    public required string Hash { get; set; }

    /// <summary>From the top of the working tree.</summary>
    public required string Path { get; set; }

    /// <summary>0 in a binary file.</summary>
    public int AddedLines { get; set; }
    public int RemovedLines { get; set; }
}

/// <summary>Why a commit is held to come from a session.</summary>
internal sealed class CommitOrigin
{
    public long RepositoryId { get; set; }
    public required string Hash { get; set; }
    public required string SessionId { get; set; }

    /// <summary>See <see cref="Provenance.Confidence"/>: 3 high, 2 medium, 1 low.</summary>
    public int Confidence { get; set; }

    /// <summary>In words.</summary>
    public required string Why { get; set; }

    /// <summary>Of the sessions of this commit, the one it is counted for.</summary>
    public bool IsCounted { get; set; }

    /// <summary>The commit's author time: when the work was done.</summary>
    public long AtMs { get; set; }

    /// <summary>The session's last model before the commit, as the agent wrote it; empty where none is known.</summary>
    public required string Model { get; set; }

    /// <summary>The session's project; empty where none is known. Here, as the next, so that figures need no other table.</summary>
    public required string ProjectPath { get; set; }

    /// <summary>See <see cref="Provenance.Fate"/>.</summary>
    public int Fate { get; set; }
}

/// <summary>What became of a session's work, as far as git tells.</summary>
internal sealed class SessionYield
{
    public required string SessionId { get; set; }

    /// <summary>Commits of high or medium confidence that a ref leads to and nothing undid.</summary>
    public int Shipped { get; set; }

    /// <summary>Commits of high or medium confidence that were undone.</summary>
    public int Reverted { get; set; }

    /// <summary>Commits of high or medium confidence that no ref leads to and no other commit replaces.</summary>
    public int Lost { get; set; }

    /// <summary>Commits of low confidence.</summary>
    public int Low { get; set; }

    /// <summary>Lines added and removed by the shipped ones.</summary>
    public long ShippedLines { get; set; }

    /// <summary>It changed files in a repository that can be read.</summary>
    public bool IsTraceable { get; set; }
}

internal sealed class RepositoryConfiguration : IEntityTypeConfiguration<Repository>
{
    public void Configure(EntityTypeBuilder<Repository> builder)
    {
        builder.ToTable("Repositories");
        builder.HasIndex(r => r.CommonDir).IsUnique();
    }
}

internal sealed class WorktreeConfiguration : IEntityTypeConfiguration<Worktree>
{
    public void Configure(EntityTypeBuilder<Worktree> builder) => builder.ToTable("Worktrees").HasKey(w => w.Folder);
}

internal sealed class GitFolderConfiguration : IEntityTypeConfiguration<GitFolder>
{
    public void Configure(EntityTypeBuilder<GitFolder> builder) => builder.ToTable("GitFolders").HasKey(f => f.Folder);
}

internal sealed class CommitConfiguration : IEntityTypeConfiguration<Commit>
{
    public void Configure(EntityTypeBuilder<Commit> builder) => builder.ToTable("Commits").HasKey(c => new { c.RepositoryId, c.Hash });
}

internal sealed class CommitFileConfiguration : IEntityTypeConfiguration<CommitFile>
{
    public void Configure(EntityTypeBuilder<CommitFile> builder) =>
        builder.ToTable("CommitFiles").HasKey(f => new { f.RepositoryId, f.Hash, f.Path });
}

internal sealed class CommitOriginConfiguration : IEntityTypeConfiguration<CommitOrigin>
{
    public void Configure(EntityTypeBuilder<CommitOrigin> builder)
    {
        builder.ToTable("CommitOrigins").HasKey(o => new { o.RepositoryId, o.Hash, o.SessionId });
        builder.HasIndex(o => o.SessionId);
        builder.HasIndex(o => new { o.AtMs, o.Fate, o.Confidence, o.Model, o.ProjectPath }).HasFilter("is_counted = 1");
    }
}

internal sealed class SessionYieldConfiguration : IEntityTypeConfiguration<SessionYield>
{
    public void Configure(EntityTypeBuilder<SessionYield> builder) => builder.ToTable("SessionYields").HasKey(y => y.SessionId);
}
