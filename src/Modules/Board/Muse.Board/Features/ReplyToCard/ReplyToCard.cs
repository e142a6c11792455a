using System.ComponentModel.DataAnnotations;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Deliveries;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.ReplyToCard;

/// <summary>Sends a person's text into a session's pane. <c>POST /api/board/cards/{id}/reply</c></summary>
internal static class ReplyToCard
{
    public sealed record Command(string Id, Body Body) : IRequest<Result<DeliveryView>>;

    /// <param name="Text">At most 64 KB.</param>
    /// <param name="AsCommand">Sends a leading <c>/</c>, <c>!</c>, <c>#</c> or <c>@</c> as the program's command instead of as text.</param>
    /// <param name="IdempotencyKey">A second request with it is the same delivery.</param>
    public sealed record Body(string Text, bool AsCommand = false, [property: MaxLength(100)] string? IdempotencyKey = null);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPost("/api/board/cards/{id}/reply", async (string id, Body body, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(id, body), ct)).ToHttp(delivery => TypedResults.Accepted($"/api/board/cards/{id}/deliveries", delivery)))
            .WithName("ReplyToCard").WithTags("Board")
            .Produces<DeliveryView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().MaximumLength(64);
            RuleFor(c => c.Body.Text).NotNull();
            RuleFor(c => c.Body.IdempotencyKey).MaximumLength(100);
        }
    }

    public sealed class Handler(DeliveryDesk desk) : IRequestHandler<Command, Result<DeliveryView>>
    {
        public Task<Result<DeliveryView>> Handle(Command command, CancellationToken ct) =>
            desk.ReplyAsync(command.Id, command.Body.Text, command.Body.AsCommand, command.Body.IdempotencyKey, DeliveryDesk.Person, ct);
    }
}
