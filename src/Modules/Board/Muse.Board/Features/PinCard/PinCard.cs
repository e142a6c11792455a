using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Live;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.PinCard;

/// <summary>Keeps a card at the head of its lane. <c>POST /api/board/cards/{id}/pin</c></summary>
internal static class PinCard
{
    public sealed record Command(string Id, string? On) : IRequest<Result<Unit>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPost("/api/board/cards/{id}/pin", async (
                string id, [Description("False takes the pin out."), AllowedValues("true", "false"), DefaultValue("true")] string? on, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(id, on), ct)).ToHttp(_ => TypedResults.NoContent()))
            .WithName("PinCard").WithTags("Board")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().MaximumLength(64);
            RuleFor(c => c.On).Must(on => on is null or "true" or "false").WithMessage("Give true or false.");
        }
    }

    // The board has one writer, which answers when the mark is stored.
    public sealed class Handler(BoardInbox inbox) : IRequestHandler<Command, Result<Unit>>
    {
        public async Task<Result<Unit>> Handle(Command command, CancellationToken ct) =>
            await inbox.MarkAsync(command.Id, marks => marks with { Pinned = command.On != "false" }, ct) ? Unit.Value : BoardProblems.CardNotFound(command.Id);
    }
}
