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

namespace Muse.Insights.Features.GetConcurrency;

/// <summary>How many agents worked at once, and for how long, in a range of days. <c>GET /api/stats/concurrency</c></summary>
internal static class GetConcurrency
{
    public static readonly string[] Formats = ["json", "csv"];

    public sealed record Query(string? From, string? To, string? Zone, string? Format) : IRequest<Result<Response>>;

    /// <param name="Zone">The time zone whose days and hours these are.</param>
    /// <param name="From">The first day.</param>
    /// <param name="To">The last day.</param>
    /// <param name="MostAtMs">UTC milliseconds of the first minute in which so many worked; null if none did.</param>
    /// <param name="Days">Days on which an agent worked, in order.</param>
    /// <param name="Hours">Hours of the day, of all days together, in which an agent worked.</param>
    public sealed record Response(string Zone, DateOnly From, DateOnly To, Work Totals, long? MostAtMs, IReadOnlyList<Day> Days, IReadOnlyList<Hour> Hours);

    /// <summary>A minute in which an agent wrote something, or a call of it ran, is one of its minutes; subagents are agents.</summary>
    /// <param name="AgentMinutes">Of all agents together.</param>
    /// <param name="Minutes">In which at least one worked.</param>
    /// <param name="Most">Agents that worked in the same minute, at most.</param>
    /// <param name="Mean">Agents that worked in the same minute, on average of the minutes in which one did; 0 if none did.</param>
    public sealed record Work(long AgentMinutes, long Minutes, int Most, double Mean);

    public sealed record Day(DateOnly Date, Work Work);

    /// <param name="At">0 to 23.</param>
    public sealed record Hour(int At, Work Work);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/stats/concurrency", async (
                [Description("The first day, such as 2026-01-31; 29 days before the last if left out.")] string? from,
                [Description("The last day; today if left out.")] string? to,
                [Description("IANA name of the time zone whose days are meant, such as Europe/Berlin; that of the server if left out.")] string? zone,
                [AllowedValues("json", "csv"), DefaultValue("json"), Description("CSV has the days.")] string? format,
                IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(from, to, zone, format), ct)).ToHttp(told => format == "csv"
                    ? TypedResults.Text(ConcurrencyCsv.Of(told), "text/csv; charset=utf-8")
                    : TypedResults.Ok(told)))
            .WithName("GetConcurrency").WithTags("Insights")
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
        }
    }
}
