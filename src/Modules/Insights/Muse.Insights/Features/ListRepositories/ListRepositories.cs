using System.ComponentModel.DataAnnotations;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;

namespace Muse.Insights.Features.ListRepositories;

/// <summary>The repositories that sessions worked in, and which of them cannot be read. <c>GET /api/insights/repositories</c></summary>
internal static class ListRepositories
{
    public sealed record Query : IRequest<Result<Response>>;

    /// <param name="OutsideFolders">Folders of sessions that are in no repository.</param>
    public sealed record Response(IReadOnlyList<Repository> Repositories, int OutsideFolders);

    /// <param name="Folder">The folder that git shares between its working trees; that of the working tree if git could not say.</param>
    /// <param name="State">Those that are not <c>ok</c> are left out, with what was read of them before.</param>
    /// <param name="Problem">What is wrong and what to do; null if nothing is.</param>
    /// <param name="Worktrees">Working trees that sessions named, those that are gone included.</param>
    /// <param name="Commits">How many were read.</param>
    /// <param name="Sessions">How many worked in it.</param>
    public sealed record Repository(
        string Folder, [property: AllowedValues("ok", "vanished", "bare", "unsafe", "corrupt", "partial", "huge", "no-git")] string State, string? Problem,
        int Worktrees, int Commits, int Sessions);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/insights/repositories", async (IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListRepositories").WithTags("Insights")
            .Produces<Response>();
    }

    public sealed class Handler(MuseDatabase database) : RequestHandler<Query, Result<Response>>
    {
        private const string Known = """
            SELECT r.common_dir, r.state, r.problem, (SELECT count(*) FROM insights_worktrees w WHERE w.repository_id = r.id),
                (SELECT count(*) FROM insights_commits c WHERE c.repository_id = r.id),
                (SELECT count(DISTINCT f.session_id) FROM insights_worktrees w JOIN insights_git_folders g ON g.worktree = w.folder
                    JOIN insights_session_folders f ON f.folder = g.folder WHERE w.repository_id = r.id)
            FROM insights_repositories r ORDER BY r.state = 'ok', r.common_dir
            """;

        private const string Unknown = """
            SELECT w.folder, w.state, w.problem, 1, 0, (SELECT count(DISTINCT f.session_id) FROM insights_git_folders g
                JOIN insights_session_folders f ON f.folder = g.folder WHERE g.worktree = w.folder)
            FROM insights_worktrees w WHERE w.repository_id IS NULL ORDER BY w.folder
            """;

        private const string Outside = "SELECT count(*) FROM insights_git_folders WHERE worktree IS NULL";

        protected override Result<Response> Handle(Query request)
        {
            using var reader = database.Read();
            return new Response(
                [.. reader.Query(Unknown).All(ToRepository), .. reader.Query(Known).All(ToRepository)], (int)reader.Query(Outside).FirstNumber());
        }

        private static Repository ToRepository(PreparedStatement row) =>
            new(row.Text(0), row.Text(1), row.TextOrNull(2), row.Int(3), row.Int(4), row.Int(5));
    }
}
