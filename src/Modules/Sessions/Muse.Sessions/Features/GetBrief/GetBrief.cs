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
using Muse.Sessions.Understanding;

namespace Muse.Sessions.Features.GetBrief;

/// <summary>What somebody needs who comes back to a session, in its own words. <c>GET /api/sessions/{id}/brief</c></summary>
internal static class GetBrief
{
    public sealed record Query(string Id) : IRequest<Result<Response>>;

    /// <param name="State"><c>live</c>, <c>quiet</c> or <c>missing</c>.</param>
    /// <param name="Brief">Null until it is worked out, shortly after the session was read.</param>
    /// <param name="Loops">What it leaves open.</param>
    public sealed record Response([property: StateWord] string State, Brief? Brief, IReadOnlyList<OpenLoop> Loops);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/brief", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetBrief").WithTags("Sessions")
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
            if (reads.Session(request.Id) is not { } session)
            {
                return SessionProblems.NotFound(request.Id);
            }

            using var reader = database.Read();
            var brief = reader.Query("SELECT brief FROM sessions_digests WHERE session_id = ?").Bind(request.Id).First(row => row.Text(0));
            var loops = reader.Query("SELECT kind, text, item, at_ms FROM sessions_open_loops WHERE session_id = ? ORDER BY at_ms DESC, kind").Bind(request.Id)
                .All(row => new OpenLoop(row.Text(0), row.Text(1), row.Text(2), row.NumberOrNull(3)));
            return new Response(session.Summary(clock).State, brief is null ? null : SessionDigest.Read<Brief>(brief), loops);
        }
    }
}
