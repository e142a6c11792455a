using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Muse.Board.Domain;
using Muse.Board.Persistence;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.ListHooks;

/// <summary>Which hooks have arrived, how often, and how many could not be understood. <c>GET /api/hooks</c></summary>
internal static class ListHooks
{
    public sealed record Query : IRequest<Result<Response>>;

    public sealed record Response(IReadOnlyList<EventCount> Events);

    /// <param name="Event">The agent's own name of it; <c>unknown</c> for payloads that name none.</param>
    /// <param name="Problems">How many were cut, no JSON, or without an event or session.</param>
    public sealed record EventCount([property: BoardAgentWord] string Agent, string Event, long Count, long Problems, long LastAtMs);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/hooks", async (IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListHooks").WithTags("Board")
            .Produces<Response>();
    }

    public sealed class Handler(BoardDbContext db) : IRequestHandler<Query, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Query query, CancellationToken ct) => new Response(
            await db.HookCounts.OrderBy(c => c.Agent).ThenBy(c => c.Event)
                .Select(c => new EventCount(c.Agent, c.Event, c.Count, c.Problems, c.LastAtMs)).ToListAsync(ct));
    }
}
