using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Insights.Domain;

namespace Muse.Insights.Features.ListResponses;

/// <summary>The rows behind a figure: responses with their tokens and their price, a page at a time. <c>GET /api/stats/responses</c></summary>
internal static class ListResponses
{
    public const int DefaultLimit = 50;
    public const int MostRows = 10_000;
    public static readonly string[] Sorts = ["recent", "cost"];
    private static readonly string[] Formats = ["json", "csv"];

    public sealed record Query(
        string? From, string? To, string? Zone, string? Model, string? Project, string? Agent, string? Session, string? Priced, string? Excluded, string? Sort,
        string? Cursor, string? Limit, string? Format) : IRequest<Result<Response>>;

    /// <param name="Zone">The time zone whose days are meant.</param>
    /// <param name="Totals">Of all rows that match, on all pages.</param>
    /// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last.</param>
    public sealed record Response(string Zone, IReadOnlyList<Row> Rows, Sums Totals, string? NextCursor, PricesUsed Prices);

    /// <summary>One response, counted once in the whole archive.</summary>
    /// <param name="Id">Its identity: the same in every transcript that repeats it.</param>
    /// <param name="AtMs">UTC milliseconds of the first record that states it: under this day it is counted.</param>
    /// <param name="SessionId">The session that is charged: the first that stated it.</param>
    /// <param name="Title">How that session is called; null if it is not there any more.</param>
    /// <param name="AgentId">The subagent whose transcript states it.</param>
    /// <param name="Model">As the agent wrote it; null where no record named one.</param>
    /// <param name="ReasoningTokens">Part of the output.</param>
    /// <param name="IsAbsurd">A count cannot be right; it is in no sum of tokens, and has no price.</param>
    /// <param name="CostMicroUsd">Millionths of a US dollar at the list prices of the API; null if it, or a part of it, has no price.</param>
    /// <param name="PricedAs">The model in the list of prices; null if it is not known.</param>
    /// <param name="PricesFrom">The day from which its price holds; null if it is the first that is known.</param>
    /// <param name="BandAboveTokens">The dearer rates of requests with more input than this hold for it; null for the usual ones.</param>
    public sealed record Row(
        string Id, long AtMs, string Agent, string SessionId, string? Title, string? AgentId, string? ProjectPath, string? Model, long InputTokens,
        long CacheWrite5mTokens, long CacheWrite1hTokens, long CacheReadTokens, long OutputTokens, long ReasoningTokens, long WebSearches,
        bool Sidechain, bool Fast, bool IsAbsurd, long? CostMicroUsd, string? PricedAs, DateOnly? PricesFrom, long? BandAboveTokens);

    /// <param name="InputTokens">All four buckets.</param>
    /// <param name="CostMicroUsd">Of the responses that have a price.</param>
    /// <param name="UnpricedResponses">Responses that have none: the cost is at least what is told.</param>
    public sealed record Sums(long Responses, long InputTokens, long OutputTokens, long CostMicroUsd, long UnpricedResponses);

    /// <param name="Date">The day on which they were last looked at.</param>
    public sealed record PricesUsed(string Version, DateOnly Date);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/stats/responses", async (
                [Description("The first day, such as 2026-01-31; the first there is if left out.")] string? from,
                [Description("The last day; the last there is if left out.")] string? to,
                [Description("IANA name of the time zone whose days are meant, such as Europe/Berlin; that of the server if left out.")] string? zone,
                [Description("As the agent wrote it; empty for responses without one.")] string? model,
                [Description("The path of a project; empty for responses without one.")] string? project,
                string? agent,
                [Description("Muse's id of a session.")] string? session,
                [AllowedValues("yes", "no"), Description("Only responses that have a price, or have none.")] string? priced,
                [AllowedValues("absurd", "future"), Description("Only what sums leave out: counts that cannot be right, or a time after tomorrow. Else without the latter.")] string? excluded,
                [AllowedValues("recent", "cost"), DefaultValue("recent")] string? sort,
                [Description("The nextCursor of the page before, with all else unchanged.")] string? cursor,
                [Range(1, MostRows), DefaultValue("50")] string? limit,
                [AllowedValues("json", "csv"), DefaultValue("json")] string? format,
                IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(from, to, zone, model, project, agent, session, priced, excluded, sort, cursor, limit, format), ct))
                    .ToHttp(page => format == "csv" ? TypedResults.Text(ResponsesCsv.Of(page), "text/csv; charset=utf-8") : TypedResults.Ok(page)))
            .WithName("ListResponses").WithTags("Insights")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.From).Must(from => from is null || CalendarDay.TryParse(from) is not null).WithMessage(CalendarDay.Hint);
            RuleFor(q => q.To).Must(to => to is null || CalendarDay.TryParse(to) is not null).WithMessage(CalendarDay.Hint);
            RuleFor(q => q.From).Must((q, from) => CalendarDay.TryParse(from) is not { } first || CalendarDay.TryParse(q.To) is not { } last || first <= last)
                .WithMessage("Give a day that is not after 'to'.");
            RuleFor(q => q.Zone).Must(z => z is null || TimeZoneInfo.TryFindSystemTimeZoneById(z, out _))
                .WithMessage("There is no time zone of this name. Give an IANA name, such as Europe/Berlin, or leave it out.");
            RuleFor(q => q.Priced).Must(priced => priced is null or "yes" or "no").WithMessage("Give yes or no.");
            RuleFor(q => q.Excluded).Must(excluded => excluded is null or "absurd" or "future").WithMessage("Give absurd or future.");
            RuleFor(q => q.Sort).Must(sort => sort is null || Sorts.Contains(sort)).WithMessage($"Give one of {string.Join(", ", Sorts)}.");
            RuleFor(q => q.Cursor).Must((q, cursor) => cursor is null || RowCursor.TryParse(cursor, q.Sort ?? Sorts[0]) is not null)
                .WithMessage("Give the nextCursor of a page with the same sort, unchanged.");
            RuleFor(q => q.Limit).Must(limit => limit is null || Limit(limit) is not null).WithMessage($"Give a number from 1 to {MostRows}.");
            RuleFor(q => q.Format).Must(format => format is null || Formats.Contains(format)).WithMessage($"Give one of {string.Join(", ", Formats)}.");
        }
    }

    public static int? Limit(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MostRows ? limit : null;
}
