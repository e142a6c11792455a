using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Muse.Sessions.Persistence;

internal sealed class CurationConfiguration : IEntityTypeConfiguration<CurationRow>
{
    public void Configure(EntityTypeBuilder<CurationRow> builder) => builder.ToTable("Curation").HasKey(c => c.SessionId);
}

internal sealed class ReadStartConfiguration : IEntityTypeConfiguration<ReadStartRow>
{
    public void Configure(EntityTypeBuilder<ReadStartRow> builder)
    {
        builder.ToTable("ReadStart").HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
    }
}

internal sealed class TagConfiguration : IEntityTypeConfiguration<TagRow>
{
    public void Configure(EntityTypeBuilder<TagRow> builder) => builder.ToTable("Tags").HasKey(t => t.Name);
}

internal sealed class SessionTagConfiguration : IEntityTypeConfiguration<SessionTagRow>
{
    public void Configure(EntityTypeBuilder<SessionTagRow> builder)
    {
        builder.ToTable("SessionTags").HasKey(t => new { t.SessionId, t.Tag });
        builder.HasIndex(t => t.Tag);
    }
}

internal sealed class NoteConfiguration : IEntityTypeConfiguration<NoteRow>
{
    public void Configure(EntityTypeBuilder<NoteRow> builder)
    {
        builder.ToTable("Notes").HasKey(n => n.Id);
        builder.HasIndex(n => n.SessionId);
    }
}

internal sealed class NoteLinkConfiguration : IEntityTypeConfiguration<NoteLinkRow>
{
    public void Configure(EntityTypeBuilder<NoteLinkRow> builder)
    {
        builder.ToTable("NoteLinks").HasKey(l => new { l.NoteId, l.SessionId });
        builder.HasIndex(l => l.SessionId);
    }
}

internal sealed class ViewConfiguration : IEntityTypeConfiguration<ViewRow>
{
    public void Configure(EntityTypeBuilder<ViewRow> builder) => builder.ToTable("Views").HasKey(v => v.Name);
}
