using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Muse.BuildingBlocks.Modules;

namespace Muse.Insights.Persistence;

internal sealed class InsightsDbContext(DbContextOptions<InsightsDbContext> options) : ModuleDbContext(options, "insights")
{
    public DbSet<UsageEntry> Usage => Set<UsageEntry>();
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
}

internal sealed class UsageConfiguration : IEntityTypeConfiguration<UsageEntry>
{
    public void Configure(EntityTypeBuilder<UsageEntry> builder)
    {
        builder.ToTable("Usage").HasKey(u => u.Identity);
        builder.HasIndex(u => new { u.SessionId, u.AtMs });
    }
}
