using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Muse.Board.Deliveries;
using Muse.Board.Persistence;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.ListCurrentDeliveries;

/// <summary>
/// What was sent to any session and is not done with: on its way, in doubt or refused until a person puts it away, or
/// taken a moment ago. Oldest first. <c>GET /api/board/deliveries</c>
/// </summary>
internal static class ListCurrentDeliveries
{
    /// <summary>A refusal that nobody put away so long is of no interest any more.</summary>
    private const long RefusedForMs = 12 * 60 * 60 * 1000;
    private const long TakenForMs = 60 * 1000;
    private const int Most = 200;

    public sealed record Query : IRequest<Result<Response>>;

    public sealed record Response(IReadOnlyList<DeliveryView> Deliveries);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/board/deliveries", async (IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListCurrentDeliveries").WithTags("Board")
            .Produces<Response>();
    }

    public sealed class Handler(BoardDbContext db, TimeProvider clock) : IRequestHandler<Query, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Query query, CancellationToken ct)
        {
            var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
            string[] open = [.. new[] { DeliveryState.Queued, DeliveryState.Typed, DeliveryState.Submitted, DeliveryState.Indeterminate }.Select(DeliveryWords.Word)];
            var (refused, consumed) = (DeliveryWords.Word(DeliveryState.Refused), DeliveryWords.Word(DeliveryState.Consumed));
            var rows = await db.Deliveries.AsNoTracking()
                .Where(d => d.DismissedAtMs == null && (open.Contains(d.State)
                    || (d.State == refused && d.EndedAtMs > nowMs - RefusedForMs) || (d.State == consumed && d.EndedAtMs > nowMs - TakenForMs)))
                .OrderByDescending(d => d.CreatedAtMs).ThenByDescending(d => d.Id).Take(Most).ToListAsync(ct);
            rows.Reverse();
            return new Response(rows.ConvertAll(DeliveryView.Of));
        }
    }
}
