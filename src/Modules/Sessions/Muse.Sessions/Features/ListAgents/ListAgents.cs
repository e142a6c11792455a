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

namespace Muse.Sessions.Features.ListAgents;

/// <summary>The subagents of a session and the calls that started them. <c>GET /api/sessions/{id}/agents</c></summary>
internal static class ListAgents
{
    public sealed record Query(string Id) : IRequest<Result<Response[]>>;

    /// <param name="CallItem">Item of the call that started it, in its parent's transcript.</param>
    /// <param name="ParentAgentId">Null if the session itself started it.</param>
    /// <param name="Finished">Its call has a result, or, where no call is known, it has not written for a while.</param>
    public sealed record Response(
        string AgentId, string? Type, string? Description, string? CallItem, string? ParentAgentId, long Items, long? StartedAtMs,
        long? LastAtMs, string? Model, bool Finished);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/agents", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListAgents").WithTags("Sessions")
            .Produces<Response[]>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Id).NotEmpty();
    }

    public sealed class Handler(SessionsDbContext db, TimeProvider clock) : IRequestHandler<Query, Result<Response[]>>
    {
        private sealed record Call(string? ParentAgentId, string? AgentId, string? CallId, string Item, bool Answered);

        public async Task<Result<Response[]>> Handle(Query query, CancellationToken ct)
        {
            var transcripts = await (
                from t in db.Transcripts.AsNoTracking()
                where t.SessionId == query.Id
                join g in db.Generations on t.Generation equals g.Id
                orderby t.StartedAtMs, t.Id
                select new { Row = t, g.Items }).ToListAsync(ct);
            if (transcripts.Count == 0 && !await db.Sessions.AnyAsync(s => s.Id == query.Id, ct))
            {
                return SessionProblems.NotFound(query.Id);
            }

            var agents = transcripts.Where(t => t.Row.AgentId is not null).ToList();
            var callIds = agents.Select(t => t.Row.ParentCallId).OfType<string>().ToList();
            var calls = new List<Call>();
            foreach (var parent in agents.Count == 0 ? [] : transcripts)
            {
                calls.AddRange(await CallsAsync(parent.Row, callIds, ct));
            }

            var quietSince = SessionSummary.LiveSince(clock);
            return agents.Select(t =>
            {
                var call = calls.Find(c => c.AgentId == t.Row.AgentId || (c.CallId is not null && c.CallId == t.Row.ParentCallId));
                return new Response(
                    t.Row.AgentId!, t.Row.AgentType, t.Row.Description, call?.Item, call?.ParentAgentId, t.Items, t.Row.StartedAtMs, t.Row.LastAtMs, // filtered above
                    t.Row.Model, call?.Answered ?? (t.Row.LastAtMs ?? 0) < quietSince);
            }).ToArray();
        }

        private async Task<List<Call>> CallsAsync(TranscriptRow parent, List<string> callIds, CancellationToken ct)
        {
            var (first, last) = (ItemKey.First(parent.Generation), ItemKey.Last(parent.Generation));
            var rows = await db.Items
                .Where(i => i.Key >= first && i.Key <= last && (i.AgentId != null || (i.CallId != null && callIds.Contains(i.CallId))))
                .Select(i => new { i.Key, i.AgentId, i.CallId, i.Flags }).ToListAsync(ct);
            return [.. rows.Select(r => new Call(
                parent.AgentId, r.AgentId, r.CallId, ItemRef.Text(ItemKey.Ordinal(r.Key)), ((ItemFlags)r.Flags).HasFlag(ItemFlags.Answered)))];
        }
    }
}
