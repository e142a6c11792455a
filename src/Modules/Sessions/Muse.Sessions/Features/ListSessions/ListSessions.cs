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

namespace Muse.Sessions.Features.ListSessions;

/// <summary>Sessions, filtered and sorted, a page at a time. <c>GET /api/sessions</c></summary>
internal static class ListSessions
{
    public const int DefaultLimit = 50;
    public static readonly string[] Sorts = SortWordAttribute.All;
    private static readonly string[] States = StateWordAttribute.All;

    public sealed record Query(
        string? Agent, string? Project, string? Model, string? Branch, string? State, string? From, string? To, string? Q, string? Tag,
        string? Is, string? Sort, string? Cursor, string? Limit) : IRequest<Result<Response>>;

    /// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last.</param>
    /// <param name="Total">Sessions that match, on all pages.</param>
    /// <param name="Costs">By the id of the session, of those on the page that have responses.</param>
    public sealed record Response(IReadOnlyList<SessionSummary> Items, string? NextCursor, int Total, IReadOnlyDictionary<string, Cost> Costs);

    /// <param name="CostMicroUsd">Millionths of a US dollar at the list prices of the API, of the responses that have a price.</param>
    /// <param name="UnpricedResponses">Responses that have none: the cost is at least what is told.</param>
    public sealed record Cost(long CostMicroUsd, long UnpricedResponses);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions", async (
                [AgentWord] string? agent,
                [Description("The path of a project.")] string? project,
                string? model, string? branch,
                [StateWord] string? state,
                [Description("Last written at this time or later: milliseconds since 1970, or a date.")] string? from,
                [Description("Last written at this time or earlier; a date is taken to its end.")] string? to,
                [StringLength(200), Description("Part of the title, in any case.")] string? q,
                [Description("The name of a tag.")] string? tag,
                [IsWord] string? @is,
                [SortWord, DefaultValue("recent")] string? sort,
                [Description("The nextCursor of the page before, with all else unchanged.")] string? cursor,
                [Range(1, 200), DefaultValue("50")] string? limit,
                IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(agent, project, model, branch, state, from, to, q, tag, @is, sort, cursor, limit), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListSessions").WithTags("Sessions")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator(IEnumerable<ITranscriptFormat> formats)
        {
            var agents = formats.Select(f => f.Agent).ToList();
            RuleFor(q => q.Agent).Must(agent => agent is null || agents.Contains(agent)).WithMessage($"Give one of {string.Join(", ", agents)}.");
            RuleFor(q => q.State).Must(state => state is null || States.Contains(state)).WithMessage($"Give one of {string.Join(", ", States)}.");
            RuleFor(q => q.Sort).Must(sort => sort is null || Sorts.Contains(sort)).WithMessage($"Give one of {string.Join(", ", Sorts)}.");
            RuleFor(q => q.From).Must(from => from is null || Parameter.Time(from, endOfDay: false) is not null).WithMessage(TimeHint);
            RuleFor(q => q.To).Must(to => to is null || Parameter.Time(to, endOfDay: true) is not null).WithMessage(TimeHint);
            RuleFor(q => q.Q).MaximumLength(200);
            RuleFor(q => q.Tag).Must(tag => tag is null || TagName.TryParse(tag) is not null).WithMessage(TagName.Hint);
            RuleFor(q => q.Is).Must(marks => marks is null || marks.Split(',').All(IsWordAttribute.All.Contains))
                .WithMessage($"Give one or more of {string.Join(", ", IsWordAttribute.All)}, separated by commas.");
            RuleFor(q => q.Limit).Must(limit => Parameter.Limit(limit, DefaultLimit, 200) is not null).WithMessage("Give a number from 1 to 200.");
            RuleFor(q => q.Cursor).Must((q, cursor) => cursor is null || PageCursor.TryParse(cursor, q.Sort ?? Sorts[0]) is not null)
                .WithMessage("Give the nextCursor of a page with the same sort, unchanged.");
        }

        private const string TimeHint = "Give milliseconds since 1970 or a date such as 2026-01-31 or 2026-01-31T12:00:00Z.";
    }
}
