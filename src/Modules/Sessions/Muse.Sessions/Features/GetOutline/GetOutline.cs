using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
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
using Muse.Sessions.Reading;

namespace Muse.Sessions.Features.GetOutline;

/// <summary>The places of a transcript a person jumps to, and where it is dense. <c>GET /api/sessions/{id}/outline</c></summary>
internal static class GetOutline
{
    private const int Buckets = 120;
    private const int MostEntries = 5000;
    private const int LongestLabel = 120;

    public sealed record Query(string Id, string? Agent) : IRequest<Result<Response>>;

    /// <param name="Density">Items by equal parts of the transcript's time.</param>
    /// <param name="Errors">Items with errors in the same parts.</param>
    /// <param name="Total">Items of the transcript.</param>
    public sealed record Response(IReadOnlyList<Entry> Entries, IReadOnlyList<int> Density, IReadOnlyList<int> Errors, long Total);

    public sealed record Entry(
        string Id, long Ordinal, [property: AllowedValues("prompt", "compaction", "error", "commit", "agent", "mark")] string Kind, string Label,
        long? AtMs);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/outline", async (string id, [Description(Parameter.AgentWords)] string? agent, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id, agent), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetOutline").WithTags("Sessions")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Id).NotEmpty();
    }

    public sealed class Handler(SessionsDbContext db, SessionReads reads) : IRequestHandler<Query, Result<Response>>
    {
        private static readonly string[] Places = ["prompt", "compaction", "error", "mark"];

        public async Task<Result<Response>> Handle(Query query, CancellationToken ct)
        {
            var found = reads.ExpectTranscript(query.Id, query.Agent);
            if (found.IsFailed)
            {
                return found.Problem;
            }

            var (first, last) = (ItemKey.First(found.Value.Generation), ItemKey.Last(found.Value.Generation));
            var items = db.Items.Where(i => i.Key >= first && i.Key <= last);
            const int meta = (int)ItemFlags.Meta;
            const int commit = (int)ItemFlags.Commit;
            var places = await items
                .Where(i => ((Places.Contains(i.Kind) && (i.Flags & meta) == 0) || (i.Flags & commit) != 0 || i.AgentId != null))
                .OrderBy(i => i.Key).Take(MostEntries)
                .Select(i => new { i.Key, i.Kind, i.Preview, i.AtMs, i.AgentId, IsCommit = (i.Flags & commit) != 0 }).ToListAsync(ct);
            var (density, errors) = await DensityAsync(items, ct);
            return new Response(
                [.. places.Select(p => new Entry(
                    ItemRef.Text(ItemKey.Ordinal(p.Key)), ItemKey.Ordinal(p.Key), p.IsCommit ? "commit" : p.AgentId is not null ? "agent" : p.Kind,
                    PreviewText.From(p.Preview, LongestLabel), p.AtMs))],
                density, errors, found.Value.Items);
        }

        private static async Task<(int[] Items, int[] Errors)> DensityAsync(IQueryable<ItemRow> items, CancellationToken ct)
        {
            var timed = items.Where(i => i.AtMs != null);
            var span = await timed.GroupBy(_ => 1).Select(g => new { From = g.Min(i => i.AtMs!.Value), To = g.Max(i => i.AtMs!.Value) }).FirstOrDefaultAsync(ct);
            if (span is null)
            {
                return ([], []);
            }

            const int error = (int)ItemFlags.Error;
            var width = Math.Max(1, (span.To - span.From + Buckets) / Buckets);
            var counts = await timed.GroupBy(i => (i.AtMs!.Value - span.From) / width)
                .Select(g => new { Bucket = g.Key, Items = g.Count(), Errors = g.Sum(i => (i.Flags & error) != 0 ? 1 : 0) }).ToListAsync(ct);
            var (density, errors) = (new int[counts.Max(c => c.Bucket) + 1], new int[counts.Max(c => c.Bucket) + 1]);
            foreach (var count in counts)
            {
                (density[count.Bucket], errors[count.Bucket]) = (count.Items, count.Errors);
            }

            return (density, errors);
        }
    }
}
