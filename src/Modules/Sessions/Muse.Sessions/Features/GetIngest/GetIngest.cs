using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Ingest;

namespace Muse.Sessions.Features.GetIngest;

/// <summary>How far the archive is read, and where it is looked for. <c>GET /api/ingest</c></summary>
internal static class GetIngest
{
    public sealed record Query : IRequest<Result<IngestProgress>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/ingest", async (IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetIngest").WithTags("Ingest")
            .Produces<IngestProgress>();
    }

    public sealed class Handler(IIngestStatus ingest) : IRequestHandler<Query, Result<IngestProgress>>
    {
        public Task<Result<IngestProgress>> Handle(Query query, CancellationToken ct) => Task.FromResult<Result<IngestProgress>>(ingest.Read());
    }
}
