using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Muse.BuildingBlocks.Results;
using Muse.Insights.Persistence;

namespace Muse.Insights.Features.GetSessionUsage;

/// <summary>
/// The tokens a session is charged with, its subagents' included, by model. A session without any has no rows.
/// <c>GET /api/sessions/{id}/usage</c>
/// </summary>
internal static class GetSessionUsage
{
    public sealed record Query(string Id) : IRequest<Result<Response>>;

    public sealed record Response(IReadOnlyList<ModelUsage> Rows, ModelUsage Totals);

    /// <param name="Model">As the agent wrote it; null in the totals and where no record named one.</param>
    /// <param name="ReasoningTokens">Part of the output.</param>
    public sealed record ModelUsage(
        string? Model, int Responses, long InputTokens, long CacheWrite5mTokens, long CacheWrite1hTokens, long CacheReadTokens,
        long OutputTokens, long ReasoningTokens);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/usage", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetSessionUsage").WithTags("Insights")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Id).NotEmpty().MaximumLength(64);
    }

    public sealed class Handler(InsightsDbContext db) : IRequestHandler<Query, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Query query, CancellationToken ct)
        {
            var rows = await db.Usage.Where(u => u.SessionId == query.Id).GroupBy(u => u.Model)
                .Select(g => new ModelUsage(
                    g.Key, g.Count(), g.Sum(u => u.InputTokens), g.Sum(u => u.CacheWrite5mTokens), g.Sum(u => u.CacheWrite1hTokens),
                    g.Sum(u => u.CacheReadTokens), g.Sum(u => u.OutputTokens), g.Sum(u => u.ReasoningTokens))).ToListAsync(ct);
            return new Response(
                [.. rows.OrderByDescending(r => r.OutputTokens).ThenBy(r => r.Model, StringComparer.Ordinal)],
                new ModelUsage(
                    null, rows.Sum(r => r.Responses), rows.Sum(r => r.InputTokens), rows.Sum(r => r.CacheWrite5mTokens),
                    rows.Sum(r => r.CacheWrite1hTokens), rows.Sum(r => r.CacheReadTokens), rows.Sum(r => r.OutputTokens), rows.Sum(r => r.ReasoningTokens)));
        }
    }
}
