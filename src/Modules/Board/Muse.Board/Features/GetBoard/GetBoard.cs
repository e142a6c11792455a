using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Domain;
using Muse.Board.Persistence;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.GetBoard;

/// <summary>Every live session, by what it needs. <c>GET /api/board</c></summary>
internal static class GetBoard
{
    public sealed record Query : IRequest<Result<Response>>;

    /// <param name="Seq">Journal number of this picture: a stream that starts there misses nothing.</param>
    /// <param name="NeedsYou">Cards that ask for a person now; muted and snoozed ones do not count.</param>
    /// <param name="Lanes">In order of urgency.</param>
    public sealed record Response(long Seq, int NeedsYou, IReadOnlyList<Lane> Lanes);

    /// <param name="Cards">Pinned ones first, snoozed ones last, else the one that waits longest first.</param>
    public sealed record Lane([property: LaneWord] string Name, IReadOnlyList<CardView> Cards);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/board", async (IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetBoard").WithTags("Board")
            .Produces<Response>();
    }

    public sealed class Handler(CardReader reader, FactJournal journal) : IRequestHandler<Query, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Query query, CancellationToken ct)
        {
            // The number first: what is stored in between is in the picture and told once more, which changes nothing.
            var seq = journal.Last;
            var cards = await reader.AllAsync(ct);
            var lanes = cards.Select(c => c.View).ToLookup(c => c.Lane, StringComparer.Ordinal);
            return new Response(
                seq, cards.Count(c => c.View.CallsForAttention), [.. LaneWordAttribute.All.Select(name => new Lane(name, [.. lanes[name].Order(Urgency.Instance)]))]);
        }
    }

    private sealed class Urgency : IComparer<CardView>
    {
        public static readonly Urgency Instance = new();

        public int Compare(CardView? x, CardView? y)
        {
            var (one, other) = (x!, y!); // a lane holds no nulls
            var order = other.Marks.Pinned.CompareTo(one.Marks.Pinned);
            order = order != 0 ? order : one.Marks.Snoozed.CompareTo(other.Marks.Snoozed);
            order = order != 0 ? order : one.Marks.Muted.CompareTo(other.Marks.Muted);
            order = order != 0 ? order : other.Marks.Unseen.CompareTo(one.Marks.Unseen);
            // Who waits for a person waits longest first; of the others the latest change is of interest.
            order = order != 0 ? order : one.Lane == LaneWordAttribute.NeedsYou ? one.SinceMs.CompareTo(other.SinceMs) : other.SinceMs.CompareTo(one.SinceMs);
            return order != 0 ? order : string.CompareOrdinal(one.Id, other.Id);
        }
    }
}
