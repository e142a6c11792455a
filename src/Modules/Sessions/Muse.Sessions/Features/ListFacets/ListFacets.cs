using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Features.ListFacets;

/// <summary>What the list can be filtered by, and how many sessions each value has. <c>GET /api/sessions/facets</c></summary>
internal static class ListFacets
{
    public sealed record Query : IRequest<Result<Response>>;

    public sealed record Response(
        IReadOnlyList<Facet> Agents, IReadOnlyList<Facet> Projects, IReadOnlyList<Facet> Models, IReadOnlyList<Facet> Branches,
        IReadOnlyList<Facet> States, IReadOnlyList<Facet> Tags);

    /// <param name="Value">What the filter takes.</param>
    /// <param name="Label">What a person reads.</param>
    public sealed record Facet(string Value, string Label, int Count);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/facets", async (IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListFacets").WithTags("Sessions")
            .Produces<Response>();
    }

    public sealed class Handler(SessionsDbContext db, MuseDatabase database, SessionTags tags, TimeProvider clock) : IRequestHandler<Query, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Query query, CancellationToken ct)
        {
            var live = SessionSummary.LiveSince(clock);
            var lost =
                from t in db.Transcripts
                join g in db.Generations on t.Generation equals g.Id
                where t.Missing && g.CommittedBytes > 0 && !db.KeptFiles.Any(k => k.Generation == g.Id && !k.Dropped && k.Bytes >= g.CommittedBytes)
                select t.SessionId;
            var rows = await db.Sessions.Where(s => !s.Internal)
                .Select(s => new
                {
                    s.Agent,
                    Project = s.ProjectPath ?? s.Cwd,
                    s.Model,
                    s.Branch,
                    State = s.Missing ? (lost.Contains(s.Id) ? "missing" : "kept") : s.LastAtMs >= live ? "live" : "quiet",
                })
                .ToListAsync(ct);
            return new Response(
                Count(rows.Select(r => (string?)r.Agent)),
                Count(rows.Select(r => r.Project), SessionSummary.LastSegment),
                Count(rows.Select(r => r.Model)),
                Count(rows.Select(r => r.Branch)),
                Count(rows.Select(r => (string?)r.State)),
                Tagged());
        }

        private List<Facet> Tagged()
        {
            using var reader = database.Read();
            return [.. SessionTags.All(reader).Select(t => new Facet(t.Name, t.Name, tags.Carrying(reader, t, null).Count))];
        }

        private static List<Facet> Count(IEnumerable<string?> values, Func<string, string>? label = null) =>
        [
            .. values.OfType<string>().CountBy(v => v).OrderByDescending(v => v.Value).ThenBy(v => v.Key, StringComparer.Ordinal)
                .Select(v => new Facet(v.Key, label?.Invoke(v.Key) ?? v.Key, v.Value)),
        ];
    }
}
