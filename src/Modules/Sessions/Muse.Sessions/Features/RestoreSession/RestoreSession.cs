using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Archive;

namespace Muse.Sessions.Features.RestoreSession;

/// <summary>Puts a session's transcripts back where its agent looks for them. <c>POST /api/sessions/{id}/restore</c></summary>
internal static class RestoreSession
{
    public sealed record Query(string Id) : IRequest<Result<Response>>;

    /// <param name="Files">Those that were gone; what is there is left as it is.</param>
    public sealed record Response(IReadOnlyList<SessionRestore.RestoredFile> Files);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPost("/api/sessions/{id}/restore", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id), ct)).ToHttp(TypedResults.Ok))
            .WithName("RestoreSession").WithTags("Archive")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Id).NotEmpty();
    }

    public sealed class Handler(SessionRestore restore) : IRequestHandler<Query, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Query query, CancellationToken ct)
        {
            var restored = await Task.Run(() => restore.Restore(query.Id, ct), ct);
            return restored.IsFailed ? restored.Problem : new Response(restored.Value);
        }
    }
}
