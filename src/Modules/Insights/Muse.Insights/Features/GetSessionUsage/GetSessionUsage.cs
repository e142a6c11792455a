using System.ComponentModel;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Insights.Domain;
using Muse.Insights.Prices;

namespace Muse.Insights.Features.GetSessionUsage;

/// <summary>
/// The tokens a session is charged with, its subagents' included, and what they cost, by model and by day. A session
/// without any has no rows. <c>GET /api/sessions/{id}/usage</c>
/// </summary>
internal static class GetSessionUsage
{
    public sealed record Query(string Id, string? Zone) : IRequest<Result<Response>>;

    /// <param name="Rows">By model, what was written most first.</param>
    /// <param name="Days">By day and model, in order.</param>
    /// <param name="Zone">The time zone whose days these are.</param>
    /// <param name="Prices">By which prices the costs are.</param>
    /// <param name="FutureResponses">Responses of a clock that was wrong: they are in the totals and on no day.</param>
    public sealed record Response(
        IReadOnlyList<ModelUsage> Rows, IReadOnlyList<DayUsage> Days, ModelUsage Totals, int FutureResponses, string Zone, PricesUsed Prices);

    public sealed record DayUsage(DateOnly Day, IReadOnlyList<ModelUsage> Rows);

    /// <param name="Date">The day on which they were last looked at.</param>
    public sealed record PricesUsed(string Version, DateOnly Date);

    /// <param name="Model">As the agent wrote it; null in the totals and where no record named one.</param>
    /// <param name="ReasoningTokens">Part of the output.</param>
    /// <param name="CostMicroUsd">Millionths of a US dollar at the list prices of the API, of the responses that have a price.</param>
    /// <param name="UnpricedResponses">Responses that have none: the cost is at least what is told.</param>
    /// <param name="PricedAs">The model in the list of prices; null in the totals and where it is not known.</param>
    /// <param name="PricesFrom">The day from which the price of the last response holds; null if it is the first that is known.</param>
    /// <param name="AbsurdResponses">Responses with a count that cannot be right: it is left out, and they have no price.</param>
    public sealed record ModelUsage(
        string? Model, int Responses, long InputTokens, long CacheWrite5mTokens, long CacheWrite1hTokens, long CacheReadTokens,
        long OutputTokens, long ReasoningTokens, long WebSearches, long CostMicroUsd, int UnpricedResponses, int AbsurdResponses, string? PricedAs, DateOnly? PricesFrom);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet(
                "/api/sessions/{id}/usage",
                async (string id, [Description("IANA name of the time zone whose days are told, such as Europe/Berlin; that of the server if left out.")] string? zone,
                    IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(id, zone), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetSessionUsage").WithTags("Insights")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Id).NotEmpty().MaximumLength(64);
            RuleFor(q => q.Zone).Must(z => z is null || TimeZoneInfo.TryFindSystemTimeZoneById(z, out _))
                .WithMessage("There is no time zone of this name. Give an IANA name, such as Europe/Berlin, or leave it out.");
        }
    }

    public sealed class Handler(MuseDatabase database, PriceSheet prices, TimeProvider clock) : IRequestHandler<Query, Result<Response>>
    {
        private const string Rows = """
            SELECT at_ms, stated_at_ms, model, input_tokens, cache_write5m_tokens, cache_write1h_tokens, cache_read_tokens, output_tokens,
                reasoning_tokens, web_searches, cost_micro_usd
            FROM insights_usage WHERE session_id = ? ORDER BY at_ms
            """;

        public Task<Result<Response>> Handle(Query query, CancellationToken ct)
        {
            var zone = query.Zone is null ? clock.LocalTimeZone : TimeZoneInfo.FindSystemTimeZoneById(query.Zone);
            using var reader = database.Read();
            var rows = reader.Query(Rows).Bind(query.Id).All(row => (AtMs: row.Number(0), Usage: ToUsage(row)));
            var dated = rows.FindAll(r => r.AtMs < ZoneDays.FutureMs(clock));
            return Task.FromResult<Result<Response>>(new Response(
                ByModel(rows.Select(r => r.Usage)),
                [.. dated.GroupBy(r => DayOf(r.AtMs, zone)).OrderBy(d => d.Key).Select(d => new DayUsage(d.Key, ByModel(d.Select(r => r.Usage))))],
                Sum(rows.Select(r => r.Usage)) with { Model = null, PricedAs = null, PricesFrom = null },
                rows.Count - dated.Count,
                zone.Id,
                new PricesUsed(prices.Version, prices.Date)));
        }

        private static DateOnly DayOf(long atMs, TimeZoneInfo zone) =>
            new ZoneDays(zone).DayOf(ZoneDays.Instant(atMs));

        private ModelUsage ToUsage(PreparedStatement row)
        {
            var (model, cost) = (row.TextOrNull(2), row.NumberOrNull(10));
            var price = cost is null ? null : prices.Find(model);
            return new ModelUsage(
                model, 1, Pricing.Sane(row.Number(3)), Pricing.Sane(row.Number(4)), Pricing.Sane(row.Number(5)), Pricing.Sane(row.Number(6)),
                Pricing.Sane(row.Number(7)), Pricing.Sane(row.Number(8)), Pricing.Sane(row.Number(9)), cost ?? 0, cost is null ? 1 : 0,
                new ResponseTokens(row.Number(1), row.Number(3), row.Number(4), row.Number(5), row.Number(6), row.Number(7), row.Number(9), false).IsAbsurd ? 1 : 0,
                price?.Id, price?.At(row.Number(1)).From);
        }

        private static IReadOnlyList<ModelUsage> ByModel(IEnumerable<ModelUsage> rows) =>
            [.. rows.GroupBy(r => r.Model).Select(Sum).OrderByDescending(r => r.OutputTokens).ThenBy(r => r.Model, StringComparer.Ordinal)];

        /// <summary>The rows together, under the names of the last one that has a price.</summary>
        private static ModelUsage Sum(IEnumerable<ModelUsage> rows) => rows.Aggregate(
            new ModelUsage(null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null),
            (sum, row) => new ModelUsage(
                row.Model, sum.Responses + row.Responses, sum.InputTokens + row.InputTokens, sum.CacheWrite5mTokens + row.CacheWrite5mTokens,
                sum.CacheWrite1hTokens + row.CacheWrite1hTokens, sum.CacheReadTokens + row.CacheReadTokens, sum.OutputTokens + row.OutputTokens,
                sum.ReasoningTokens + row.ReasoningTokens, sum.WebSearches + row.WebSearches, sum.CostMicroUsd + row.CostMicroUsd,
                sum.UnpricedResponses + row.UnpricedResponses, sum.AbsurdResponses + row.AbsurdResponses,
                row.PricedAs ?? sum.PricedAs, row.PricedAs is null ? sum.PricesFrom : row.PricesFrom));
    }
}
