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

namespace Muse.Sessions.Features.EditNote;

/// <summary>Writes a note anew. <c>PUT /api/sessions/{id}/notes/{note}</c></summary>
internal static class EditNote
{
    public sealed record Command(string Id, string Note, string Text) : IRequest<Result<Unit>>;

    /// <param name="Text">Markdown; <c>[[id]]</c> links another session.</param>
    public sealed record Body([property: MaxLength(NoteText.Longest)] string Text);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPut("/api/sessions/{id}/notes/{note}", async (string id, string note, Body body, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(id, note, body.Text ?? ""), ct)).ToHttp(_ => TypedResults.NoContent()))
            .WithName("EditNote").WithTags("Curation")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().MaximumLength(64);
            RuleFor(c => c.Note).NotEmpty().MaximumLength(64);
            RuleFor(c => c.Text).Must(NoteText.IsNote).WithMessage(NoteText.Hint);
        }
    }

    public sealed class Handler(CurationStore store, TimeProvider clock) : IRequestHandler<Command, Result<Unit>>
    {
        public Task<Result<Unit>> Handle(Command command, CancellationToken ct) => store.WriteAsync<Result<Unit>>(
            write =>
            {
                if (write["UPDATE sessions_notes SET text = ?, changed_at_ms = ? WHERE id = ? AND session_id = ?"].Bind(command.Text.Trim())
                    .Bind(clock.GetUtcNow().ToUnixTimeMilliseconds()).Bind(command.Note).Bind(command.Id).Execute() == 0)
                {
                    return SessionProblems.NoteNotFound(command.Note);
                }

                write.Link(command.Note, command.Id, command.Text);
                return Unit.Value;
            },
            ct);
    }
}
