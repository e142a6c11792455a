using System.ComponentModel;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Live;
using Muse.Board.Persistence;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Results;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Features.StreamBoard;

/// <summary>
/// Cards as they change, each as a whole; ids are journal numbers. For scripts: a browser tab has one stream for
/// everything. <c>GET /api/board/stream</c>
/// </summary>
internal static class StreamBoard
{
    public sealed record Query(string? LastEventId) : IRequest<Result<BoardStream>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/board/stream", async (
                [Description("For who cannot send the header Last-Event-ID: where the last stream stopped.")] string? lastEventId,
                HttpRequest request, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(EventStream.LastEventId(request) ?? lastEventId), ct)).ToHttp(stream => stream))
            .WithName("StreamBoard").WithTags("Streams")
            .Produces<BoardMessages>(StatusCodes.Status200OK, "text/event-stream");
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        // Whatever was sent: what is no number of ours is answered with a gap, not with a problem, which a browser never shows.
        public Validator() => RuleFor(q => q.LastEventId).MaximumLength(1000);
    }

    public sealed class Handler(MissedCards missed, BoardFeed feed, FactJournal journal) : IRequestHandler<Query, Result<BoardStream>>
    {
        public Task<Result<BoardStream>> Handle(Query query, CancellationToken ct) =>
            Task.FromResult<Result<BoardStream>>(new BoardStream(query.LastEventId, missed, feed, journal));
    }
}
