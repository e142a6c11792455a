using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Deliveries;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.CancelDelivery;

/// <summary>Takes back what was not typed yet. <c>DELETE /api/board/deliveries/{id}</c></summary>
internal static class CancelDelivery
{
    public sealed record Command(string Id) : IRequest<Result<DeliveryView>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapDelete("/api/board/deliveries/{id}", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(id), ct)).ToHttp(TypedResults.Ok))
            .WithName("CancelDelivery").WithTags("Board")
            .Produces<DeliveryView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Id).NotEmpty().MaximumLength(64);
    }

    public sealed class Handler(DeliveryStore store, TimeProvider clock) : IRequestHandler<Command, Result<DeliveryView>>
    {
        public async Task<Result<DeliveryView>> Handle(Command command, CancellationToken ct)
        {
            var row = await store.MoveAsync(
                command.Id, [DeliveryState.Queued], r => (r.State, r.EndedAtMs) = ("cancelled", clock.GetUtcNow().ToUnixTimeMilliseconds()), ct);
            return row is null ? BoardProblems.NotQueued() : DeliveryView.Of(row);
        }
    }
}
