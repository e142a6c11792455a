using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Muse.Board.Deliveries;
using Muse.Board.Persistence;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.ListDeliveries;

/// <summary>What was sent to a session and how it fared, the newest first. <c>GET /api/board/cards/{id}/deliveries</c></summary>
internal static class ListDeliveries
{
    private const int Most = 100;

    public sealed record Query(string Id) : IRequest<Result<Response>>;

    public sealed record Response(IReadOnlyList<DeliveryView> Deliveries);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/board/cards/{id}/deliveries", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListDeliveries").WithTags("Board")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Id).NotEmpty().MaximumLength(64);
    }

    // Of a card that is no more too: the rows are the audit.
    public sealed class Handler(BoardDbContext db) : IRequestHandler<Query, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Query query, CancellationToken ct)
        {
            var rows = await db.Deliveries.AsNoTracking().Where(d => d.CardId == query.Id)
                .OrderByDescending(d => d.CreatedAtMs).ThenByDescending(d => d.Id).Take(Most).ToListAsync(ct);
            return new Response(rows.ConvertAll(DeliveryView.Of));
        }
    }
}
