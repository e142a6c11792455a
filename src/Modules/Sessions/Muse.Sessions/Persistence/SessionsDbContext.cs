using Microsoft.EntityFrameworkCore;
using Muse.BuildingBlocks.Modules;

namespace Muse.Sessions.Persistence;

internal sealed class SessionsDbContext(DbContextOptions<SessionsDbContext> options) : ModuleDbContext(options, "sessions")
{
    public DbSet<SessionRow> Sessions => Set<SessionRow>();
    public DbSet<TranscriptRow> Transcripts => Set<TranscriptRow>();
    public DbSet<GenerationRow> Generations => Set<GenerationRow>();
    public DbSet<ItemRow> Items => Set<ItemRow>();
    public DbSet<EditRow> Edits => Set<EditRow>();
    public DbSet<UnknownTypeRow> UnknownTypes => Set<UnknownTypeRow>();
    public DbSet<KeptFileRow> KeptFiles => Set<KeptFileRow>();
    public DbSet<KeptFrameRow> KeptFrames => Set<KeptFrameRow>();
}
