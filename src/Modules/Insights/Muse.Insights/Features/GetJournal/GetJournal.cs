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

namespace Muse.Insights.Features.GetJournal;

/// <summary>What happened on one day: who worked, what was asked, what came of it, what went wrong. <c>GET /api/journal</c></summary>
internal static class GetJournal
{
    public static readonly string[] Formats = ["json", "md", "csv"];

    public sealed record Query(string? Day, string? Zone, string? Format) : IRequest<Result<Response>>;

    /// <param name="Zone">The time zone whose day it is.</param>
    /// <param name="FromMs">UTC milliseconds at which the day begins.</param>
    /// <param name="ToMs">UTC milliseconds at which it ends: 23, 24 or 25 hours later.</param>
    /// <param name="Previous">The last day before it on which something happened; null if there is none.</param>
    /// <param name="Next">The first day after it on which something happened; null if there is none.</param>
    /// <param name="DayBefore">Of the day before, whether or not something happened on it.</param>
    /// <param name="Sessions">By when they were first active on the day; at most 500, those that cost most.</param>
    /// <param name="Asks">What people asked, in order; at most 1000.</param>
    /// <param name="Commits">By when the work was done, in order; at most 500.</param>
    /// <param name="Notes">By when they were first written, in order.</param>
    /// <param name="Errors">Of each session that had any, by the first of them; those of sessions that are told.</param>
    public sealed record Response(
        string Zone, DateOnly Day, long FromMs, long ToMs, DateOnly? Previous, DateOnly? Next, Totals Totals, Totals DayBefore,
        IReadOnlyList<Session> Sessions, IReadOnlyList<Ask> Asks, IReadOnlyList<Commit> Commits, IReadOnlyList<Note> Notes, IReadOnlyList<Failures> Errors);

    /// <param name="CostMicroUsd">Of the responses of the day that have a price.</param>
    /// <param name="UnpricedResponses">Responses that have none: the cost is at least what is told.</param>
    /// <param name="Commits">Of high or medium confidence, on a branch, and not undone by now.</param>
    /// <param name="LowCommits">Of low confidence: in no ratio.</param>
    /// <param name="ApiErrors">Errors of the API or the agent.</param>
    /// <param name="ToolErrors">Tool calls that failed; those that a person refused are not among them.</param>
    public sealed record Totals(
        int Sessions, int Asks, long Responses, long CostMicroUsd, long UnpricedResponses, int Commits, int LowCommits, int Notes, int ApiErrors, int ToolErrors);

    /// <param name="Title">Null if the session is not there any more.</param>
    /// <param name="ProjectPath">Where it was started; null where nobody said.</param>
    /// <param name="FromMs">UTC milliseconds of the first thing it did on the day.</param>
    /// <param name="ToMs">UTC milliseconds of the last thing it did on the day.</param>
    /// <param name="BeganBefore">It did something before the day, too.</param>
    /// <param name="WentOn">It did something after the day, too.</param>
    /// <param name="CostMicroUsd">Of the day only.</param>
    /// <param name="Outcome">Of the whole session, as it is known now.</param>
    /// <param name="Health">Of the whole session, as it is known now.</param>
    /// <param name="HealthWhy">The worst finding; null if there is none.</param>
    public sealed record Session(
        string Id, string? Title, string Agent, string? ProjectPath, long FromMs, long ToMs, bool BeganBefore, bool WentOn, long Responses, long CostMicroUsd,
        long UnpricedResponses, int Asks, int Commits, [property: AllowedValues("shipped", "reverted", "abandoned", "unknown")] string Outcome,
        [property: AllowedValues("ok", "warn", "bad", "unknown")] string Health, string? HealthWhy);

    /// <param name="Text">The beginning of it in one line.</param>
    /// <param name="Item">The id of the item in a window of the session.</param>
    public sealed record Ask(string SessionId, string? Title, long AtMs, string Text, string Item);

    /// <param name="AtMs">UTC milliseconds of the author's time: when the work was done.</param>
    /// <param name="SessionId">The session it is counted for.</param>
    /// <param name="Why">Why it is held to be that session's, in words.</param>
    public sealed record Commit(
        string Hash, string Subject, string SessionId, string? Title, long AtMs, [property: AllowedValues("high", "medium", "low")] string Confidence, string Why,
        [property: AllowedValues("shipped", "reverted", "lost")] string State, int AddedLines, int RemovedLines);

    /// <param name="Text">Markdown, as the person wrote it.</param>
    public sealed record Note(string Id, string SessionId, string? Title, long AtMs, string Text);

    /// <param name="Names">The codes of the errors and the tools that failed, with how often, the most frequent first; at most five.</param>
    /// <param name="FirstAtMs">UTC milliseconds of the first.</param>
    /// <param name="Item">The id of the first one's item in a window of the session.</param>
    /// <param name="Agent">The subagent in whose transcript that stands; null for the session's own.</param>
    public sealed record Failures(
        string SessionId, string? Title, int ApiErrors, int ToolErrors, IReadOnlyList<Named> Names, long FirstAtMs, string Item, string? Agent);

    public sealed record Named(string Name, int Count);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/journal", async (
                [Description("The day, such as 2026-01-31; today if left out.")] string? day,
                [Description("IANA name of the time zone whose day is meant, such as Europe/Berlin; that of the server if left out.")] string? zone,
                [AllowedValues("json", "md", "csv"), DefaultValue("json")] string? format,
                HttpRequest http, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(day, zone, format), ct)).ToHttp(journal => format switch
                {
                    "md" => TypedResults.Text(JournalMarkdown.Of(journal, $"{http.Scheme}://{http.Host}"), "text/markdown; charset=utf-8"),
                    "csv" => TypedResults.Text(JournalCsv.Of(journal), "text/csv; charset=utf-8"),
                    _ => TypedResults.Ok(journal),
                }))
            .WithName("GetJournal").WithTags("Insights")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Day).Must(day => day is null || CalendarDay.TryParse(day) is not null).WithMessage(CalendarDay.Hint);
            RuleFor(q => q.Zone).Must(z => z is null || TimeZoneInfo.TryFindSystemTimeZoneById(z, out _))
                .WithMessage("There is no time zone of this name. Give an IANA name, such as Europe/Berlin, or leave it out.");
            RuleFor(q => q.Format).Must(format => format is null || Formats.Contains(format)).WithMessage($"Give one of {string.Join(", ", Formats)}.");
        }
    }
}
