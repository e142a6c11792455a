using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Muse.BuildingBlocks.Modules;

namespace Muse.Insights.Persistence;

/// <summary>One window of usage that an agent's service grants, from the first to the last that was said of it.</summary>
internal abstract class WindowFigures
{
    /// <summary>Ends that are said less apart than this are the same end.</summary>
    public const long SameEndMs = 10 * 60 * 1000;

    public required string Agent { get; set; }

    /// <summary>Empty where the service gives none.</summary>
    public required string Name { get; set; }

    /// <summary>Zero where it is not said.</summary>
    public int Minutes { get; set; }

    /// <summary>Its end in steps of <see cref="SameEndMs"/>; zero where no end is said.</summary>
    public long EndStep { get; set; }
    public long FirstAtMs { get; set; }

    /// <summary>Hundredths of a percent of the window.</summary>
    public int FirstBasisPoints { get; set; }
    public long LastAtMs { get; set; }
    public int LastBasisPoints { get; set; }
    public long? EndsAtMs { get; set; }
    public string? Plan { get; set; }
}

/// <summary>As transcripts say it.</summary>
internal sealed class UsageWindow : WindowFigures, IProjected;

/// <summary>As an agent itself told Muse: nothing but this row says it, so that it outlives every projection.</summary>
internal sealed class ReportedWindow : WindowFigures;

internal sealed class UsageWindowConfiguration : IEntityTypeConfiguration<UsageWindow>
{
    public void Configure(EntityTypeBuilder<UsageWindow> builder)
    {
        builder.ToTable("UsageWindows").HasKey(w => new { w.Agent, w.Name, w.Minutes, w.EndStep });
        builder.HasIndex(w => w.LastAtMs);
    }
}

internal sealed class ReportedWindowConfiguration : IEntityTypeConfiguration<ReportedWindow>
{
    public void Configure(EntityTypeBuilder<ReportedWindow> builder) =>
        builder.ToTable("ReportedWindows").HasKey(w => new { w.Agent, w.Name, w.Minutes, w.EndStep });
}
