using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Muse.Sessions.Persistence;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<SessionRow>
{
    public void Configure(EntityTypeBuilder<SessionRow> builder)
    {
        builder.ToTable("Sessions").HasKey(s => s.Id);
        builder.HasIndex(s => new { s.Machine, s.Agent, s.NativeId }).IsUnique();
        builder.HasIndex(s => new { s.LastAtMs, s.Id });
        builder.HasIndex(s => s.ChangedSeq);
    }
}

internal sealed class TranscriptConfiguration : IEntityTypeConfiguration<TranscriptRow>
{
    public void Configure(EntityTypeBuilder<TranscriptRow> builder)
    {
        builder.ToTable("Transcripts").HasKey(t => t.Id);
        builder.HasIndex(t => t.Path).IsUnique();
        builder.HasIndex(t => new { t.SessionId, t.AgentId });
    }
}

internal sealed class GenerationConfiguration : IEntityTypeConfiguration<GenerationRow>
{
    public void Configure(EntityTypeBuilder<GenerationRow> builder)
    {
        builder.ToTable("Generations").HasKey(g => g.Id);
        builder.HasIndex(g => g.TranscriptId);
    }
}

internal sealed class ItemConfiguration : IEntityTypeConfiguration<ItemRow>
{
    public void Configure(EntityTypeBuilder<ItemRow> builder)
    {
        // No other index: this table takes every line of the archive, and all its readers go by range of the key.
        builder.ToTable("Items").HasKey(i => i.Key);
        builder.Property(i => i.Key).ValueGeneratedNever();
    }
}

internal sealed class EditConfiguration : IEntityTypeConfiguration<EditRow>
{
    public void Configure(EntityTypeBuilder<EditRow> builder)
    {
        builder.ToTable("Edits").HasKey(e => e.Id);
        builder.HasIndex(e => e.ItemKey);
    }
}

internal sealed class UnknownTypeConfiguration : IEntityTypeConfiguration<UnknownTypeRow>
{
    public void Configure(EntityTypeBuilder<UnknownTypeRow> builder) =>
        builder.ToTable("UnknownTypes").HasKey(u => new { u.Generation, u.Version, u.Type });
}
