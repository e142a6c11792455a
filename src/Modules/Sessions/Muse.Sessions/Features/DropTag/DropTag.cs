using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Curation;
using Muse.Sessions.Domain;

namespace Muse.Sessions.Features.DropTag;

/// <summary>Takes a tag off all sessions and forgets it. <c>DELETE /api/tags/{tag}</c></summary>
internal static class DropTag
{
    public sealed record Command(string Tag) : IRequest<Result<Unit>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapDelete("/api/tags/{tag}", async (string tag, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(tag), ct)).ToHttp(_ => TypedResults.NoContent()))
            .WithName("DropTag").WithTags("Curation")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Tag).Must(tag => TagName.TryParse(tag) is not null).WithMessage(TagName.Hint);
    }

    public sealed class Handler(CurationStore store) : IRequestHandler<Command, Result<Unit>>
    {
        public Task<Result<Unit>> Handle(Command command, CancellationToken ct) => store.WriteAsync<Result<Unit>>(
            write =>
            {
                var tag = TagName.TryParse(command.Tag)!; // the validator read it
                if (write["DELETE FROM sessions_tags WHERE name = ?"].Bind(tag).Execute() == 0)
                {
                    return SessionProblems.TagNotFound(tag);
                }

                write["DELETE FROM sessions_session_tags WHERE tag = ?"].Bind(tag).Execute();
                write.Told.Add(new("tags", null));
                return Unit.Value;
            },
            ct);
    }
}
