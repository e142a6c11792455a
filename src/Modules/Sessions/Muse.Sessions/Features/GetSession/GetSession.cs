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
using Muse.Sessions.Reading;

namespace Muse.Sessions.Features.GetSession;

/// <summary>
/// A session with a window of its items, or, if no window is asked for, with all of them. <c>GET /api/sessions/{id}</c>
/// </summary>
internal static class GetSession
{
    public const int DefaultLimit = 200;

    public sealed record Query(
        string Id, string? Agent, string? Limit, string? Anchor, string? Before, string? After, string? Around, string? Kinds)
        : IRequest<Result<Response>>
    {
        public bool AsksForAll => Limit is null && Anchor is null && Before is null && After is null && Around is null;
    }

    /// <param name="Total">Items of this transcript.</param>
    public sealed record Response(
        SessionSummary Session, string? AgentId, long Generation, long Revision, long Total, IReadOnlyList<ItemView> Items, bool HasBefore,
        bool HasAfter);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}", async (
                string id,
                [Description(Parameter.AgentWords)] string? agent,
                [Range(1, 500), DefaultValue("200"), Description("Items in the window. Without it and without a place, all items.")] string? limit,
                [AllowedValues("head", "tail"), Description("At one of the ends. At most one of anchor, before, after and around.")] string? anchor,
                [Description("Before this item.")] string? before,
                [Description("After this item.")] string? after,
                [Description("With this item in the middle.")] string? around,
                [Description("Only items of these kinds, separated by commas.")] string? kinds,
                IMediator mediator, CancellationToken ct) =>
            {
                var query = new Query(id, agent, limit, anchor, before, after, around, kinds);
                return query.AsksForAll
                    ? (await mediator.Send(new WholeThread.Query(id, agent, kinds), ct)).ToHttp(thread => thread)
                    : (await mediator.Send(query, ct)).ToHttp(TypedResults.Ok);
            })
            .WithName("GetSession").WithTags("Sessions")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Limit).Must(limit => Parameter.Limit(limit, DefaultLimit, 500) is not null).WithMessage("Give a number from 1 to 500.");
            RuleFor(q => q.Anchor).Must(anchor => anchor is null or "head" or "tail").WithMessage("Give head or tail.");
            RuleFor(q => q.Before).Must(Parameter.IsItem).WithMessage(Parameter.ItemHint);
            RuleFor(q => q.After).Must(Parameter.IsItem).WithMessage(Parameter.ItemHint);
            RuleFor(q => q.Around).Must(Parameter.IsItem).WithMessage(Parameter.ItemHint);
            RuleFor(q => q.Kinds).Must(Parameter.AreKinds).WithMessage(Parameter.KindsHint);
            RuleFor(q => q.Anchor).Must((q, _) => new[] { q.Anchor, q.Before, q.After, q.Around }.Count(p => p is not null) <= 1)
                .WithMessage("Give one of anchor, before, after and around.");
        }
    }
}
