using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Curation;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Features.ListNotes;

/// <summary>The notes on a session and on its items, and the notes elsewhere that name it. <c>GET /api/sessions/{id}/notes</c></summary>
internal static class ListNotes
{
    public sealed record Query(string Id) : IRequest<Result<Response>>;

    /// <param name="Backlinks">Notes on other sessions that link this one.</param>
    /// <param name="Titles">Titles of the sessions that the notes link, by id; those that are not there are not in it.</param>
    public sealed record Response(IReadOnlyList<Note> Notes, IReadOnlyList<Backlink> Backlinks, IReadOnlyDictionary<string, string> Titles);

    /// <param name="Text">Markdown.</param>
    /// <param name="Item">The item's id now; null for a note on the session, or if its record is found no more.</param>
    /// <param name="Agent">The subagent in whose transcript the item is.</param>
    /// <param name="ItemPreview">What the item showed when the note was made; null for a note on the session.</param>
    public sealed record Note(string Id, string Text, string? Item, string? Agent, string? ItemPreview, long CreatedAtMs, long ChangedAtMs);

    public sealed record Backlink(string SessionId, string Title, string Text);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/notes", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListNotes").WithTags("Curation")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Id).NotEmpty();
    }

    public sealed class Handler(MuseDatabase database, NotePlaces places) : RequestHandler<Query, Result<Response>>
    {
        protected override Result<Response> Handle(Query request)
        {
            using var reader = database.Read();
            if (reader.Query("SELECT count(*) FROM sessions_sessions WHERE id = ?").Bind(request.Id).FirstNumber() == 0)
            {
                return SessionProblems.NotFound(request.Id);
            }

            var rows = reader.Query("""
                SELECT id, agent_id, anchor, item_preview, text, created_at_ms, changed_at_ms FROM sessions_notes WHERE session_id = ? ORDER BY id
                """).Bind(request.Id).All(row => new NoteRow
                {
                    Id = row.Text(0),
                    SessionId = request.Id,
                    AgentId = row.TextOrNull(1),
                    Anchor = row.TextOrNull(2),
                    ItemPreview = row.TextOrNull(3),
                    Text = row.Text(4),
                    CreatedAtMs = row.Number(5),
                    ChangedAtMs = row.Number(6),
                });
            var backlinks = reader.Query($"""
                SELECT n.session_id, {SessionFilter.Title}, n.text FROM sessions_note_links l JOIN sessions_notes n ON n.id = l.note_id
                JOIN sessions_sessions s ON s.id = n.session_id LEFT JOIN sessions_curation c ON c.session_id = s.id
                WHERE l.session_id = ? AND n.session_id <> l.session_id ORDER BY n.id DESC LIMIT 100
                """).Bind(request.Id).All(row => new Backlink(row.Text(0), row.Text(1), row.Text(2)));
            var titles = reader.Query($"""
                SELECT DISTINCT s.id, {SessionFilter.Title} FROM sessions_notes n JOIN sessions_note_links l ON l.note_id = n.id
                JOIN sessions_sessions s ON s.id = l.session_id LEFT JOIN sessions_curation c ON c.session_id = s.id WHERE n.session_id = ?
                """).Bind(request.Id).All(row => (Id: row.Text(0), Title: row.Text(1))).ToDictionary(t => t.Id, t => t.Title, StringComparer.Ordinal);
            return new Response(
                [.. rows.Select(n => new Note(n.Id, n.Text, places.Find(n)?.ToString(), n.AgentId, n.ItemPreview, n.CreatedAtMs, n.ChangedAtMs))], backlinks, titles);
        }
    }
}
