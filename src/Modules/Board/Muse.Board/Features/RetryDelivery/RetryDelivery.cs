using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Deliveries;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.RetryDelivery;

/// <summary>Sends once more what is in doubt: a person has looked and wishes it. <c>POST /api/board/deliveries/{id}/retry</c></summary>
internal static class RetryDelivery
{
    public sealed record Command(string Id) : IRequest<Result<DeliveryView>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPost("/api/board/deliveries/{id}/retry", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(id), ct)).ToHttp(delivery => TypedResults.Accepted($"/api/board/cards/{delivery.CardId}/deliveries", delivery)))
            .WithName("RetryDelivery").WithTags("Board")
            .Produces<DeliveryView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Id).NotEmpty().MaximumLength(64);
    }

    public sealed class Handler(DeliveryStore store, DeliveryDesk desk, TimeProvider clock) : IRequestHandler<Command, Result<DeliveryView>>
    {
        public async Task<Result<DeliveryView>> Handle(Command command, CancellationToken ct)
        {
            var row = await store.MoveAsync(
                command.Id, [DeliveryState.Indeterminate], r => r.DismissedAtMs ??= clock.GetUtcNow().ToUnixTimeMilliseconds(), ct);
            if (row is null || row.Kind != DeliveryWords.Word(DeliveryKind.Reply))
            {
                return BoardProblems.NotIndeterminate();
            }

            // The key holds two presses of the button to one repetition.
            return await desk.ReplyAsync(row.CardId, row.Text, row.AsCommand, $"retry-{row.Id}", DeliveryDesk.Person, ct, retryOf: row.Id);
        }
    }
}
