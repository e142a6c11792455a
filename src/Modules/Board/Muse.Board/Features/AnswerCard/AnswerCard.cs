using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Deliveries;
using Muse.Board.Domain;
using Muse.Board.Live;
using Muse.Board.Screens;
using Muse.Board.Sources;
using Muse.Board.Tmux;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.AnswerCard;

/// <summary>Answers exactly the dialog that a person saw. <c>POST /api/board/cards/{id}/answer</c></summary>
internal static class AnswerCard
{
    public sealed record Command(string Id, Body Body) : IRequest<Result<DeliveryView>>;

    /// <param name="Fingerprint">Of the dialog, as the card's page told it.</param>
    /// <param name="Choices">The number or the label of the choice; where boxes are to be ticked, of all that shall be.</param>
    /// <param name="IdempotencyKey">A second request with it is the same answer.</param>
    public sealed record Body(
        [property: MaxLength(64)] string Fingerprint, [property: MinLength(1), MaxLength(60)] IReadOnlyList<string> Choices, [property: MaxLength(100)] string? IdempotencyKey = null);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPost("/api/board/cards/{id}/answer", async (string id, Body body, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(id, body), ct)).ToHttp(delivery => TypedResults.Accepted($"/api/board/cards/{id}/deliveries", delivery)))
            .WithName("AnswerCard").WithTags("Board")
            .Produces<DeliveryView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().MaximumLength(64);
            RuleFor(c => c.Body.Fingerprint).NotEmpty().MaximumLength(64);
            RuleFor(c => c.Body.Choices).NotEmpty().Must(choices => choices is null || choices.Count <= 60).WithMessage("Name at most 60 choices.");
            RuleForEach(c => c.Body.Choices).NotEmpty().MaximumLength(500);
            RuleFor(c => c.Body.IdempotencyKey).MaximumLength(100);
        }
    }

    public sealed class Handler(DeliveryDesk desk, BoardCards cards, ScreenLooks looks) : IRequestHandler<Command, Result<DeliveryView>>
    {
        public async Task<Result<DeliveryView>> Handle(Command command, CancellationToken ct)
        {
            var body = command.Body;
            if (cards.Find(command.Id) is not { } card)
            {
                return BoardProblems.CardNotFound(command.Id);
            }

            var (problem, labels) = card switch
            {
                { Verdict.State: CardState.Ended } => (BoardProblems.CardEnded(), null),
                { Pane: null } => (BoardProblems.NoPane(), null),
                { Pane: var pane } => await ChooseAsync(card.Agent, new PaneId(pane.Socket, pane.Pane), body, ct),
            };
            var row = desk.NewRow(card, DeliveryKind.Answer, string.Join('\n', labels ?? body.Choices), body.IdempotencyKey, DeliveryDesk.Person);
            row.Fingerprint = body.Fingerprint;
            return await desk.AddAsync(row, problem, ct);
        }

        private async Task<(Problem? Problem, IReadOnlyList<string>? Labels)> ChooseAsync(string agent, PaneId pane, Body body, CancellationToken ct)
        {
            ScreenDialog? dialog;
            try
            {
                dialog = (await looks.LookAsync(pane, agent, ct)).Verdict.Dialog;
            }
            catch (Exception e) when (e is TmuxException || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                return (BoardProblems.PaneUnreachable(), null);
            }

            if (dialog?.Fingerprint != body.Fingerprint)
            {
                return (BoardProblems.DialogChanged(dialog), null);
            }

            var choices = body.Choices.Select(named => Find(dialog, named)).ToList();
            var labels = choices.OfType<DialogChoice>().Select(c => c.Label).Distinct(StringComparer.Ordinal).ToList();
            return BoardProblems.InPane(dialog) is { } inPane ? (inPane, null)
                : choices.Contains(null) ? (BoardProblems.NoSuchChoice(dialog), null)
                : choices.Exists(c => c!.IsField) ? (BoardProblems.FreeText(), null) // no null is left
                : labels.Count > 1 && (!dialog.MultiSelect || choices.Exists(c => c!.Checked is null)) ? (BoardProblems.OneChoice(), null)
                : (null, labels);
        }

        /// <returns>Null if there is none, or if several bear its label.</returns>
        private static DialogChoice? Find(ScreenDialog dialog, string named)
        {
            var choice = Array.Find(dialog.Choices, c => c.Label == named)
                ?? Array.Find(dialog.Choices, c => c.Number > 0 && c.Number.ToString(CultureInfo.InvariantCulture) == named);
            return choice is not null && dialog.Choices.Count(c => c.Label == choice.Label) == 1 ? choice : null;
        }
    }
}
