using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Deliveries;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.EditDelivery;

/// <summary>Changes the text of what was not typed yet. <c>PUT /api/board/deliveries/{id}</c></summary>
internal static class EditDelivery
{
    public sealed record Command(string Id, Body Body) : IRequest<Result<DeliveryView>>;

    /// <param name="Text">At most 64 KB.</param>
    public sealed record Body(string Text);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPut("/api/board/deliveries/{id}", async (string id, Body body, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(id, body), ct)).ToHttp(TypedResults.Ok))
            .WithName("EditDelivery").WithTags("Board")
            .Produces<DeliveryView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().MaximumLength(64);
            RuleFor(c => c.Body.Text).NotNull();
        }
    }

    public sealed class Handler(DeliveryStore store) : IRequestHandler<Command, Result<DeliveryView>>
    {
        public async Task<Result<DeliveryView>> Handle(Command command, CancellationToken ct)
        {
            var (id, text) = (command.Id, command.Body.Text);
            var queued = (await store.InAsync([DeliveryState.Queued], ct)).Find(d => d.Id == id && d.Kind == DeliveryWords.Word(DeliveryKind.Reply));
            if (queued is null)
            {
                return BoardProblems.NotQueued();
            }

            if (DeliveryText.Problem(text, queued.AsCommand) is { } problem)
            {
                return problem;
            }

            // Whoever asked for it, these are the person's words now. The worker types only the text that it has read.
            var row = await store.MoveAsync(id, [DeliveryState.Queued], r => (r.Text, r.AskedBy) = (text, DeliveryDesk.Person), ct);
            return row is null ? BoardProblems.NotQueued() : DeliveryView.Of(row);
        }
    }
}
