using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;

namespace Muse.Sessions.Features.FindInSession;

/// <summary>
/// Items of a whole transcript that hold a text, tool output included, whatever the case. <c>GET /api/sessions/{id}/find</c>
/// </summary>
internal static class FindInSession
{
    public const int DefaultLimit = 200;

    public sealed record Query(string Id, string? Q, string? Limit, string? Before, string? After, string? Agent) : IRequest<Result<Response>>;

    /// <param name="Total">Matching items, of the whole transcript or, if truncated, as far as was looked.</param>
    /// <param name="Truncated">There are more matches than were counted or returned.</param>
    public sealed record Response(IReadOnlyList<Match> Matches, int Total, bool Truncated);

    /// <param name="Snippet">One sanitized line around the first place.</param>
    /// <param name="Start">Where in the snippet the text stands.</param>
    public sealed record Match(string Id, long Ordinal, [property: KindWord] string Kind, string Snippet, int Start, int Length);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/find", async (
                string id,
                [Required, StringLength(500, MinimumLength = 1), Description("Text to find, in any case; tool output is looked through, too.")] string? q,
                [Range(1, 500), DefaultValue("200")] string? limit,
                [Description("Only matches before this item, the nearest of them.")] string? before,
                [Description("Only matches after this item.")] string? after,
                [Description(Parameter.AgentWords)] string? agent,
                IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id, q, limit, before, after, agent), ct)).ToHttp(TypedResults.Ok))
            .WithName("FindInSession").WithTags("Sessions")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Q).NotEmpty().WithMessage("Give a text to find.").MaximumLength(500);
            RuleFor(q => q.Limit).Must(limit => Parameter.Limit(limit, DefaultLimit, 500) is not null).WithMessage("Give a number from 1 to 500.");
            RuleFor(q => q.Before).Must(IsOrdinal).WithMessage(Parameter.ItemHint);
            RuleFor(q => q.After).Must(IsOrdinal).WithMessage(Parameter.ItemHint);
        }

        private static bool IsOrdinal(string? item) => item is null || ItemRef.TryParse(item) is { Ordinal: not null };
    }
}
