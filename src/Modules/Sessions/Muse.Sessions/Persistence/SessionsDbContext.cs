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
    public DbSet<CurationRow> Curation => Set<CurationRow>();
    public DbSet<ReadStartRow> ReadStart => Set<ReadStartRow>();
    public DbSet<TagRow> Tags => Set<TagRow>();
    public DbSet<SessionTagRow> SessionTags => Set<SessionTagRow>();
    public DbSet<NoteRow> Notes => Set<NoteRow>();
    public DbSet<NoteLinkRow> NoteLinks => Set<NoteLinkRow>();
    public DbSet<ViewRow> Views => Set<ViewRow>();
    public DbSet<DigestRow> Digests => Set<DigestRow>();
    public DbSet<LoopRow> OpenLoops => Set<LoopRow>();
    public DbSet<TouchedRow> Touched => Set<TouchedRow>();
}
