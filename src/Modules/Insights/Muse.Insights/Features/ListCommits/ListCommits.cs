using System.ComponentModel.DataAnnotations;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Insights.Provenance;

namespace Muse.Insights.Features.ListCommits;

/// <summary>The commits that are held to come from a session, and why. A session without any has none. <c>GET /api/sessions/{id}/commits</c></summary>
internal static class ListCommits
{
    private const int Most = 500;

    public sealed record Query(string Id) : IRequest<Result<Response>>;

    /// <param name="Commits">The newest first, at most 500.</param>
    /// <param name="Total">How many there are.</param>
    /// <param name="Elsewhere">Commits that the session's output shows and that no repository which Muse can read has.</param>
    public sealed record Response(IReadOnlyList<Commit> Commits, int Total, IReadOnlyList<ShownCommit> Elsewhere);

    /// <param name="Repository">The folder that git shares between its working trees.</param>
    /// <param name="AtMs">UTC milliseconds of the author's time: when the work was done.</param>
    /// <param name="Confidence">High if the session's output shows the hash, medium if files and time match, low if only time and repository do.</param>
    /// <param name="Why">In words.</param>
    /// <param name="IsCounted">False if another session has the better claim.</param>
    /// <param name="State">Whether a ref leads to it, a later commit undid or replaced it, or nothing leads to it any more.</param>
    /// <param name="By">The hash of the commit that undid or replaced it; null if none did.</param>
    public sealed record Commit(
        string Hash, string Subject, string Repository, long AtMs, [property: AllowedValues("high", "medium", "low")] string Confidence, string Why, bool IsCounted,
        [property: AllowedValues("shipped", "reverted", "replaced", "lost")] string State, string? By, int Files, int AddedLines, int RemovedLines);

    /// <param name="Hash">As the output shows it.</param>
    public sealed record ShownCommit(string Hash, string? Subject, long AtMs);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/commits", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListCommits").WithTags("Insights")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Id).NotEmpty().MaximumLength(64);
    }

    public sealed class Handler(MuseDatabase database) : RequestHandler<Query, Result<Response>>
    {
        private const string Count = "SELECT count(*) FROM insights_commit_origins WHERE session_id = ?";

        private const string Rows = """
            SELECT c.hash, c.subject, r.common_dir, o.at_ms, o.confidence, o.why, o.is_counted, o.fate, c.reverted_by, c.replaced_by, c.added_lines, c.removed_lines,
                (SELECT count(*) FROM insights_commit_files f WHERE f.repository_id = c.repository_id AND f.hash = c.hash)
            FROM insights_commit_origins o JOIN insights_commits c ON c.repository_id = o.repository_id AND c.hash = o.hash
                JOIN insights_repositories r ON r.id = o.repository_id
            WHERE o.session_id = ? ORDER BY o.at_ms DESC, c.committer_ms DESC, c.hash LIMIT ?
            """;

        private const string Unknown = """
            SELECT s.hash, s.subject, s.at_ms FROM insights_seen_commits s
            WHERE s.session_id = ? AND NOT EXISTS (SELECT 1 FROM insights_commit_origins o
                WHERE o.session_id = s.session_id AND o.confidence = 3 AND o.hash >= s.hash AND o.hash < s.hash || 'g')
            ORDER BY s.at_ms DESC LIMIT ?
            """;

        protected override Result<Response> Handle(Query request)
        {
            using var reader = database.Read();
            return new Response(
                reader.Query(Rows).Bind(request.Id).Bind(Most).All(ToCommit),
                (int)reader.Query(Count).Bind(request.Id).FirstNumber(),
                reader.Query(Unknown).Bind(request.Id).Bind(Most).All(row => new ShownCommit(row.Text(0), row.TextOrNull(1), row.Number(2))));
        }

        private static Commit ToCommit(PreparedStatement row)
        {
            var fate = row.Int(7);
            return new Commit(
                row.Text(0), row.Text(1), row.Text(2), row.Number(3), Confidence.Word(row.Int(4)), row.Text(5), row.Number(6) != 0, Fate.Word(fate),
                fate switch { Fate.Replaced => row.TextOrNull(9), Fate.Reverted => row.TextOrNull(8), _ => null }, row.Int(12), row.Int(10), row.Int(11));
        }
    }
}
