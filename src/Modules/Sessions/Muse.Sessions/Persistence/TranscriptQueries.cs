using Microsoft.EntityFrameworkCore;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Persistence;

/// <summary>A transcript and the generation that is read now.</summary>
internal sealed record CurrentTranscript(
    string SessionId, string NativeId, string? AgentId, string? AgentType, string? Description, string? ParentCallId, string Agent,
    string Root, string Path, long Generation, long Revision, long Items, long CommittedBytes)
{
    public TranscriptPlace Place => new(NativeId, AgentId, null, AgentType, Description, ParentCallId);
}

/// <summary>Look-ups that several slices share.</summary>
internal static class TranscriptQueries
{
    /// <summary>The session's own transcript, or a subagent's. Of several the one written last.</summary>
    public static Task<CurrentTranscript?> FindTranscriptAsync(
        this SessionsDbContext db, string sessionId, string? agentId, CancellationToken ct) =>
        Current(db, db.Transcripts.Where(t => t.SessionId == sessionId && t.AgentId == agentId)).FirstOrDefaultAsync(ct);

    /// <summary>The same, or why there is none.</summary>
    public static async Task<Result<CurrentTranscript>> ExpectTranscriptAsync(
        this SessionsDbContext db, string sessionId, string? agentId, CancellationToken ct) =>
        await db.FindTranscriptAsync(sessionId, agentId, ct) is { } found ? found
        : agentId is not null && await db.Sessions.AnyAsync(s => s.Id == sessionId, ct) ? SessionProblems.AgentNotFound(sessionId, agentId)
        : SessionProblems.NotFound(sessionId);

    /// <summary>The transcript a generation belongs to.</summary>
    public static Task<CurrentTranscript?> FindTranscriptAsync(this SessionsDbContext db, long generation, CancellationToken ct) =>
        Current(db, db.Transcripts.Where(t => t.Id == db.Generations.Where(g => g.Id == generation).Select(g => g.TranscriptId).FirstOrDefault()))
            .FirstOrDefaultAsync(ct);

    /// <summary>The item with this name; null if there is none in the indexed part.</summary>
    public static async Task<ItemRow?> FindItemAsync(this SessionsDbContext db, long generation, ItemRef item, CancellationToken ct)
    {
        if (item.Ordinal is { } ordinal)
        {
            var key = ItemKey.Of(generation, ordinal);
            return key > ItemKey.Last(generation) ? null : await db.Items.AsNoTracking().FirstOrDefaultAsync(i => i.Key == key, ct);
        }

        // From the end: such names are given out for the tail only. Offsets grow with the ordinal, but for lines written
        // again, whose items moved behind: those are found because the search does not stop at a smaller offset.
        var (first, last) = (ItemKey.First(generation), ItemKey.Last(generation));
        return await db.Items.AsNoTracking()
            .Where(i => i.Key >= first && i.Key <= last && i.Offset == item.Offset && i.Block == item.Block)
            .OrderByDescending(i => i.Key).FirstOrDefaultAsync(ct);
    }

    private static IQueryable<CurrentTranscript> Current(SessionsDbContext db, IQueryable<TranscriptRow> transcripts) =>
        from t in transcripts
        join s in db.Sessions on t.SessionId equals s.Id
        join g in db.Generations on t.Generation equals g.Id into generations
        from g in generations.DefaultIfEmpty()
        orderby t.LastAtMs descending, t.Id descending
        select new CurrentTranscript(
            t.SessionId, s.NativeId, t.AgentId, t.AgentType, t.Description, t.ParentCallId, t.Agent, t.Root, t.Path, t.Generation,
            g == null ? 0 : g.Revision, g == null ? 0 : g.Items, g == null ? 0 : g.CommittedBytes);
}
