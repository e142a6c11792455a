using Microsoft.EntityFrameworkCore;
using Muse.BuildingBlocks.Modules;

namespace Muse.Board.Persistence;

internal sealed class BoardDbContext(DbContextOptions<BoardDbContext> options) : ModuleDbContext(options, "board")
{
    public DbSet<CardRow> Cards => Set<CardRow>();
    public DbSet<EvidenceRow> Evidence => Set<EvidenceRow>();
    public DbSet<MarkRow> Marks => Set<MarkRow>();
    public DbSet<HookRow> Hooks => Set<HookRow>();
    public DbSet<HookCountRow> HookCounts => Set<HookCountRow>();
    public DbSet<RollupRow> Rollups => Set<RollupRow>();
    public DbSet<ErrorRow> Errors => Set<ErrorRow>();
    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();
}
