using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Muse.BuildingBlocks.Modules;

namespace Muse.Insights.Persistence;

/// <summary>
/// What was used in a quarter of an hour by one series (docs/adr/0026). Who writes rows of responses keeps it and
/// <see cref="SessionSpend"/> by <see cref="Projections.SpendSums"/>. It may stand at zero.
/// </summary>
internal sealed class Spend : IProjected
{
    public const long QuarterMs = 15 * 60 * 1000;

    /// <summary>A count as the sums take it: one that no response can have is left out (docs/adr/0026). SQL.</summary>
    /// <param name="column">Constant text.</param>
    public static string Sane(string column) => $"CASE WHEN {column} BETWEEN 0 AND {Prices.Pricing.MostTokens} THEN {column} ELSE 0 END";

    /// <summary>The rows of responses with a count that cannot be right. They have no price, so that few are looked at, by the index of those. SQL.</summary>
    public static readonly string Absurd = "cost_micro_usd IS NULL AND (" + string.Join(
        " OR ",
        new[] { "input_tokens", "cache_write5m_tokens", "cache_write1h_tokens", "cache_read_tokens", "output_tokens", "web_searches" }
            .Select(column => $"{column} NOT BETWEEN 0 AND {Prices.Pricing.MostTokens}")) + ")";

    /// <summary>UTC quarters of an hour since 1970: every zone's days begin with one.</summary>
    public long Quarter { get; set; }
    public long SeriesId { get; set; }
    public long Responses { get; set; }
    public long InputTokens { get; set; }
    public long CacheWrite5mTokens { get; set; }
    public long CacheWrite1hTokens { get; set; }
    public long CacheReadTokens { get; set; }
    public long OutputTokens { get; set; }
    public long ReasoningTokens { get; set; }
    public long WebSearches { get; set; }

    /// <summary>Of the responses that have a price.</summary>
    public long CostMicroUsd { get; set; }
    public long UnpricedResponses { get; set; }
}

/// <summary>Names that responses have in common, under a number, so that sums need not carry them.</summary>
internal sealed class SpendSeries : IProjected
{
    public long Id { get; set; }
    public required string Agent { get; set; }

    /// <summary>Empty where no record named one.</summary>
    public required string Model { get; set; }

    /// <summary>Empty where none is known.</summary>
    public required string ProjectPath { get; set; }
}

/// <summary>What a session is charged with so far.</summary>
internal sealed class SessionSpend : IProjected
{
    public required string SessionId { get; set; }
    public long Responses { get; set; }

    /// <summary>All four buckets.</summary>
    public long InputTokens { get; set; }
    public long OutputTokens { get; set; }
    public long CostMicroUsd { get; set; }
    public long UnpricedResponses { get; set; }
}

internal sealed class SpendConfiguration : IEntityTypeConfiguration<Spend>
{
    public void Configure(EntityTypeBuilder<Spend> builder) => builder.ToTable("Spend").HasKey(s => new { s.Quarter, s.SeriesId });
}

internal sealed class SpendSeriesConfiguration : IEntityTypeConfiguration<SpendSeries>
{
    public void Configure(EntityTypeBuilder<SpendSeries> builder)
    {
        builder.ToTable("SpendSeries");
        builder.HasIndex(s => new { s.Agent, s.Model, s.ProjectPath }).IsUnique();
    }
}

internal sealed class SessionSpendConfiguration : IEntityTypeConfiguration<SessionSpend>
{
    public void Configure(EntityTypeBuilder<SessionSpend> builder) => builder.ToTable("SessionSpend").HasKey(s => s.SessionId);
}
