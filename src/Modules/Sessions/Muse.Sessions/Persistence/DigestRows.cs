using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Muse.Sessions.Persistence;

/// <summary>What was worked out of a session's items, see <see cref="Understanding.SessionDigest"/>. Can be made again at any time.</summary>
internal sealed class DigestRow
{
    public required string SessionId { get; set; }

    /// <summary>The session's <see cref="SessionRow.ChangedSeq"/> that it was made of.</summary>
    public long Seq { get; set; }

    /// <summary><see cref="Understanding.SessionDigest.Version"/> of who made it.</summary>
    public int Version { get; set; }
    public bool IsFork { get; set; }

    /// <summary>JSON of the findings.</summary>
    public required string Findings { get; set; }

    /// <summary>JSON of the brief.</summary>
    public required string Brief { get; set; }
}

/// <summary>Something that a session leaves open.</summary>
internal sealed class LoopRow
{
    public required string SessionId { get; set; }
    public required string Kind { get; set; }
    public required string Text { get; set; }
    public required string Item { get; set; }
    public long? AtMs { get; set; }
}

/// <summary>A file that a session changed.</summary>
internal sealed class TouchedRow
{
    public required string Path { get; set; }
    public required string SessionId { get; set; }
    public int Edits { get; set; }
}

internal sealed class DigestConfiguration : IEntityTypeConfiguration<DigestRow>
{
    /// <summary>A finding is bad. SQL; in JSON a quote inside a text is written otherwise, so that no text looks like it.</summary>
    public const string IsBad = "instr(findings, '\"severity\":\"bad\"') > 0";

    public void Configure(EntityTypeBuilder<DigestRow> builder)
    {
        builder.ToTable("Digests").HasKey(d => d.SessionId);
        // Few, and asked for together.
        builder.HasIndex(d => d.SessionId).HasFilter(IsBad);
    }
}

internal sealed class LoopConfiguration : IEntityTypeConfiguration<LoopRow>
{
    public void Configure(EntityTypeBuilder<LoopRow> builder) => builder.ToTable("OpenLoops").HasKey(l => new { l.SessionId, l.Kind });
}

internal sealed class TouchedConfiguration : IEntityTypeConfiguration<TouchedRow>
{
    public void Configure(EntityTypeBuilder<TouchedRow> builder)
    {
        builder.ToTable("Touched").HasKey(t => new { t.Path, t.SessionId });
        builder.HasIndex(t => t.SessionId);
    }
}
