using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Curation;

namespace Muse.Sessions.Features.DropNote;

/// <summary>Takes a note off its session. <c>DELETE /api/sessions/{id}/notes/{note}</c></summary>
internal static class DropNote
{
    public sealed record Command(string Id, string Note) : IRequest<Result<Unit>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapDelete("/api/sessions/{id}/notes/{note}", async (string id, string note, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(id, note), ct)).ToHttp(_ => TypedResults.NoContent()))
            .WithName("DropNote").WithTags("Curation")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().MaximumLength(64);
            RuleFor(c => c.Note).NotEmpty().MaximumLength(64);
        }
    }

    public sealed class Handler(CurationStore store) : IRequestHandler<Command, Result<Unit>>
    {
        public Task<Result<Unit>> Handle(Command command, CancellationToken ct) => store.WriteAsync<Result<Unit>>(
            write =>
            {
                if (write["DELETE FROM sessions_notes WHERE id = ? AND session_id = ?"].Bind(command.Note).Bind(command.Id).Execute() == 0)
                {
                    return SessionProblems.NoteNotFound(command.Note);
                }

                write.Link(command.Note, command.Id, "");
                return Unit.Value;
            },
            ct);
    }
}
