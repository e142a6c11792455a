using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Muse.Board.Persistence;

internal sealed class CardConfiguration : IEntityTypeConfiguration<CardRow>
{
    public void Configure(EntityTypeBuilder<CardRow> builder) => builder.ToTable("Cards").HasKey(c => c.Id);
}

internal sealed class EvidenceConfiguration : IEntityTypeConfiguration<EvidenceRow>
{
    public void Configure(EntityTypeBuilder<EvidenceRow> builder) => builder.ToTable("Evidence").HasKey(e => new { e.CardId, e.Source });
}

internal sealed class MarkConfiguration : IEntityTypeConfiguration<MarkRow>
{
    public void Configure(EntityTypeBuilder<MarkRow> builder) => builder.ToTable("Marks").HasKey(m => m.CardId);
}

internal sealed class HookConfiguration : IEntityTypeConfiguration<HookRow>
{
    public void Configure(EntityTypeBuilder<HookRow> builder) => builder.ToTable("Hooks").HasKey(h => h.Id);
}

internal sealed class HookCountConfiguration : IEntityTypeConfiguration<HookCountRow>
{
    public void Configure(EntityTypeBuilder<HookCountRow> builder) => builder.ToTable("HookCounts").HasKey(c => new { c.Agent, c.Event });
}

internal sealed class RollupConfiguration : IEntityTypeConfiguration<RollupRow>
{
    public void Configure(EntityTypeBuilder<RollupRow> builder) => builder.ToTable("Rollups").HasKey(r => r.SessionId);
}

internal sealed class ErrorConfiguration : IEntityTypeConfiguration<ErrorRow>
{
    public void Configure(EntityTypeBuilder<ErrorRow> builder) => builder.ToTable("Errors").HasKey(e => new { e.SessionId, e.AtMs, e.Code });
}

internal sealed class DeliveryConfiguration : IEntityTypeConfiguration<DeliveryRow>
{
    public void Configure(EntityTypeBuilder<DeliveryRow> builder)
    {
        builder.ToTable("Deliveries").HasKey(d => d.Id);
        builder.HasIndex(d => d.IdempotencyKey).IsUnique();
        builder.HasIndex(d => new { d.CardId, d.CreatedAtMs });
        builder.HasIndex(d => new { d.State, d.CreatedAtMs });
    }
}
