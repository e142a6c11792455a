using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Domain;
using Muse.Board.Live;
using Muse.Board.Persistence;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.GetCard;

/// <summary>One card and why it says what it says: the last evidence of each source. <c>GET /api/board/cards/{id}</c></summary>
internal static class GetCard
{
    public sealed record Query(string Id) : IRequest<Result<Response>>;

    /// <param name="Explain">The last evidence of each source, the deciding one first.</param>
    /// <param name="DisagreeSinceMs">Since when sources contradict each other; null if they do not.</param>
    public sealed record Response(CardView Card, IReadOnlyList<Evidence> Explain, long? DisagreeSinceMs);

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

    public sealed class Handler(CardReader reader, BoardCards cards, TimeProvider clock) : IRequestHandler<Query, Result<Response>>
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
            return new Response(found[0].View, [.. evidence], card.Verdict?.DissentSinceMs);
        }
    }
}
