using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Muse.BuildingBlocks.Modules;

namespace Muse.Insights.Persistence;

internal sealed class InsightsDbContext(DbContextOptions<InsightsDbContext> options) : ModuleDbContext(options, "insights")
{
    public DbSet<UsageEntry> Usage => Set<UsageEntry>();

    public DbSet<PricedBy> PricedBy => Set<PricedBy>();

    public DbSet<Spend> Spend => Set<Spend>();

    public DbSet<SpendSeries> SpendSeries => Set<SpendSeries>();

    public DbSet<UsageWindow> UsageWindows => Set<UsageWindow>();

    public DbSet<ReportedWindow> ReportedWindows => Set<ReportedWindow>();

    public DbSet<SessionSpend> SessionSpend => Set<SessionSpend>();

    public DbSet<SessionWork> SessionWork => Set<SessionWork>();

    public DbSet<SessionFolder> SessionFolders => Set<SessionFolder>();

    public DbSet<SessionEdit> SessionEdits => Set<SessionEdit>();

    public DbSet<SeenCommit> SeenCommits => Set<SeenCommit>();

    public DbSet<SessionError> SessionErrors => Set<SessionError>();

    public DbSet<ToolError> ToolErrors => Set<ToolError>();

    public DbSet<AgentMinutes> AgentMinutes => Set<AgentMinutes>();

    public DbSet<SessionAsk> SessionAsks => Set<SessionAsk>();

    public DbSet<Repository> Repositories => Set<Repository>();

    public DbSet<Worktree> Worktrees => Set<Worktree>();

    public DbSet<GitFolder> GitFolders => Set<GitFolder>();

    public DbSet<Commit> Commits => Set<Commit>();

    public DbSet<CommitFile> CommitFiles => Set<CommitFile>();

    public DbSet<CommitOrigin> CommitOrigins => Set<CommitOrigin>();

    public DbSet<SessionYield> SessionYields => Set<SessionYield>();
}

/// <summary>The tokens of one API response, once in the whole archive.</summary>
internal sealed class UsageEntry : IProjected
{
    /// <summary>See <see cref="Contracts.Sessions.UsageRow.Identity"/>.</summary>
    public required string Identity { get; set; }

    /// <summary>The session that is charged: the first one that stated the response.</summary>
    public required string SessionId { get; set; }
    public string? AgentId { get; set; }
    public required string Agent { get; set; }
    public string? ProjectPath { get; set; }

    /// <summary>The earliest record that stated it.</summary>
    public long AtMs { get; set; }

    /// <summary>The record whose tokens these are: by it, records of the same output are told apart.</summary>
    public long StatedAtMs { get; set; }
    public string? Model { get; set; }
    public long InputTokens { get; set; }
    public long CacheWrite5mTokens { get; set; }
    public long CacheWrite1hTokens { get; set; }
    public long CacheReadTokens { get; set; }
    public long OutputTokens { get; set; }
    public long ReasoningTokens { get; set; }
    public int WebSearches { get; set; }
    public bool Sidechain { get; set; }
    public bool Fast { get; set; }

    /// <summary>Tokens that fit into the agent's context, as it said itself.</summary>
    public long? ContextWindow { get; set; }

    /// <summary>What it costs by the sheet of <see cref="PricedBy"/>; null if that, or a part of it, has no price (docs/adr/0023).</summary>
    public long? CostMicroUsd { get; set; }
}

/// <summary>By which sheet all responses are priced; one row.</summary>
internal sealed class PricedBy
{
    public int Id { get; set; }

    /// <summary>See <see cref="Prices.PriceSheet.Version"/>.</summary>
    public required string Sheet { get; set; }
}

internal sealed class UsageConfiguration : IEntityTypeConfiguration<UsageEntry>
{
    public void Configure(EntityTypeBuilder<UsageEntry> builder)
    {
        builder.ToTable("Usage").HasKey(u => u.Identity);
        builder.HasIndex(u => new { u.SessionId, u.AtMs });
        builder.HasIndex(u => u.AtMs);
        // Few, and asked for by what they have in common.
        builder.HasIndex(u => u.Model).HasFilter("cost_micro_usd IS NULL");
    }
}

internal sealed class PricedByConfiguration : IEntityTypeConfiguration<PricedBy>
{
    public void Configure(EntityTypeBuilder<PricedBy> builder)
    {
        builder.ToTable("PricedBy");
        builder.Property(p => p.Id).ValueGeneratedNever();
    }
}
