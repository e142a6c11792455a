using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Live;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.SeeCard;

/// <summary>A person has looked at the session: what was done is idle now. <c>POST /api/board/cards/{id}/seen</c></summary>
internal static class SeeCard
{
    public sealed record Command(string Id) : IRequest<Result<Unit>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPost("/api/board/cards/{id}/seen", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(id), ct)).ToHttp(_ => TypedResults.NoContent()))
            .WithName("SeeCard").WithTags("Board")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Id).NotEmpty().MaximumLength(64);
    }

    // The board has one writer, which answers when the mark is stored.
    public sealed class Handler(BoardInbox inbox, TimeProvider clock) : IRequestHandler<Command, Result<Unit>>
    {
        public async Task<Result<Unit>> Handle(Command command, CancellationToken ct)
        {
            var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
            return await inbox.MarkAsync(command.Id, marks => marks with { SeenAtMs = Math.Max(marks.SeenAtMs, nowMs) }, ct)
                ? Unit.Value
                : BoardProblems.CardNotFound(command.Id);
        }
    }
}
