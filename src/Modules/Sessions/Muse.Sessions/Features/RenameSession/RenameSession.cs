using System.ComponentModel.DataAnnotations;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.BuildingBlocks.Text;
using Muse.Sessions.Curation;

namespace Muse.Sessions.Features.RenameSession;

/// <summary>Gives a session a title of the person's own, or back the one that was read. <c>PUT /api/sessions/{id}/title</c></summary>
internal static class RenameSession
{
    private const int Longest = 200;

    public sealed record Command(string Id, string? Title) : IRequest<Result<Unit>>;

    /// <param name="Title">Null or empty for the title that was read.</param>
    public sealed record Body([property: MaxLength(Longest)] string? Title);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPut("/api/sessions/{id}/title", async (string id, Body body, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(id, body.Title), ct)).ToHttp(_ => TypedResults.NoContent()))
            .WithName("RenameSession").WithTags("Curation")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().MaximumLength(64);
            RuleFor(c => c.Title).MaximumLength(Longest).WithMessage($"A title has at most {Longest} characters.");
        }
    }

    public sealed class Handler(CurationStore store) : IRequestHandler<Command, Result<Unit>>
    {
        public Task<Result<Unit>> Handle(Command command, CancellationToken ct) => store.WriteAsync<Result<Unit>>(
            write =>
            {
                if (!write.HasSession(command.Id))
                {
                    return SessionProblems.NotFound(command.Id);
                }

                var title = PreviewText.From(command.Title ?? "", Longest);
                write.Touch(command.Id);
                write["UPDATE sessions_curation SET title = ? WHERE session_id = ?"].Bind(title.Length == 0 ? null : title).Bind(command.Id).Execute();
                return Unit.Value;
            },
            ct);
    }
}
