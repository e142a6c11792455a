using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Insights.Domain;

namespace Muse.Insights.Features.GetStats;

/// <summary>What was used and what it costs in a range of days, by day, model, project or agent. <c>GET /api/stats</c></summary>
internal static class GetStats
{
    public static readonly string[] Groupings = ["day", "model", "project", "agent"];
    public static readonly string[] Splits = ["model", "project", "agent"];
    public static readonly string[] Formats = ["json", "csv"];

    public sealed record Query(string? From, string? To, string? Zone, string? By, string? Split, string? Format) : IRequest<Result<Response>>;

    /// <param name="Zone">The time zone whose days these are.</param>
    /// <param name="From">The first day.</param>
    /// <param name="To">The last day.</param>
    /// <param name="FirstDay">The first day of the archive that has a response; null if none has.</param>
    /// <param name="Groups">By day in order, else what cost most first; what has no responses is left out.</param>
    /// <param name="Unpriced">The models whose responses, or some of them, have no price.</param>
    public sealed record Response(
        string Zone, DateOnly From, DateOnly To, DateOnly? FirstDay, [property: AllowedValues("day", "model", "project", "agent")] string By,
        IReadOnlyList<Group> Groups, Usage Totals, IReadOnlyList<UnpricedModel> Unpriced,
        Excluded Excluded, PricesUsed Prices);

    /// <summary>What is in no sum, of the whole archive; <c>GET /api/stats/responses</c> lists it.</summary>
    /// <param name="AbsurdResponses">Responses with a count that cannot be right: they are counted, as unpriced, and their tokens are left out.</param>
    /// <param name="FutureResponses">Responses stated for a time after tomorrow: a clock was wrong, and they stand on no day.</param>
    public sealed record Excluded(long AbsurdResponses, long FutureResponses);

    /// <param name="Key">The day, the model as the agent wrote it, the path of the project, or the agent; null where none is known.</param>
    /// <param name="Parts">Of what it is made, what cost most first; empty unless <c>split</c> asks for it.</param>
    public sealed record Group(string? Key, Usage Usage, IReadOnlyList<Part> Parts);

    /// <param name="Key">As in <see cref="Group"/>.</param>
    /// <param name="Tokens">All buckets of the input, and the output.</param>
    /// <param name="CostMicroUsd">Of the responses that have a price.</param>
    public sealed record Part(string? Key, long Responses, long Tokens, long CostMicroUsd, long UnpricedResponses);

    /// <param name="ReasoningTokens">Part of the output.</param>
    /// <param name="CostMicroUsd">Millionths of a US dollar at the list prices of the API, of the responses that have a price.</param>
    /// <param name="UnpricedResponses">Responses that have none: the cost is at least what is told.</param>
    public sealed record Usage(
        long Responses, long InputTokens, long CacheWrite5mTokens, long CacheWrite1hTokens, long CacheReadTokens, long OutputTokens,
        long ReasoningTokens, long WebSearches, long CostMicroUsd, long UnpricedResponses)
    {
        public static readonly Usage None = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        public long Tokens() => InputTokens + CacheWrite5mTokens + CacheWrite1hTokens + CacheReadTokens + OutputTokens;

        public static Usage operator +(Usage a, Usage b) => new(
            a.Responses + b.Responses, a.InputTokens + b.InputTokens, a.CacheWrite5mTokens + b.CacheWrite5mTokens,
            a.CacheWrite1hTokens + b.CacheWrite1hTokens, a.CacheReadTokens + b.CacheReadTokens, a.OutputTokens + b.OutputTokens,
            a.ReasoningTokens + b.ReasoningTokens, a.WebSearches + b.WebSearches, a.CostMicroUsd + b.CostMicroUsd,
            a.UnpricedResponses + b.UnpricedResponses);
    }

    /// <param name="Model">As the agent wrote it; null where no record named one.</param>
    public sealed record UnpricedModel(string? Model, long Responses);

    /// <param name="Date">The day on which they were last looked at.</param>
    public sealed record PricesUsed(string Version, DateOnly Date);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/stats", async (
                [Description("The first day, such as 2026-01-31; 29 days before the last if left out.")] string? from,
                [Description("The last day; today if left out.")] string? to,
                [Description("IANA name of the time zone whose days are meant, such as Europe/Berlin; that of the server if left out.")] string? zone,
                [AllowedValues("day", "model", "project", "agent"), DefaultValue("day")] string? by,
                [AllowedValues("model", "project", "agent"), Description("Tells of what each group is made, too.")] string? split,
                [AllowedValues("json", "csv"), DefaultValue("json")] string? format,
                IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(from, to, zone, by, split, format), ct)).ToHttp(stats => format == "csv"
                    ? TypedResults.Text(StatsCsv.Of(stats, split), "text/csv; charset=utf-8")
                    : TypedResults.Ok(stats)))
            .WithName("GetStats").WithTags("Insights")
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
            RuleFor(q => q.By).Must(by => by is null || Groupings.Contains(by)).WithMessage($"Give one of {string.Join(", ", Groupings)}.");
            RuleFor(q => q.Split).Must(split => split is null || Splits.Contains(split)).WithMessage($"Give one of {string.Join(", ", Splits)}.");
            RuleFor(q => q.Format).Must(format => format is null || Formats.Contains(format)).WithMessage($"Give one of {string.Join(", ", Formats)}.");
        }
    }
}
