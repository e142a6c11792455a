using MediatR;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Features.GetSession;

/// <summary>A window is a range of the items' key; what is not indexed yet is read from the file itself.</summary>
internal sealed class GetSessionHandler(SessionReads reads, ItemReader reader, TimeProvider clock)
    : RequestHandler<GetSession.Query, Result<GetSession.Response>>
{
    protected override Result<GetSession.Response> Handle(GetSession.Query request)
    {
        if (reads.Session(request.Id) is not { } session)
        {
            return SessionProblems.NotFound(request.Id);
        }

        var transcript = reads.Transcript(request.Id, request.Agent);
        if (transcript is null)
        {
            return request.Agent is { } agent
                ? SessionProblems.AgentNotFound(request.Id, agent)
                : new GetSession.Response(session.Summary(clock), null, 0, 0, 0, [], false, false);
        }

        // The validator has seen to it that these can be read.
        var limit = Parameter.Limit(request.Limit, GetSession.DefaultLimit, 500)!.Value;
        var kinds = Parameter.Kinds(request.Kinds)!;
        using var lines = reader.Open(transcript);
        var format = reader.FormatOf(transcript.Agent);
        var unindexed = format is not null && lines is not null && UnindexedPart.IsWorthReading(transcript, format, lines)
            ? new UnindexedPart(transcript, format, lines)
            : null;
        var window = new SessionWindow(reads, transcript, unindexed, kinds, lines?.Length ?? 0);
        var part = window.Take(request, limit);
        if (part is null)
        {
            return SessionProblems.ItemNotFound(request.Before ?? request.After ?? request.Around ?? "");
        }

        var indexed = reader.Views(transcript, [.. part.Rows.Select(r => r.ToItem())], lines, item => new ItemRef(item.Ordinal));
        var provisional = reader.Views(transcript, part.Provisional, lines, item => new ItemRef(null, item.Offset, item.Block));
        return new GetSession.Response(
            session.Summary(clock), transcript.AgentId, transcript.Generation, transcript.Revision, transcript.Items,
            [.. indexed, .. provisional], part.HasBefore, part.HasAfter);
    }
}
