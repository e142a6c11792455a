using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Features.ListFiles;

/// <summary>The files a session changed, its subagents' changes included. <c>GET /api/sessions/{id}/files</c></summary>
internal static class ListFiles
{
    private const int MostItems = 200;

    public sealed record Query(string Id) : IRequest<Result<Response[]>>;

    /// <param name="Items">Calls of the session's own transcript that changed it, the last ones.</param>
    /// <param name="Agents">Subagents that changed it.</param>
    public sealed record Response(
        string Path, int Edits, int Added, int Removed, long FirstAtMs, long LastAtMs, IReadOnlyList<string> Items, IReadOnlyList<string> Agents);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/files", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListFiles").WithTags("Sessions")
            .Produces<Response[]>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Id).NotEmpty();
    }

    public sealed class Handler(SessionsDbContext db) : IRequestHandler<Query, Result<Response[]>>
    {
        public async Task<Result<Response[]>> Handle(Query query, CancellationToken ct)
        {
            var transcripts = await db.Transcripts.Where(t => t.SessionId == query.Id).Select(t => new { t.Generation, t.AgentId }).ToListAsync(ct);
            if (transcripts.Count == 0 && !await db.Sessions.AnyAsync(s => s.Id == query.Id, ct))
            {
                return SessionProblems.NotFound(query.Id);
            }

            var edits = new List<(EditRow Edit, string? AgentId)>();
            foreach (var transcript in transcripts)
            {
                var (first, last) = (ItemKey.First(transcript.Generation), ItemKey.Last(transcript.Generation));
                var rows = await db.Edits.AsNoTracking().Where(e => e.ItemKey >= first && e.ItemKey <= last).ToListAsync(ct);
                edits.AddRange(rows.Select(row => (row, transcript.AgentId)));
            }

            return edits.GroupBy(e => e.Edit.Path, StringComparer.Ordinal)
                .Select(file => new Response(
                    file.Key, file.Count(), file.Sum(e => e.Edit.Added), file.Sum(e => e.Edit.Removed), file.Min(e => e.Edit.AtMs), file.Max(e => e.Edit.AtMs),
                    [.. file.Where(e => e.AgentId is null).Select(e => ItemKey.Ordinal(e.Edit.ItemKey)).Distinct().Order().TakeLast(MostItems).Select(ItemRef.Text)],
                    [.. file.Select(e => e.AgentId).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))
                .OrderByDescending(file => file.LastAtMs).ThenBy(file => file.Path, StringComparer.Ordinal).ToArray();
        }
    }
}
