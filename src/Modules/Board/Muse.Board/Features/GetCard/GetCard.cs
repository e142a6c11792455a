using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Deliveries;
using Muse.Board.Domain;
using Muse.Board.Live;
using Muse.Board.Persistence;
using Muse.Board.Sources;
using Muse.Board.Tmux;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.GetCard;

/// <summary>One card and why it says what it says: the last evidence of each source. <c>GET /api/board/cards/{id}</c></summary>
internal static class GetCard
{
    public sealed record Query(string Id) : IRequest<Result<Response>>;

    /// <param name="Explain">The last evidence of each source, the deciding one first.</param>
    /// <param name="Dialog">The dialog that is open in its pane now.</param>
    /// <param name="Input">What stands in its input box: <c>none</c>, <c>empty</c>, <c>ghost</c>, <c>draft</c>, <c>pasted</c>, <c>shellmode</c>, <c>command</c>; null without a pane.</param>
    /// <param name="Resume">The command that goes on with the session natively; null while its id is not known.</param>
    /// <param name="DisagreeSinceMs">Since when sources contradict each other; null if they do not.</param>
    public sealed record Response(CardView Card, IReadOnlyList<Evidence> Explain, long? DisagreeSinceMs, DialogView? Dialog, string? Input, string? Resume);

    /// <param name="AtMs">UTC milliseconds since when it says so.</param>
    /// <param name="Fresh">False for what is too old to decide anything.</param>
    public sealed record Evidence(
        [property: SourceWord] string Source, [property: ClaimWord] string Claim, [property: NeedReasonWord] string? Reason, string? Detail,
        long AtMs, long? ValidUntilMs, bool Fresh, bool Decided);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/board/cards/{id}", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetCard").WithTags("Board")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Id).NotEmpty().MaximumLength(64);
    }

    public sealed class Handler(CardReader reader, BoardCards cards, ScreenLooks looks, TimeProvider clock) : IRequestHandler<Query, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Query query, CancellationToken ct)
        {
            var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
            var found = await reader.ThoseAsync([query.Id], ct);
            if (found.Count == 0 || cards.Find(query.Id) is not { } card)
            {
                return BoardProblems.CardNotFound(query.Id);
            }

            var source = card.Verdict?.Source;
            var evidence = card.Evidence.Values.Where(e => e.Source != Board.Evidence.EvidenceSource.Output)
                .OrderByDescending(e => e.Source == source).ThenByDescending(e => e.AtMs)
                .Select(e => new Evidence(
                    CardWords.Word((Board.Evidence.EvidenceSource?)e.Source)!, CardWords.Word(e.Claim), CardWords.Word(e.Reason), e.Detail, e.AtMs,
                    e.ValidUntilMs, e.IsValid(nowMs), e.Source == source));
            var seen = await LookAsync(card, ct);
            return new Response(
                found[0].View, [.. evidence], card.Verdict?.DissentSinceMs, seen?.Verdict.Dialog is { } dialog ? DialogView.Of(dialog) : null,
                seen is null ? null : DeliveryWords.Word(seen.Verdict.Input.Kind), ResumeCommand.Of(card));
        }

        /// <summary>A pane that does not answer leaves the rest of the card to be shown.</summary>
        private async Task<SeenScreen?> LookAsync(Card card, CancellationToken ct)
        {
            try
            {
                return card.Pane is { } pane ? await looks.LookAsync(new PaneId(pane.Socket, pane.Pane), card.Agent, ct) : null;
            }
            catch (Exception e) when (e is TmuxException || (e is OperationCanceledException && !ct.IsCancellationRequested))
            {
                return null;
            }
        }
    }
}
