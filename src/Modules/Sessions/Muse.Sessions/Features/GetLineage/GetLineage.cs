using System.ComponentModel.DataAnnotations;
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

namespace Muse.Sessions.Features.GetLineage;

/// <summary>Where a session comes from and what came of it: forks, continuations, subagents. <c>GET /api/sessions/{id}/lineage</c></summary>
internal static class GetLineage
{
    private const int MostNodes = 200;

    public sealed record Query(string Id) : IRequest<Result<Response>>;

    /// <param name="Root">Id of the session that all of them come from.</param>
    /// <param name="Nodes">The whole family, parents before their children, children by their start.</param>
    /// <param name="Cut">There are more.</param>
    public sealed record Response(string Root, IReadOnlyList<Node> Nodes, bool Cut);

    /// <param name="Relation">How it came from its parent; null for the root.</param>
    /// <param name="Depth">Generations below the root.</param>
    /// <param name="Agents">Subagents that it started.</param>
    public sealed record Node(
        string Id, string Title, [property: AgentWord] string Agent, [property: StateWord] string State, string? ParentId,
        [property: AllowedValues("forked", "continued", "spawned")] string? Relation, int Depth, long? StartedAtMs, long LastAtMs, long Items,
        IReadOnlyList<AgentRun> Agents);

    /// <param name="ParentCallId">The call that started it.</param>
    public sealed record AgentRun(string AgentId, string? Type, string? Description, string? ParentCallId);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/lineage", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetLineage").WithTags("Sessions")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Id).NotEmpty();
    }

    public sealed class Handler(MuseDatabase database, SessionReads reads, TimeProvider clock) : RequestHandler<Query, Result<Response>>
    {
        protected override Result<Response> Handle(Query request)
        {
            if (reads.Session(request.Id) is not { } asked)
            {
                return SessionProblems.NotFound(request.Id);
            }

            using var reader = database.Read();
            var links = Links(reader).ToLookup(l => l.Parent, StringComparer.Ordinal);
            var parents = links.SelectMany(l => l).ToDictionary(l => l.Child, l => l.Parent, StringComparer.Ordinal);
            var (root, seen) = (request.Id, new HashSet<string>(StringComparer.Ordinal) { request.Id });
            while (parents.TryGetValue(root, out var parent) && seen.Add(parent))
            {
                root = parent;
            }

            var order = new List<(string Id, int Depth, Link? From)>();
            Walk(root, 0, null, links, [], order);
            var page = order.Take(MostNodes).ToList();
            var family = page.Count == 1
                ? [asked]
                : reads.Sessions(new SqlFilter("1").And("s.id IN (SELECT value FROM json_each(?))", System.Text.Json.JsonSerializer.Serialize(page.Select(p => p.Id))), "s.id", MostNodes);
            var rows = family.ToDictionary(s => s.Row.Id, StringComparer.Ordinal);
            return new Response(root, [.. page.Where(p => rows.ContainsKey(p.Id)).Select(p => Of(reader, rows[p.Id], p.Depth, p.From))], order.Count > MostNodes);
        }

        /// <summary>All that come from another session that is there; few do.</summary>
        private static List<Link> Links(DatabaseReader reader) => reader.Query("""
            SELECT p.id, s.id, s.started_at_ms, s.internal, coalesce(d.is_fork, 0)
            FROM sessions_sessions s JOIN sessions_sessions p ON p.machine = s.machine AND p.agent = s.agent AND p.native_id = s.parent_native_id
              LEFT JOIN sessions_digests d ON d.session_id = s.id
            WHERE s.parent_native_id IS NOT NULL AND p.id <> s.id ORDER BY s.started_at_ms, s.id
            """).All(row => new Link(row.Text(0), row.Text(1), row.Int(4) != 0 ? "forked" : row.Int(3) != 0 ? "spawned" : "continued"));

        private static void Walk(string id, int depth, Link? from, ILookup<string, Link> links, HashSet<string> seen, List<(string, int, Link?)> order)
        {
            // A circle is nothing an agent writes, but a file may say so.
            if (!seen.Add(id) || order.Count > MostNodes)
            {
                return;
            }

            order.Add((id, depth, from));
            foreach (var link in links[id])
            {
                Walk(link.Child, depth + 1, link, links, seen, order);
            }
        }

        private Node Of(DatabaseReader reader, SessionWithParent session, int depth, Link? from)
        {
            var summary = session.Summary(clock);
            var agents = session.Row.Agents == 0
                ? []
                : reader.Query("""
                    SELECT agent_id, agent_type, description, parent_call_id FROM sessions_transcripts
                    WHERE session_id = ? AND agent_id IS NOT NULL ORDER BY started_at_ms, id LIMIT 500
                    """).Bind(summary.Id).All(row => new AgentRun(row.Text(0), row.TextOrNull(1), row.TextOrNull(2), row.TextOrNull(3)));
            return new Node(
                summary.Id, summary.Title, summary.Agent, summary.State, from?.Parent, from?.Relation, depth, summary.StartedAtMs, session.Row.LastAtMs, summary.Items, agents);
        }

        private sealed record Link(string Parent, string Child, string Relation);
    }
}
