using MediatR;
using Microsoft.EntityFrameworkCore;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Features.GetSession;

/// <summary>A window is a range of the items' key; what is not indexed yet is read from the file itself.</summary>
internal sealed class GetSessionHandler(SessionsDbContext db, ItemReader reader, TimeProvider clock)
    : IRequestHandler<GetSession.Query, Result<GetSession.Response>>
{
    public async Task<Result<GetSession.Response>> Handle(GetSession.Query query, CancellationToken ct)
    {
        var session = await db.Sessions.AsNoTracking().Where(s => s.Id == query.Id).Select(SessionWithParent.From(db)).FirstOrDefaultAsync(ct);
        if (session is null)
        {
            return SessionProblems.NotFound(query.Id);
        }

        var transcript = await db.FindTranscriptAsync(query.Id, query.Agent, ct);
        if (transcript is null)
        {
            return query.Agent is { } agent
                ? SessionProblems.AgentNotFound(query.Id, agent)
                : new GetSession.Response(session.Summary(clock), null, 0, 0, 0, [], false, false);
        }

        // The validator has seen to it that these can be read.
        var limit = Parameter.Limit(query.Limit, GetSession.DefaultLimit, 500)!.Value;
        var kinds = Parameter.Kinds(query.Kinds)!;
        using var lines = TranscriptLines.Open(transcript.Path);
        var format = reader.FormatOf(transcript.Agent);
        var unindexed = format is not null && lines is not null && UnindexedPart.IsWorthReading(transcript, format, lines)
            ? new UnindexedPart(transcript, format, lines)
            : null;
        var window = new SessionWindow(db, transcript, unindexed, kinds, lines?.Length ?? 0);
        var part = await window.TakeAsync(query, limit, ct);
        if (part is null)
        {
            return SessionProblems.ItemNotFound(query.Before ?? query.After ?? query.Around ?? "");
        }

        var indexed = reader.Views(transcript, [.. part.Rows.Select(r => r.ToItem())], lines, item => new ItemRef(item.Ordinal));
        var provisional = reader.Views(transcript, part.Provisional, lines, item => new ItemRef(null, item.Offset, item.Block));
        return new GetSession.Response(
            session.Summary(clock), transcript.AgentId, transcript.Generation, transcript.Revision, transcript.Items,
            [.. indexed, .. provisional], part.HasBefore, part.HasAfter);
    }
}
