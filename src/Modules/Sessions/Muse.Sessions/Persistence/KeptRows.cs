using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Muse.Sessions.Persistence;

/// <summary>A file of frames, see <see cref="Archive.KeptFile" />.</summary>
internal sealed class KeptFileRow
{
    public long Id { get; set; }
    public long Generation { get; set; }
    public required string Agent { get; set; }
    public required string Root { get; set; }
    public required string Path { get; set; }

    /// <summary>Its name in the archive's folder.</summary>
    public required string File { get; set; }

    /// <summary>JSON of <see cref="Reading.TranscriptPlace" />.</summary>
    public required string Place { get; set; }
    public long Bytes { get; set; }
    public long StoredBytes { get; set; }
    public long Total { get; set; }
    public byte[] Chain { get; set; } = [];
    public long Device { get; set; }
    public long Inode { get; set; }
    public long SizeBytes { get; set; }
    public long ModifiedNs { get; set; }
    public long ReadBytes { get; set; }
    public byte[] ReadHash { get; set; } = [];
    public bool Dropped { get; set; }
}

/// <summary>A frame of a kept file. It counts once this row is committed.</summary>
internal sealed class KeptFrameRow
{
    public long KeptFile { get; set; }
    public long Offset { get; set; }
    public int Length { get; set; }
    public long Position { get; set; }
    public int StoredBytes { get; set; }
    public byte[] Hash { get; set; } = [];
}

internal sealed class KeptFileConfiguration : IEntityTypeConfiguration<KeptFileRow>
{
    public void Configure(EntityTypeBuilder<KeptFileRow> builder)
    {
        builder.ToTable("KeptFiles").HasKey(k => k.Id);
        builder.HasIndex(k => k.Generation);
        builder.HasIndex(k => k.Path);
        builder.HasIndex(k => k.File).IsUnique();
    }
}

internal sealed class KeptFrameConfiguration : IEntityTypeConfiguration<KeptFrameRow>
{
    public void Configure(EntityTypeBuilder<KeptFrameRow> builder) =>
        builder.ToTable("KeptFrames").HasKey(f => new { f.KeptFile, f.Offset });
}
