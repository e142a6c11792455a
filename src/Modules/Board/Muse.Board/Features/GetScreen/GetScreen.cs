using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Deliveries;
using Muse.Board.Live;
using Muse.Board.Screens;
using Muse.Board.Sources;
using Muse.Board.Tmux;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.GetScreen;

/// <summary>What a session's pane shows now, as harmless text with its colours. <c>GET /api/board/cards/{id}/screen</c></summary>
internal static class GetScreen
{
    public sealed record Query(string Id) : IRequest<Result<Response>>;

    /// <param name="AtMs">UTC milliseconds since when it is known to show this.</param>
    /// <param name="Input">What stands in the input box: <c>none</c>, <c>empty</c>, <c>ghost</c>, <c>draft</c>, <c>pasted</c>, <c>shellmode</c>, <c>command</c>.</param>
    public sealed record Response(IReadOnlyList<Line> Lines, int Columns, int Rows, string Input, long AtMs);

    public sealed record Line(IReadOnlyList<Run> Runs);

    /// <param name="Foreground"><c>default</c>, a number of the palette or <c>#rrggbb</c>.</param>
    /// <param name="Traits"><c>bold</c>, <c>dim</c>, <c>italic</c>, <c>underline</c>, <c>reverse</c> and the like.</param>
    public sealed record Run(string Text, string Foreground, string Background, IReadOnlyList<string> Traits);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/board/cards/{id}/screen", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetScreen").WithTags("Board")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Id).NotEmpty().MaximumLength(64);
    }

    public sealed class Handler(BoardCards cards, ScreenLooks looks) : IRequestHandler<Query, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Query query, CancellationToken ct)
        {
            if (cards.Find(query.Id) is not { } card)
            {
                return BoardProblems.CardNotFound(query.Id);
            }

            if (card.Pane is not { } pane)
            {
                return BoardProblems.NoPane();
            }

            try
            {
                var seen = await looks.LookAsync(new PaneId(pane.Socket, pane.Pane), card.Agent, ct);
                var screen = AnsiScreen.Parse(seen.Capture.Ansi);
                return new Response(
                    [.. screen.Lines.Take(screen.Height).Select(ToLine)], seen.Capture.Columns, seen.Capture.Rows, DeliveryWords.Word(seen.Verdict.Input.Kind), seen.AtMs);
            }
            catch (Exception e) when (e is TmuxException || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                return BoardProblems.PaneUnreachable();
            }
        }

        private static Line ToLine(ScreenLine line) => new([.. line.Runs.Select(run => new Run(
            line.Cells.Substring(run.Start, run.Length), run.Style.Foreground.ToString(), run.Style.Background.ToString(),
            [.. Enum.GetValues<TextTraits>().Where(t => t != TextTraits.None && run.Style.Traits.HasFlag(t)).Select(DeliveryWords.Word)]))]);
    }
}
