using System.ComponentModel;
using Carter;
using FluentValidation;
using IResult = Microsoft.AspNetCore.Http.IResult;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Results;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Domain;
using Muse.Sessions.Live;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Features.StreamSession;

/// <summary>
/// One transcript as it grows; ids are <c>generation.revision</c>. For scripts: a browser tab has one stream for
/// everything. <c>GET /api/sessions/{id}/stream</c>
/// </summary>
internal static class StreamSession
{
    public sealed record Query(string Id, string? Agent, string? LastEventId) : IRequest<Result<Stream>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/stream", async (
                string id, [Description(Parameter.AgentWords)] string? agent, HttpRequest request, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id, agent, EventStream.LastEventId(request)), ct)).ToHttp(stream => stream))
            .WithName("StreamSession").WithTags("Streams")
            .Produces<LiveMessages>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Id).NotEmpty();
    }

    public sealed class Handler(SessionReads reads, LiveFeed feed, LiveRenderer renderer, ItemReader reader, FactJournal journal)
        : RequestHandler<Query, Result<Stream>>
    {
        protected override Result<Stream> Handle(Query request)
        {
            var found = reads.ExpectTranscript(request.Id, request.Agent);
            return found.IsFailed ? found.Problem : new Stream(request, reads, feed, renderer, reader, journal);
        }
    }

    public sealed class Stream(
        Query query, SessionReads reads, LiveFeed feed, LiveRenderer renderer, ItemReader reader, FactJournal journal) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var ct = httpContext.RequestAborted;

            // Subscribe before looking at what was missed: a read between the two is then seen twice, and dropped below.
            using var subscription = feed.Subscribe(new LiveFilter(false, false, [new WatchedTranscript(query.Id, query.Agent)]));
            var stream = new LiveStream(EventStream.Start(httpContext), subscription, renderer, ct);
            try
            {
                var told = await StartAsync(stream);
                await stream.FollowAsync(
                    live => live.Change is not { } change || change.Generation != told.Generation || change.Revision > told.Revision,
                    live =>
                    {
                        // After a reset nothing of the new generation is told yet: its items follow under the same revision.
                        told = live.Change is { } change ? new TranscriptMark(change.Generation, live.Kind == LiveKind.Reset ? 0 : change.Revision) : told;
                        return told.ToString();
                    },
                    () => stream.Hello(LiveMessages.Gap, journal.Last, told.ToString()));
            }
            catch (OperationCanceledException)
            {
                // The client left, as clients do.
            }
        }

        private async Task<TranscriptMark> StartAsync(LiveStream stream)
        {
            var seq = journal.Last;
            var transcript = reads.Transcript(query.Id, query.Agent);
            var now = transcript is null ? default : TranscriptMark.Of(transcript);
            if (query.LastEventId is null || transcript is null)
            {
                stream.Hello(LiveMessages.Fresh, seq, now.ToString());
            }
            else if (TranscriptMark.TryParse(query.LastEventId) is not { } seen
                || MissedItems.Since(reads, transcript, seen) is not { IsReset: false, IsGap: false } missed)
            {
                stream.Hello(LiveMessages.Gap, seq, now.ToString());
            }
            else
            {
                // The old mark as id: a client that leaves before the items comes back for them.
                stream.Hello(LiveMessages.Resumed, seq, query.LastEventId);
                missed.WriteTo(stream, renderer, reader, transcript, now.ToString());
            }

            await stream.FlushAsync();
            return now;
        }
    }
}
