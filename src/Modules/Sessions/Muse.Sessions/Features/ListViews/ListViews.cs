using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;

namespace Muse.Sessions.Features.ListViews;

/// <summary>The saved filters of the list. <c>GET /api/views</c></summary>
internal static class ListViews
{
    public sealed record Query : IRequest<Result<Response[]>>;

    /// <param name="Filter">Parameters of <c>/api/sessions</c> as a query string.</param>
    public sealed record Response(string Name, string Filter);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/views", async (IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListViews").WithTags("Curation")
            .Produces<Response[]>();
    }

    public sealed class Handler(MuseDatabase database) : RequestHandler<Query, Result<Response[]>>
    {
        protected override Result<Response[]> Handle(Query request)
        {
            using var reader = database.Read();
            return reader.Query("SELECT name, filter FROM sessions_views ORDER BY name COLLATE NOCASE, name")
                .All(row => new Response(row.Text(0), row.Text(1))).ToArray();
        }
    }
}
