using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Search;

namespace Muse.Sessions.Features.GetSearchStatus;

/// <summary>How much of what is read can be searched. <c>GET /api/search/status</c></summary>
internal static class GetSearchStatus
{
    public sealed record Query : IRequest<Result<SearchProgress>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/search/status", async (IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetSearchStatus").WithTags("Search")
            .Produces<SearchProgress>();
    }

    public sealed class Handler(SearchIndexer indexer) : IRequestHandler<Query, Result<SearchProgress>>
    {
        public Task<Result<SearchProgress>> Handle(Query query, CancellationToken ct) => Task.FromResult<Result<SearchProgress>>(indexer.Progress);
    }
}
