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

namespace Muse.Insights.Features.GetInsights;

/// <summary>What was shipped and what was burned in a range of days. <c>GET /api/insights</c></summary>
internal static class GetInsights
{
    public static readonly string[] Formats = ["json", "csv"];
    public static readonly string[] Tables = ["sessions", "models", "projects", "days", "hours"];

    public sealed record Query(string? From, string? To, string? Zone, string? Format, string? Table) : IRequest<Result<Response>>;

    /// <param name="Zone">The time zone whose days and hours these are.</param>
    /// <param name="From">The first day.</param>
    /// <param name="To">The last day.</param>
    /// <param name="Yield">What became of the sessions whose last word is in these days, by outcome.</param>
    /// <param name="Productive">The sessions that shipped most, at most ten.</param>
    /// <param name="Wasteful">The sessions that cost most and shipped nothing, at most ten: their work was undone or given up, or their health is bad. Those of which neither is known are not among them.</param>
    /// <param name="Models">By the model that worked last before the commit, what cost most first.</param>
    /// <param name="Projects">By the folder the session was started in, what cost most first.</param>
    /// <param name="Days">Days that have something, in order.</param>
    /// <param name="Steps">In millionths of a US dollar: a quarter, a half and three quarters of the days that cost something cost less.</param>
    /// <param name="Hours">Hours of the week that have something.</param>
    /// <param name="LeftOut">Repositories that sessions worked in and that cannot be read: their commits are in no figure.</param>
    public sealed record Response(
        string Zone, DateOnly From, DateOnly To, Totals Totals, IReadOnlyList<Outcome> Yield, IReadOnlyList<Session> Productive, IReadOnlyList<Session> Wasteful,
        IReadOnlyList<Ratio> Models, IReadOnlyList<Ratio> Projects, IReadOnlyList<Day> Days, IReadOnlyList<long> Steps, IReadOnlyList<Hour> Hours, int LeftOut);

    /// <param name="CostMicroUsd">Of the responses of these days that have a price.</param>
    /// <param name="UnpricedResponses">Responses that have none: the cost is at least what is told.</param>
    /// <param name="Commits">Shipped, of high or medium confidence.</param>
    /// <param name="LowCommits">Of low confidence: in no ratio.</param>
    /// <param name="RevertedCommits">Of high or medium confidence, and undone by now: not among the shipped.</param>
    public sealed record Totals(long CostMicroUsd, long UnpricedResponses, long Responses, int Commits, int LowCommits, int RevertedCommits);

    /// <param name="Name">Shipped: a commit stands. Reverted: all that came of it was undone. Abandoned: it changed files of a repository, a week has passed, and nothing came of it. Unknown: anything else.</param>
    public sealed record Outcome(
        [property: AllowedValues("shipped", "reverted", "abandoned", "unknown")] string Name, int Sessions, long CostMicroUsd, long UnpricedResponses);

    /// <param name="CostMicroUsd">Of all its responses that have a price.</param>
    /// <param name="Health">The worst of its findings; <c>unknown</c> until they are worked out.</param>
    /// <param name="HealthWhy">That finding in words; null if there is none.</param>
    public sealed record Session(
        string Id, string? Title, string Agent, string? ProjectPath, long LastAtMs, [property: AllowedValues("shipped", "reverted", "abandoned", "unknown")] string Outcome,
        long CostMicroUsd, long UnpricedResponses, int Commits, int LowCommits, int RevertedCommits, long ShippedLines,
        [property: AllowedValues("ok", "warn", "bad", "unknown")] string Health, string? HealthWhy);

    /// <param name="Key">The model as the agent wrote it, or the path of the project; null where none is known.</param>
    /// <param name="CommitsPerTenDollars">Shipped commits of high or medium confidence; null where nothing was spent or something has no price.</param>
    public sealed record Ratio(string? Key, long CostMicroUsd, long UnpricedResponses, int Commits, int LowCommits, double? CommitsPerTenDollars);

    /// <param name="Level">0 if nothing was spent, else 1 to 4 by the quarter of the days it belongs to.</param>
    public sealed record Day(DateOnly Date, long CostMicroUsd, long Responses, int Commits, int Level);

    /// <param name="Weekday">0 is Monday.</param>
    /// <param name="At">0 to 23.</param>
    public sealed record Hour(int Weekday, int At, long Responses, int Errors, int Commits);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/insights", async (
                [Description("The first day, such as 2026-01-31; 89 days before the last if left out.")] string? from,
                [Description("The last day; today if left out.")] string? to,
                [Description("IANA name of the time zone whose days are meant, such as Europe/Berlin; that of the server if left out.")] string? zone,
                [AllowedValues("json", "csv"), DefaultValue("json")] string? format,
                [AllowedValues("sessions", "models", "projects", "days", "hours"), DefaultValue("sessions"), Description("Which table of the CSV.")] string? table,
                IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(from, to, zone, format, table), ct)).ToHttp(insights => format == "csv"
                    ? TypedResults.Text(InsightsCsv.Of(insights, table ?? Tables[0]), "text/csv; charset=utf-8")
                    : TypedResults.Ok(insights)))
            .WithName("GetInsights").WithTags("Insights")
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
            RuleFor(q => q.Format).Must(format => format is null || Formats.Contains(format)).WithMessage($"Give one of {string.Join(", ", Formats)}.");
            RuleFor(q => q.Table).Must(table => table is null || Tables.Contains(table)).WithMessage($"Give one of {string.Join(", ", Tables)}.");
        }
    }
}
