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

    /// <summary>See <see cref="SessionAsk.Ordinal"/>.</summary>
    public long Ordinal { get; set; }
    public long Generation { get; set; }

    /// <summary>The subagent in whose transcript it stands; empty for the session's own.</summary>
    public required string AgentId { get; set; }
}

/// <summary>A tool call that failed.</summary>
internal sealed class ToolError : IProjected
{
    public long AtMs { get; set; }
    public required string SessionId { get; set; }
    public required string Tool { get; set; }

    /// <summary>See <see cref="SessionError.AgentId"/>.</summary>
    public required string AgentId { get; set; }

    /// <summary>See <see cref="SessionAsk.Ordinal"/>.</summary>
    public long Ordinal { get; set; }
    public long Generation { get; set; }
}

/// <summary>What a person asked of a session.</summary>
internal sealed class SessionAsk : IProjected
{
    public long AtMs { get; set; }
    public required string SessionId { get; set; }

    /// <summary>The beginning of it, in one harmless line.</summary>
    public required string Text { get; set; }

    /// <summary>Number of the item in the latest generation of its transcript that was told.</summary>
    public long Ordinal { get; set; }
    public long Generation { get; set; }
}

internal sealed class SessionWorkConfiguration : IEntityTypeConfiguration<SessionWork>
{
    public void Configure(EntityTypeBuilder<SessionWork> builder)
    {
        builder.ToTable("SessionWork").HasKey(s => s.SessionId);
        // With the id, so that who joins what is known of the sessions of a time need not look them up.
        builder.HasIndex(s => new { s.LastAtMs, s.SessionId });
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

internal sealed class ToolErrorConfiguration : IEntityTypeConfiguration<ToolError>
{
    public void Configure(EntityTypeBuilder<ToolError> builder) =>
        builder.ToTable("ToolErrors").HasKey(e => new { e.AtMs, e.SessionId, e.Tool, e.AgentId });
}

internal sealed class SessionAskConfiguration : IEntityTypeConfiguration<SessionAsk>
{
    public void Configure(EntityTypeBuilder<SessionAsk> builder) => builder.ToTable("SessionAsks").HasKey(a => new { a.AtMs, a.SessionId, a.Text });
}
