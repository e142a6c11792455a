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

namespace Muse.Insights.Features.GetTimeline;

/// <summary>When which sessions worked in which project, and which commits came of them. <c>GET /api/insights/timeline</c></summary>
internal static class GetTimeline
{
    public sealed record Query(string? From, string? To, string? Zone, string? Project) : IRequest<Result<Response>>;

    /// <param name="Zone">The time zone whose days these are.</param>
    /// <param name="FromMs">UTC milliseconds at which the first day begins.</param>
    /// <param name="ToMs">UTC milliseconds at which the last day ends.</param>
    /// <param name="Projects">Those worked in last first.</param>
    /// <param name="More">Older sessions of these days that are left out: at most 300 are told.</param>
    public sealed record Response(string Zone, DateOnly From, DateOnly To, long FromMs, long ToMs, IReadOnlyList<Project> Projects, int More);

    /// <param name="Path">The folder sessions were started in; null where none is known.</param>
    /// <param name="Lanes">How many sessions worked side by side at most.</param>
    public sealed record Project(string? Path, int Lanes, IReadOnlyList<Bar> Bars, IReadOnlyList<Tick> Ticks);

    /// <param name="Lane">From 0.</param>
    /// <param name="FromMs">UTC milliseconds of the first thing it did; may be before the first day.</param>
    /// <param name="ToMs">UTC milliseconds of the last thing it did so far; may be after the last day.</param>
    public sealed record Bar(string SessionId, string? Title, string Agent, int Lane, long FromMs, long ToMs, long CostMicroUsd, long UnpricedResponses, int Commits);

    /// <param name="AtMs">UTC milliseconds of the author's time.</param>
    public sealed record Tick(
        string Hash, string Subject, string SessionId, long AtMs, [property: AllowedValues("high", "medium", "low")] string Confidence,
        [property: AllowedValues("shipped", "reverted", "lost")] string State);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/insights/timeline", async (
                [Description("The first day, such as 2026-01-31; 6 days before the last if left out.")] string? from,
                [Description("The last day; today if left out.")] string? to,
                [Description("IANA name of the time zone whose days are meant, such as Europe/Berlin; that of the server if left out.")] string? zone,
                [Description("The path of a project: only its sessions. Empty for those of which none is known.")] string? project,
                IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(from, to, zone, project), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetTimeline").WithTags("Insights")
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
            RuleFor(q => q.Project).MaximumLength(4096);
        }
    }
}
