using System.ComponentModel;
using System.Text.Json;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;

namespace Muse.Insights.Features.ListCosts;

/// <summary>What sessions cost now, for a list that shows them while they are written. <c>GET /api/sessions/costs</c></summary>
internal static class ListCosts
{
    private const int Most = 200;

    public sealed record Query(string? Ids) : IRequest<Result<IReadOnlyDictionary<string, Cost>>>;

    /// <param name="CostMicroUsd">Millionths of a US dollar at the list prices of the API, of the responses that have a price.</param>
    /// <param name="UnpricedResponses">Responses that have none: the cost is at least what is told.</param>
    public sealed record Cost(long CostMicroUsd, long UnpricedResponses);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/costs", async (
                [Description("Muse's ids of sessions, separated by commas, at most 200. Those without responses are not in the answer.")] string? ids,
                IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(ids), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListCosts").WithTags("Insights")
            .Produces<IReadOnlyDictionary<string, Cost>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Ids).Must(ids => Split(ids).Length is >= 1 and <= Most)
            .WithMessage($"Give ids of sessions separated by commas, 1 to {Most} of them.");
    }

    public sealed class Handler(MuseDatabase database) : RequestHandler<Query, Result<IReadOnlyDictionary<string, Cost>>>
    {
        private const string Sums = """
            SELECT session_id, cost_micro_usd, unpriced_responses FROM insights_session_spend
            WHERE responses > 0 AND session_id IN (SELECT value FROM json_each(?))
            """;

        protected override Result<IReadOnlyDictionary<string, Cost>> Handle(Query request)
        {
            using var reader = database.Read();
            return reader.Query(Sums).Bind(JsonSerializer.Serialize(Split(request.Ids)))
                .All(row => (Session: row.Text(0), Cost: new Cost(row.Number(1), row.Number(2))))
                .ToDictionary(s => s.Session, s => s.Cost, StringComparer.Ordinal);
        }
    }

    private static string[] Split(string? ids) => (ids ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
