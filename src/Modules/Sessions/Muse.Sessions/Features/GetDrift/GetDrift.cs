using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Features.GetDrift;

/// <summary>Record types that no reader knows, by agent and version: how far the formats drifted. <c>GET /api/drift</c></summary>
internal static class GetDrift
{
    public sealed record Query : IRequest<Result<Response>>;

    public sealed record Response(IReadOnlyList<UnknownRecord> Types, IReadOnlyList<VersionTotal> Totals);

    /// <param name="SampleItem">Where it was met first, to be opened in the sample session.</param>
    public sealed record UnknownRecord(
        [property: AgentWord] string Agent, string Version, string Type, long Count, string? SampleSession, string? SampleItem, string? SampleAgent, long? FirstSeenAtMs);

    public sealed record VersionTotal([property: AgentWord] string Agent, string? Version, long Lines, long Unknown, long Malformed);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/drift", async (IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetDrift").WithTags("Ingest")
            .Produces<Response>();
    }

    public sealed class Handler(SessionsDbContext db) : IRequestHandler<Query, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Query query, CancellationToken ct)
        {
            var unknown = await (
                from u in db.UnknownTypes
                join t in db.Transcripts on u.Generation equals t.Generation
                select new { t.Agent, t.SessionId, t.AgentId, u.Version, u.Type, u.Count, u.Generation, u.FirstOffset }).ToListAsync(ct);
            var types = new List<UnknownRecord>();
            foreach (var group in unknown.GroupBy(u => (u.Agent, u.Version, u.Type)))
            {
                var sample = group.MinBy(u => u.Generation)!; // a group has a member
                var item = await FirstAsync(sample.Generation, sample.FirstOffset, ct);
                types.Add(new UnknownRecord(
                    group.Key.Agent, group.Key.Version, group.Key.Type, group.Sum(u => u.Count), sample.SessionId,
                    item is null ? null : ItemRef.Text(ItemKey.Ordinal(item.Key)), sample.AgentId, item?.AtMs));
            }

            var totals = await (
                from t in db.Transcripts
                join g in db.Generations on t.Generation equals g.Id
                join s in db.Sessions on t.SessionId equals s.Id
                group g by new { t.Agent, s.Version } into version
                select new VersionTotal(
                    version.Key.Agent, version.Key.Version,
                    version.Sum(g => g.ItemLines + g.FoldedLines + g.UnknownLines + g.MalformedLines + g.BlankLines),
                    version.Sum(g => g.UnknownLines), version.Sum(g => g.MalformedLines))).ToListAsync(ct);
            return new Response(
                [.. types.OrderByDescending(t => t.Count).ThenBy(t => t.Type, StringComparer.Ordinal)],
                [.. totals.OrderBy(t => t.Agent, StringComparer.Ordinal).ThenBy(t => t.Version, StringComparer.Ordinal)]);
        }

        private Task<ItemRow?> FirstAsync(long generation, long offset, CancellationToken ct)
        {
            var (first, last) = (ItemKey.First(generation), ItemKey.Last(generation));
            return db.Items.AsNoTracking().Where(i => i.Key >= first && i.Key <= last && i.Offset == offset).OrderBy(i => i.Key).FirstOrDefaultAsync(ct);
        }
    }
}
