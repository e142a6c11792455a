using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Live;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.SnoozeCard;

/// <summary>
/// Puts a card to the end of its lane, where it calls for nobody, for a time or until its state or reason changes,
/// whichever comes first. <c>POST /api/board/cards/{id}/snooze</c>
/// </summary>
internal static class SnoozeCard
{
    private const int MostMinutes = 7 * 24 * 60;

    public sealed record Command(string Id, string? Minutes, string? UntilChange, string? On) : IRequest<Result<Unit>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPost("/api/board/cards/{id}/snooze", async (
                string id,
                [Description("For so long; without it until it changes."), Range(1, MostMinutes)] string? minutes,
                [Description("False lets it sleep through changes; then minutes are needed."), AllowedValues("true", "false"), DefaultValue("true")] string? untilChange,
                [Description("False wakes it."), AllowedValues("true", "false"), DefaultValue("true")] string? on,
                IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(id, minutes, untilChange, on), ct)).ToHttp(_ => TypedResults.NoContent()))
            .WithName("SnoozeCard").WithTags("Board")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().MaximumLength(64);
            RuleFor(c => c.Minutes).Must(m => m is null || Minutes(m) is >= 1 and <= MostMinutes).WithMessage($"Give 1 to {MostMinutes} minutes.");
            RuleFor(c => c.UntilChange).Must(u => u is null or "true" or "false").WithMessage("Give true or false.");
            RuleFor(c => c.On).Must(on => on is null or "true" or "false").WithMessage("Give true or false.");
            RuleFor(c => c.Minutes).NotNull().When(c => c.UntilChange == "false" && c.On != "false")
                .WithMessage("A card that sleeps through changes needs minutes, else it never wakes.");
        }
    }

    // The board has one writer, which answers when the mark is stored.
    public sealed class Handler(BoardInbox inbox, TimeProvider clock) : IRequestHandler<Command, Result<Unit>>
    {
        public async Task<Result<Unit>> Handle(Command command, CancellationToken ct)
        {
            long? untilMs = command.Minutes is { } minutes ? clock.GetUtcNow().AddMinutes(Minutes(minutes)!.Value).ToUnixTimeMilliseconds() : null; // validated
            return await inbox.MarkAsync(
                command.Id,
                marks => command.On == "false" ? marks.Awake() : marks with { SnoozedUntilMs = untilMs, SnoozedUntilChange = command.UntilChange != "false" },
                ct)
                ? Unit.Value
                : BoardProblems.CardNotFound(command.Id);
        }
    }

    private static int? Minutes(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : null;
}
