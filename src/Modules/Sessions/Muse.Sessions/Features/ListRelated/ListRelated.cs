using System.ComponentModel.DataAnnotations;
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

namespace Muse.Sessions.Features.ListRelated;

/// <summary>Sessions about the same: that changed the same files, on the same branch, at the same time. <c>GET /api/sessions/{id}/related</c></summary>
internal static class ListRelated
{
    private const int Most = 20;
    private const int MostFiles = 3;
    private const long DayMs = 24L * 60 * 60 * 1000;
    private static readonly string[] Trunks = ["main", "master", "trunk", "develop", "HEAD"];

    public sealed record Query(string Id) : IRequest<Result<Response[]>>;

    /// <param name="Reasons">Why it is related, the strongest first.</param>
    /// <param name="SharedFiles">Files that both changed.</param>
    /// <param name="Files">Some of them.</param>
    public sealed record Response(SessionSummary Session, IReadOnlyList<string> Reasons, int SharedFiles, IReadOnlyList<string> Files);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/related", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListRelated").WithTags("Sessions")
            .Produces<Response[]>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Id).NotEmpty();
    }

    public sealed class Handler(MuseDatabase database, SessionReads reads, TimeProvider clock) : RequestHandler<Query, Result<Response[]>>
    {
        protected override Result<Response[]> Handle(Query request)
        {
            if (reads.Session(request.Id) is not { } asked)
            {
                return SessionProblems.NotFound(request.Id);
            }

            var own = asked.Row;
            var best = Candidates(own).Where(c => c.Score > 0).OrderByDescending(c => c.Score).ThenByDescending(c => c.LastAtMs).Take(Most).ToDictionary(c => c.Id, StringComparer.Ordinal);
            var rows = reads.Sessions(new SqlFilter("1").And("s.id IN (SELECT value FROM json_each(?))", JsonSerializer.Serialize(best.Keys)), "s.id", Most);
            return rows.Select(row => (Row: row, Found: best[row.Row.Id])).OrderByDescending(r => r.Found.Score).ThenByDescending(r => r.Found.LastAtMs)
                .Select(r => new Response(r.Row.Summary(clock), r.Found.Reasons(), r.Found.Shared, r.Found.Files)).ToArray();
        }

        /// <summary>One query for all: who shares files, and who is of the same project.</summary>
        private List<Candidate> Candidates(SessionRow own)
        {
            using var reader = database.Read();
            return reader.Query("""
                SELECT s.id, s.last_at_ms, s.started_at_ms, coalesce(f.shared, 0), f.paths, s.branch, coalesce(s.project_path, s.cwd) = ?2
                FROM sessions_sessions s LEFT JOIN (
                    SELECT b.session_id, count(*) AS shared, json_group_array(b.path) AS paths
                    FROM sessions_touched a JOIN sessions_touched b ON b.path = a.path WHERE a.session_id = ?1 AND b.session_id <> ?1 GROUP BY b.session_id
                ) f ON f.session_id = s.id
                WHERE s.id <> ?1 AND s.internal = 0 AND (f.shared > 0 OR coalesce(s.project_path, s.cwd) = ?2)
                """).Bind(own.Id).Bind(own.ProjectPath ?? own.Cwd).All(row => new Candidate(
                    row.Text(0), row.Number(1), row.Int(3),
                    row.TextOrNull(4) is { } paths ? [.. JsonSerializer.Deserialize<string[]>(paths)!.Take(MostFiles)] : [], // json_group_array wrote it
                    row.Int(6) != 0,
                    row.Int(6) != 0 && own.Branch is { Length: > 0 } branch && branch == row.TextOrNull(5) && !Trunks.Contains(branch) ? branch : null,
                    Apart(own, row.NumberOrNull(2) ?? row.Number(1), row.Number(1)) < DayMs));
        }

        /// <summary>Milliseconds between the two; 0 if they ran at the same time.</summary>
        private static long Apart(SessionRow own, long startedAtMs, long lastAtMs) =>
            Math.Max(0, Math.Max(startedAtMs - own.LastAtMs, (own.StartedAtMs ?? own.LastAtMs) - lastAtMs));
    }

    /// <param name="Branch">The branch that both are on; null if it is another, or one that everything is on.</param>
    /// <param name="IsNear">Not a day lies between the two.</param>
    private sealed record Candidate(string Id, long LastAtMs, int Shared, IReadOnlyList<string> Files, bool IsOfProject, string? Branch, bool IsNear)
    {
        /// <summary>Files say most, then the branch; the project alone says little, and the time only goes with it.</summary>
        public double Score => (Shared > 0 ? 3 + Math.Log2(Shared) : 0) + (Branch is null ? 0 : 2) + (IsOfProject ? 0.5 : 0) + (IsNear ? 0.5 : 0);

        public List<string> Reasons()
        {
            List<string?> reasons =
            [
                Shared == 1 ? "changed the same file" : Shared > 1 ? FormattableString.Invariant($"changed {Shared} of the same files") : null,
                Branch is null ? null : $"branch {Branch}", IsOfProject ? "same project" : null, IsNear ? "within a day" : null,
            ];
            return [.. reasons.OfType<string>()];
        }
    }
}
