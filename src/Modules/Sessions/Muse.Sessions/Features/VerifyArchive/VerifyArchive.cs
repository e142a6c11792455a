using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Archive;

namespace Muse.Sessions.Features.VerifyArchive;

/// <summary>Holds every byte that is kept to its hashes, and names what is damaged. <c>POST /api/archive/verify</c></summary>
internal static class VerifyArchive
{
    public sealed record Query : IRequest<Result<VerifyReport>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPost("/api/archive/verify", async (IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(), ct)).ToHttp(TypedResults.Ok))
            .WithName("VerifyArchive").WithTags("Archive")
            .Produces<VerifyReport>();
    }

    public sealed class Handler(ArchiveVerification verification) : IRequestHandler<Query, Result<VerifyReport>>
    {
        public async Task<Result<VerifyReport>> Handle(Query query, CancellationToken ct) => await Task.Run(() => verification.VerifyAsync(ct), ct);
    }
}
