using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Understanding;

namespace Muse.Sessions.Features.ListOpenLoops;

/// <summary>What sessions leave for somebody to take up, the latest first. <c>GET /api/open-loops</c></summary>
internal static class ListOpenLoops
{
    private const int DefaultDays = 30;
    private const int MostDays = 3650;
    private const int DefaultLimit = 100;
    private const int MostSessions = 500;
    private const long DayMs = 24L * 60 * 60 * 1000;

    public sealed record Query(string? Days, string? Project, string? Limit) : IRequest<Result<Response>>;

    /// <param name="Sessions">Sessions with open loops; those that are archived or run now in the middle of a turn are left out.</param>
    /// <param name="Total">Sessions with open loops, also those beyond the limit.</param>
    public sealed record Response(IReadOnlyList<Entry> Sessions, int Total);

    public sealed record Entry(SessionSummary Session, IReadOnlyList<OpenLoop> Loops);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/open-loops", async (
                [Range(1, MostDays), DefaultValue("30"), Description("Of sessions written to in so many days.")] string? days,
                [Description("The path of a project.")] string? project,
                [Range(1, MostSessions), DefaultValue("100"), Description("Sessions at most.")] string? limit, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(days, project, limit), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListOpenLoops").WithTags("Sessions")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Days).Must(days => Parameter.Limit(days, DefaultDays, MostDays) is not null).WithMessage(string.Create(CultureInfo.InvariantCulture, $"Give a number from 1 to {MostDays}."));
            RuleFor(q => q.Limit).Must(limit => Parameter.Limit(limit, DefaultLimit, MostSessions) is not null).WithMessage(string.Create(CultureInfo.InvariantCulture, $"Give a number from 1 to {MostSessions}."));
        }
    }

    public sealed class Handler(MuseDatabase database, SessionReads reads, TimeProvider clock) : RequestHandler<Query, Result<Response>>
    {
        protected override Result<Response> Handle(Query request)
        {
            // The validator read both.
            var since = clock.GetUtcNow().ToUnixTimeMilliseconds() - (Parameter.Limit(request.Days, DefaultDays, MostDays)!.Value * DayMs);
            var limit = Parameter.Limit(request.Limit, DefaultLimit, MostSessions)!.Value;
            using var reader = database.Read();
            var loops = reader.Query($"""
                SELECT l.session_id, l.kind, l.text, l.item, l.at_ms {SessionReads.FromSessions} JOIN sessions_open_loops l ON l.session_id = s.id
                WHERE s.internal = 0 AND coalesce(c.archived, 0) = 0 AND s.last_at_ms >= ?1 AND (?2 IS NULL OR coalesce(s.project_path, s.cwd) = ?2)
                  AND (s.last_at_ms < ?3 OR l.kind NOT IN ('stopped', 'unanswered')) ORDER BY s.last_at_ms DESC, s.id, l.at_ms DESC, l.kind
                """).Bind(since).Bind(request.Project).Bind(SessionSummary.LiveSince(clock))
                .All(row => (Id: row.Text(0), Loop: new OpenLoop(row.Text(1), row.Text(2), row.Text(3), row.NumberOrNull(4))));
            var bySession = loops.GroupBy(l => l.Id, l => l.Loop, StringComparer.Ordinal).ToList();
            var page = bySession.Take(limit).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
            var sessions = reads.Sessions(
                new SqlFilter("1").And("s.id IN (SELECT value FROM json_each(?))", JsonSerializer.Serialize(page.Keys)), "s.last_at_ms DESC, s.id", limit);
            return new Response([.. sessions.Select(s => new Entry(s.Summary(clock), page[s.Row.Id]))], bySession.Count);
        }
    }
}
