using System.ComponentModel.DataAnnotations;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Contracts.Insights;
using Muse.Sessions.Persistence;
using Muse.Sessions.Understanding;

namespace Muse.Sessions.Features.GetSessionHealth;

/// <summary>What is wrong with a session, and the items that show it. <c>GET /api/sessions/{id}/health</c></summary>
internal static class GetSessionHealth
{
    private const long StalledAfterMs = 15 * 60 * 1000;

    /// <summary>Of fewer sessions it cannot be said what is usual.</summary>
    private const int Enough = 20;
    private const long OutlierMicroUsd = 1_000_000;

    public sealed record Query(string Id) : IRequest<Result<Response>>;

    /// <param name="State">The worst of the findings; <c>unknown</c> until they are worked out, shortly after it was read.</param>
    public sealed record Response([property: AllowedValues("ok", "warn", "bad", "unknown")] string State, IReadOnlyList<Finding> Findings);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/health", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetSessionHealth").WithTags("Sessions")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Id).NotEmpty();
    }

    public sealed class Handler(MuseDatabase database, IQuestions questions, TimeProvider clock) : IRequestHandler<Query, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Query query, CancellationToken ct)
        {
            if (Read(query.Id) is not { } found)
            {
                return SessionProblems.NotFound(query.Id);
            }

            if (found.Findings is not { } json)
            {
                return new Response("unknown", []);
            }

            var quiet = clock.GetUtcNow().ToUnixTimeMilliseconds() - found.LastAtMs >= StalledAfterMs;
            List<Finding> findings = [.. SessionDigest.Read<List<Finding>>(json).Where(f => f.Kind != Finding.Stalled || quiet)];
            findings.AddRange(Outlier(query.Id, await questions.AskAsync(new CostsOfSessions(null), ct)));
            var worst = findings.Exists(f => f.Severity == "bad") ? "bad" : findings.Count > 0 ? "warn" : "ok";
            return new Response(worst, [.. findings.OrderBy(f => f.Severity == "bad" ? 0 : 1).ThenByDescending(f => f.AtMs)]);
        }

        private (long LastAtMs, string? Findings)? Read(string id)
        {
            using var reader = database.Read();
            var rows = reader.Query("SELECT s.last_at_ms, d.findings FROM sessions_sessions s LEFT JOIN sessions_digests d ON d.session_id = s.id WHERE s.id = ?")
                .Bind(id).All(row => (row.Number(0), row.TextOrNull(1)));
            return rows.Count == 0 ? null : rows[0];
        }

        /// <summary>It costs ten times what is usual, and is one of the dearest two in a hundred.</summary>
        private static IEnumerable<Finding> Outlier(string id, IReadOnlyDictionary<string, SessionCost> costs)
        {
            var own = costs.GetValueOrDefault(id).CostMicroUsd;
            if (costs.Count < Enough || own < OutlierMicroUsd)
            {
                yield break;
            }

            var all = costs.Values.Select(c => c.CostMicroUsd).Order().ToList();
            var (usual, dear) = (all[all.Count / 2], all[(int)(all.Count * 0.98)]);
            if (own >= dear && own >= 10 * usual)
            {
                yield return new Finding(Finding.CostOutlier, "warn", FormattableString.Invariant($"It cost ${own / 1e6:0.00}; half of all sessions cost ${usual / 1e6:0.00} or less."), [], null);
            }
        }
    }
}
