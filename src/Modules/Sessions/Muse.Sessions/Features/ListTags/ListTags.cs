using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Features.ListTags;

/// <summary>The tags there are. <c>GET /api/tags</c></summary>
internal static class ListTags
{
    public sealed record Query : IRequest<Result<Response[]>>;

    /// <param name="Rule">What makes a session carry it by itself; null if it is put on by hand only.</param>
    /// <param name="Sessions">Sessions that carry it.</param>
    public sealed record Response(string Name, [property: TagColorWord] string Color, TagRule? Rule, int Sessions);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/tags", async (IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListTags").WithTags("Curation")
            .Produces<Response[]>();
    }

    public sealed class Handler(MuseDatabase database, SessionTags tags) : RequestHandler<Query, Result<Response[]>>
    {
        protected override Result<Response[]> Handle(Query request)
        {
            using var reader = database.Read();
            return SessionTags.All(reader)
                .Select(t => new Response(t.Name, t.Color, SessionTags.RuleOf(t), tags.Carrying(reader, t, null).Count)).ToArray();
        }
    }
}
