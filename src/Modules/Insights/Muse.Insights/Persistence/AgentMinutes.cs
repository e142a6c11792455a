using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Muse.BuildingBlocks.Modules;

namespace Muse.Insights.Persistence;

/// <summary>In which minutes of a quarter of an hour an agent worked: it wrote something, or a call of it ran.</summary>
internal sealed class AgentMinutes : IProjected
{
    public const int MinutesOfQuarter = 15;

    /// <summary>See <see cref="Spend.Quarter"/>.</summary>
    public long Quarter { get; set; }
    public required string SessionId { get; set; }

    /// <summary>The subagent; empty for the session's own conversation.</summary>
    public required string AgentId { get; set; }

    /// <summary>A bit for each minute, the first one lowest.</summary>
    public int Minutes { get; set; }
}

internal sealed class AgentMinutesConfiguration : IEntityTypeConfiguration<AgentMinutes>
{
    public void Configure(EntityTypeBuilder<AgentMinutes> builder) =>
        builder.ToTable("AgentMinutes").HasKey(m => new { m.Quarter, m.SessionId, m.AgentId });
}
