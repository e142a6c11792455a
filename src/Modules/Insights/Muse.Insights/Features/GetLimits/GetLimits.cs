using System.ComponentModel.DataAnnotations;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Insights.Persistence;

namespace Muse.Insights.Features.GetLimits;

/// <summary>How much of the agents' usage windows is left, as their services said last; else what was used, said to be inferred. <c>GET /api/limits</c></summary>
internal static class GetLimits
{
    public sealed record Query : IRequest<Result<Response>>;

    /// <param name="AtMs">UTC milliseconds of this answer.</param>
    /// <param name="Windows">Reported ones; a window that ended longer than a week ago is left out.</param>
    /// <param name="Used">What an agent used in the last five hours and in the last week, where no such window of it is reported: nobody said of how much.</param>
    public sealed record Response(long AtMs, IReadOnlyList<Window> Windows, IReadOnlyList<Inferred> Used);

    /// <param name="Name">The service's name of the limit; null if it gives none.</param>
    /// <param name="WindowMinutes">300 for five hours, 10080 for a week; null if it is not said.</param>
    /// <param name="State"><c>current</c>; <c>over</c>: it ended since, and nothing was said of the next one.</param>
    /// <param name="UsedPercent">0 to 100, when it was said.</param>
    /// <param name="SaidAtMs">When, UTC milliseconds.</param>
    /// <param name="Source">Where it was said.</param>
    /// <param name="EndsAtMs">When the window begins anew; null if it is not said.</param>
    /// <param name="PercentPerHour">Between the first and the last that was said; null if these are less than a twentieth of the window apart, or it is over.</param>
    /// <param name="FullAtMs">When it is used up if that goes on; null if it ends before.</param>
    /// <param name="PercentAtEnd">How much is used at its end if that goes on.</param>
    public sealed record Window(
        string Agent, string? Name, string? Plan, int? WindowMinutes, [property: AllowedValues("current", "over")] string State, double UsedPercent, long SaidAtMs,
        [property: AllowedValues("transcript", "status-line")] string Source, long? EndsAtMs, double? PercentPerHour, long? FullAtMs, double? PercentAtEnd);

    /// <param name="Tokens">Input of all kinds and output.</param>
    /// <param name="CostMicroUsd">API-equivalent, of the responses that have a price.</param>
    public sealed record Inferred(string Agent, int WindowMinutes, long Responses, long Tokens, long CostMicroUsd, long UnpricedResponses);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/limits", async (IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetLimits").WithTags("Insights")
            .Produces<Response>();
    }

    public sealed class Handler(MuseDatabase database, TimeProvider clock) : RequestHandler<Query, Result<Response>>
    {
        private const int FiveHours = 5 * 60;
        private const int Week = 7 * 24 * 60;
        private const long MinuteMs = 60_000;

        /// <summary>Of a window, two figures closer than this part of it say nothing of where it leads.</summary>
        private const int PartThatTells = 20;

        private const string Said = """
            WITH w AS (
                SELECT agent, name, plan, minutes, first_at_ms, first_basis_points, last_at_ms, last_basis_points, ends_at_ms, end_step, 'transcript' AS source
                FROM insights_usage_windows
                UNION ALL SELECT agent, name, plan, minutes, first_at_ms, first_basis_points, last_at_ms, last_basis_points, ends_at_ms, end_step, 'status-line'
                FROM insights_reported_windows)
            SELECT agent, name, plan, minutes, first_at_ms, first_basis_points, last_at_ms, last_basis_points, ends_at_ms, source FROM w
            WHERE last_at_ms > ? AND NOT EXISTS (SELECT 1 FROM w o WHERE (o.agent, o.name, o.minutes) = (w.agent, w.name, w.minutes)
                AND (o.last_at_ms, o.end_step, o.source) > (w.last_at_ms, w.end_step, w.source))
            ORDER BY agent, minutes, name
            """;

        private const string Spent = """
            SELECT s.agent, sum(p.responses), sum(p.input_tokens + p.cache_write5m_tokens + p.cache_write1h_tokens + p.cache_read_tokens + p.output_tokens),
                sum(p.cost_micro_usd), sum(p.unpriced_responses)
            FROM insights_spend p JOIN insights_spend_series s ON s.id = p.series_id WHERE p.quarter > ? AND p.quarter <= ? GROUP BY s.agent ORDER BY s.agent
            """;

        protected override Result<Response> Handle(Query request)
        {
            var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
            using var reader = database.Read();
            var windows = reader.Query(Said).Bind(nowMs - (2 * Week * MinuteMs)).All(row => ToWindow(row, nowMs)).Where(w => IsOfInterest(w, nowMs)).ToList();
            var used = new List<Inferred>();
            foreach (var minutes in (int[])[FiveHours, Week])
            {
                var from = (nowMs - (minutes * MinuteMs)) / Spend.QuarterMs;
                used.AddRange(reader.Query(Spent).Bind(from).Bind(nowMs / Spend.QuarterMs)
                    .All(row => new Inferred(row.Text(0), minutes, row.Number(1), row.Number(2), row.Number(3), row.Number(4)))
                    .Where(u => u.Responses > 0 && !windows.Exists(w => w.Agent == u.Agent && w.State == "current" && IsSame(w.WindowMinutes, minutes))));
            }

            return new Response(nowMs, windows, used);
        }

        private static Window ToWindow(PreparedStatement row, long nowMs)
        {
            var (firstAt, first, saidAt, used, end) = (row.Number(4), row.Number(5) / 100.0, row.Number(6), row.Number(7) / 100.0, row.NumberOrNull(8));
            var isOver = end <= nowMs;
            var hours = (saidAt - firstAt) / 3_600_000.0;
            double? rate = isOver || saidAt - firstAt < Math.Max(row.Int(3), FiveHours) * MinuteMs / PartThatTells ? null : Math.Max(0, used - first) / hours;
            long? fullAt = rate > 0 && used < 100 ? saidAt + (long)((100 - used) / rate.Value * 3_600_000) : null;
            return new Window(
                row.Text(0), NullIfEmpty(row.Text(1)), row.TextOrNull(2), row.Int(3) is > 0 and var minutes ? minutes : null, isOver ? "over" : "current", used,
                saidAt, row.Text(9), end, rate is { } r ? Math.Round(r, 2) : null, fullAt < (end ?? long.MaxValue) ? fullAt : null,
                rate is { } perHour && end is { } until ? Math.Round(Math.Min(100, used + (perHour * (until - saidAt) / 3_600_000)), 1) : null);
        }

        private static bool IsOfInterest(Window window, long nowMs) =>
            (window.EndsAtMs ?? (window.SaidAtMs + ((window.WindowMinutes ?? 0) * MinuteMs))) > nowMs - (Week * MinuteMs);

        /// <summary>Codex has called its windows a minute shorter.</summary>
        private static bool IsSame(int? said, int minutes) => said is { } length && Math.Abs(length - minutes) <= 1;

        private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
    }
}
