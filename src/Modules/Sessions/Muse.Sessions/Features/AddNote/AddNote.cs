using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Curation;
using Muse.Sessions.Domain;

namespace Muse.Sessions.Features.AddNote;

/// <summary>Writes a note on a session, or on one of its items. <c>POST /api/sessions/{id}/notes</c></summary>
internal static class AddNote
{
    public sealed record Command(string Id, string Text, string? Item, string? Agent) : IRequest<Result<Response>>;

    /// <param name="Text">Markdown; <c>[[id]]</c> links another session.</param>
    /// <param name="Item">The id of an item of a window; null for a note on the session.</param>
    /// <param name="Agent">The subagent in whose transcript the item is.</param>
    public sealed record Body([property: MaxLength(NoteText.Longest)] string Text, string? Item = null, string? Agent = null);

    public sealed record Response(string Id);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPost("/api/sessions/{id}/notes", async (string id, Body body, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(id, body.Text ?? "", body.Item, body.Agent), ct)).ToHttp(note => TypedResults.Created((string?)null, note)))
            .WithName("AddNote").WithTags("Curation")
            .Produces<Response>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().MaximumLength(64);
            RuleFor(c => c.Text).Must(NoteText.IsNote).WithMessage(NoteText.Hint);
            RuleFor(c => c.Item).Must(Parameter.IsItem).WithMessage(Parameter.ItemHint);
            RuleFor(c => c.Agent).Must((c, agent) => agent is null || c.Item is not null).WithMessage("A subagent is named with an item of its transcript only.");
        }
    }

    public sealed class Handler(CurationStore store, ItemFinder finder, TimeProvider clock) : IRequestHandler<Command, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Command command, CancellationToken ct)
        {
            var (anchor, preview) = ((ItemAnchor?)null, (string?)null);
            if (command.Item is not null)
            {
                var found = finder.Find(command.Id, command.Agent, command.Item);
                if (found.IsFailed)
                {
                    return found.Problem;
                }

                using var item = found.Value;
                anchor = item.Lines is null ? null : ItemAnchor.Of(item.Item, item.Lines);
                if (anchor is null)
                {
                    return SessionProblems.TranscriptGone();
                }

                preview = item.Item.Preview;
            }

            var now = clock.GetUtcNow();
            var id = Guid.CreateVersion7(now).ToString("N");
            return await store.WriteAsync<Result<Response>>(
                write =>
                {
                    if (!write.HasSession(command.Id))
                    {
                        return SessionProblems.NotFound(command.Id);
                    }

                    write["""
                        INSERT INTO sessions_notes (id, session_id, agent_id, anchor, item_preview, text, created_at_ms, changed_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """].Bind(id).Bind(command.Id).Bind(command.Agent).Bind(anchor?.ToString()).Bind(preview).Bind(command.Text.Trim())
                        .Bind(now.ToUnixTimeMilliseconds()).Bind(now.ToUnixTimeMilliseconds()).Execute();
                    write.Link(id, command.Id, command.Text);
                    return new Response(id);
                },
                ct);
        }
    }
}
