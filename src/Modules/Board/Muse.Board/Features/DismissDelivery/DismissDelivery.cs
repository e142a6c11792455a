using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Deliveries;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.DismissDelivery;

/// <summary>Puts away one whose end nobody knows, or that was refused: a person has looked. <c>POST /api/board/deliveries/{id}/dismiss</c></summary>
internal static class DismissDelivery
{
    public sealed record Command(string Id) : IRequest<Result<DeliveryView>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPost("/api/board/deliveries/{id}/dismiss", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(id), ct)).ToHttp(TypedResults.Ok))
            .WithName("DismissDelivery").WithTags("Board")
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
                command.Id, [DeliveryState.Indeterminate, DeliveryState.Refused], r => r.DismissedAtMs ??= clock.GetUtcNow().ToUnixTimeMilliseconds(), ct);
            return row is null ? BoardProblems.NotToPutAway() : DeliveryView.Of(row);
        }
    }
}
