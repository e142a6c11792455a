using System.ComponentModel;
using Carter;
using FluentValidation;
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

namespace Muse.Sessions.Features.StreamEvents;

/// <summary>
/// Everything one browser tab shows, in one stream; ids are journal numbers. <c>GET /api/events?topics=…</c>
/// </summary>
internal static class StreamEvents
{
    public sealed record Query(string? Topics, string? LastEventId) : IRequest<Result<TopicStream>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/events", async (
                [Description("sessions, ingest, board or session:ID[@GENERATION.REVISION][:AGENT], separated by commas, at most 50; else sessions and ingest.")] string? topics,
                [Description("For who cannot send the header Last-Event-ID: where the last stream stopped.")] string? lastEventId,
                HttpRequest request, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(topics, EventStream.LastEventId(request) ?? lastEventId), ct)).ToHttp(stream => stream))
            .WithName("StreamEvents").WithTags("Streams")
            .Produces<LiveMessages>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator(IEnumerable<ILiveTopic> known) => RuleFor(q => q.Topics).Must(topics => TopicSet.TryParse(topics, known) is not null)
            .WithMessage("Give sessions, ingest, board or session:ID[@GENERATION.REVISION][:AGENT], separated by commas, at most 50.");
    }

    public sealed class Handler(
        SessionReads reads, LiveFeed feed, LiveRenderer renderer, ItemReader reader, FactJournal journal, TimeProvider clock, IEnumerable<ILiveTopic> known)
        : RequestHandler<Query, Result<TopicStream>>
    {
        protected override Result<TopicStream> Handle(Query request)
        {
            var topics = TopicSet.TryParse(request.Topics, known)!; // the validator read it
            var missed = new MissedEvents(reads, topics, request.LastEventId, renderer, reader, clock);
            return new TopicStream(topics, missed, feed, renderer, journal);
        }
    }
}
