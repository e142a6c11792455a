using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Muse.BuildingBlocks.Modules;

namespace Muse.Insights.Persistence;

/// <summary>When and where a session worked, its subagents included.</summary>
internal sealed class SessionWork : IProjected
{
    public required string SessionId { get; set; }
    public required string Agent { get; set; }

    /// <summary>Where it was started; empty where nobody said.</summary>
    public required string ProjectPath { get; set; }

    /// <summary>Of the record that named the project: the earliest wins.</summary>
    public long ProjectAtMs { get; set; }
    public long FirstAtMs { get; set; }
    public long LastAtMs { get; set; }

    /// <summary>Something was read of it since commits were last looked for.</summary>
    public bool IsStale { get; set; }
}

/// <summary>A folder that a session names: where it was started, or where it changed a file.</summary>
internal sealed class SessionFolder : IProjected
{
    public required string Folder { get; set; }
    public required string SessionId { get; set; }
}

/// <summary>A file that a session changed at a time, whichever of its tool calls did it.</summary>
internal sealed class SessionEdit : IProjected
{
    public required string SessionId { get; set; }

    /// <summary>As the agent wrote it; a relative one counts from the project.</summary>
    public required string Path { get; set; }
    public long AtMs { get; set; }
    public int AddedLines { get; set; }
    public int RemovedLines { get; set; }
}

/// <summary>A commit whose hash the session's own output showed, as git prints it when it makes one.</summary>
internal sealed class SeenCommit : IProjected
{
    public required string SessionId { get; set; }

    /// <summary>As printed: usually abbreviated.</summary>
    public required string Hash { get; set; }
    public string? Subject { get; set; }
    public long AtMs { get; set; }
}

/// <summary>An error of the API or the agent.</summary>
internal sealed class SessionError : IProjected
{
    public long AtMs { get; set; }
    public required string SessionId { get; set; }
    public required string Code { get; set; }
}

internal sealed class SessionWorkConfiguration : IEntityTypeConfiguration<SessionWork>
{
    public void Configure(EntityTypeBuilder<SessionWork> builder)
    {
        builder.ToTable("SessionWork").HasKey(s => s.SessionId);
        builder.HasIndex(s => s.LastAtMs);
        builder.HasIndex(s => s.IsStale).HasFilter("is_stale = 1");
    }
}

internal sealed class SessionFolderConfiguration : IEntityTypeConfiguration<SessionFolder>
{
    public void Configure(EntityTypeBuilder<SessionFolder> builder)
    {
        builder.ToTable("SessionFolders").HasKey(f => new { f.SessionId, f.Folder });
        builder.HasIndex(f => f.Folder);
    }
}

internal sealed class SessionEditConfiguration : IEntityTypeConfiguration<SessionEdit>
{
    public void Configure(EntityTypeBuilder<SessionEdit> builder) =>
        builder.ToTable("SessionEdits").HasKey(e => new { e.SessionId, e.Path, e.AtMs });
}

internal sealed class SeenCommitConfiguration : IEntityTypeConfiguration<SeenCommit>
{
    public void Configure(EntityTypeBuilder<SeenCommit> builder) =>
        builder.ToTable("SeenCommits").HasKey(c => new { c.SessionId, c.Hash });
}

internal sealed class SessionErrorConfiguration : IEntityTypeConfiguration<SessionError>
{
    public void Configure(EntityTypeBuilder<SessionError> builder) =>
        builder.ToTable("SessionErrors").HasKey(e => new { e.AtMs, e.SessionId, e.Code });
}
