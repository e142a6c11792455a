using System.ComponentModel.DataAnnotations;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.BuildingBlocks.Text;
using Muse.Insights.Persistence;
using Muse.Insights.Prices;

namespace Muse.Insights.Features.ListPrices;

/// <summary>The prices in use, where they are from, and the models that were used without one. <c>GET /api/insights/prices</c></summary>
internal static class ListPrices
{
    public sealed record Query : IRequest<Result<Response>>;

    /// <param name="Version">Another one whenever a response could be priced differently.</param>
    /// <param name="Date">The day on which the prices that come with Muse were last looked at.</param>
    /// <param name="Unpriced">Models whose responses, or some of them, have no price, the most used first.</param>
    public sealed record Response(
        string Version, DateOnly Date, IReadOnlyList<Source> Sources, IReadOnlyList<Model> Models, IReadOnlyList<UnpricedModel> Unpriced);

    public sealed record Source(string Name, string Version, DateOnly Date, string Licence, string For);

    /// <param name="Provider">Who asks these prices; <c>settings</c> for a model of one's own.</param>
    /// <param name="ContextWindow">Tokens that fit into one request.</param>
    /// <param name="FastFactor">By how much tokens are dearer in the fast mode; null if that has no known price.</param>
    /// <param name="IsOwn">The settings gave it, or changed it.</param>
    public sealed record Model(
        string Id, string Provider, IReadOnlyList<string> Aliases, long? ContextWindow, long? FastFactor, bool IsOwn, IReadOnlyList<Period> Periods);

    /// <param name="From">The first day, in UTC; null for the first prices that are known, which hold before too.</param>
    /// <param name="Bands">Dearer rates of requests with more input.</param>
    /// <param name="WebSearchMicroUsd">For a thousand searches.</param>
    public sealed record Period(DateOnly? From, Rates Rates, IReadOnlyList<Band> Bands, long? WebSearchMicroUsd);

    /// <param name="AboveTokens">They hold for the whole request if its input, cached or not, is more than this.</param>
    public sealed record Band(long AboveTokens, Rates Rates);

    /// <summary>Millionths of a US dollar for a million tokens; null where there is no price.</summary>
    public sealed record Rates(
        long? InputMicroUsd, long? OutputMicroUsd, long? CacheWrite5mMicroUsd, long? CacheWrite1hMicroUsd, long? CacheReadMicroUsd);

    /// <param name="Model">As the agent wrote it; null where no record named one.</param>
    /// <param name="Reason">Why: it is not in the list, none is named, or a kind of token, the fast mode or the count itself has no price.</param>
    public sealed record UnpricedModel(
        string? Model, [property: AllowedValues("unknown-model", "no-model", "incomplete-price")] string Reason, long Responses, long InputTokens,
        long OutputTokens, long LastAtMs);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/insights/prices", async (IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListPrices").WithTags("Insights")
            .Produces<Response>();
    }

    public sealed class Handler(MuseDatabase database, PriceSheet prices) : IRequestHandler<Query, Result<Response>>
    {
        private static readonly string Unpriced = $"""
            SELECT model, count(*), sum({Spend.Sane("input_tokens")} + {Spend.Sane("cache_write5m_tokens")} + {Spend.Sane("cache_write1h_tokens")}
                + {Spend.Sane("cache_read_tokens")}), sum({Spend.Sane("output_tokens")}), max(at_ms)
            FROM insights_usage WHERE cost_micro_usd IS NULL GROUP BY model ORDER BY count(*) DESC, model
            """;

        public Task<Result<Response>> Handle(Query query, CancellationToken ct)
        {
            using var reader = database.Read();
            return Task.FromResult<Result<Response>>(new Response(
                prices.Version,
                prices.Date,
                [.. prices.Sources.Select(s => new Source(s.Name, s.Version, s.Date, s.Licence, s.For))],
                [.. prices.Models.Select(ToModel)],
                reader.Query(Unpriced).All(ToUnpriced)));
        }

        private static Model ToModel(ModelPrice price) => new(
            price.Id, price.Provider, price.Aliases, price.ContextWindow, price.FastFactor, price.IsOwn,
            [.. price.Periods.Select(p => new Period(p.From, ToRates(p.Rates), [.. p.Bands.Select(b => new Band(b.Above, ToRates(b.Rates)))], p.WebSearch))]);

        private static Rates ToRates(Prices.Rates of) => new(of.Input, of.Output, of.CacheWrite5m, of.CacheWrite1h, of.CacheRead);

        private UnpricedModel ToUnpriced(PreparedStatement row)
        {
            var model = row.TextOrNull(0);
            return new UnpricedModel(
                model is null ? null : PreviewText.From(model),
                model is null ? "no-model" : prices.Find(model) is null ? "unknown-model" : "incomplete-price",
                row.Number(1), row.Number(2), row.Number(3), row.Number(4));
        }
    }
}
