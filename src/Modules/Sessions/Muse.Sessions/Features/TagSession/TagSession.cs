using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Curation;
using Muse.Sessions.Domain;

namespace Muse.Sessions.Features.TagSession;

/// <summary>
/// Puts a tag on a session, and makes the tag if there is none of its name; or takes it off, also where its rule puts it on.
/// <c>PUT</c> and <c>DELETE /api/sessions/{id}/tags/{tag}</c>
/// </summary>
internal static class TagSession
{
    public sealed record Command(string Id, string Tag, bool On) : IRequest<Result<Unit>>;

    public sealed class Endpoint : ICarterModule
    {
        private const string Path = "/api/sessions/{id}/tags/{tag}";

        public void AddRoutes(IEndpointRouteBuilder app)
        {
            app.MapPut(Path, async (string id, string tag, IMediator mediator, CancellationToken ct) =>
                    (await mediator.Send(new Command(id, tag, true), ct)).ToHttp(_ => TypedResults.NoContent()))
                .WithName("TagSession").WithTags("Curation")
                .Produces(StatusCodes.Status204NoContent)
                .ProducesProblem(StatusCodes.Status400BadRequest)
                .ProducesProblem(StatusCodes.Status404NotFound);
            app.MapDelete(Path, async (string id, string tag, IMediator mediator, CancellationToken ct) =>
                    (await mediator.Send(new Command(id, tag, false), ct)).ToHttp(_ => TypedResults.NoContent()))
                .WithName("UntagSession").WithTags("Curation")
                .Produces(StatusCodes.Status204NoContent)
                .ProducesProblem(StatusCodes.Status400BadRequest)
                .ProducesProblem(StatusCodes.Status404NotFound);
        }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().MaximumLength(64);
            RuleFor(c => c.Tag).Must(tag => TagName.TryParse(tag) is not null).WithMessage(TagName.Hint);
        }
    }

    public sealed class Handler(CurationStore store) : IRequestHandler<Command, Result<Unit>>
    {
        public Task<Result<Unit>> Handle(Command command, CancellationToken ct) => store.WriteAsync<Result<Unit>>(
            write =>
            {
                var tag = TagName.TryParse(command.Tag)!; // the validator read it
                if (!write.HasSession(command.Id))
                {
                    return SessionProblems.NotFound(command.Id);
                }

                if (!command.On && write["SELECT count(*) FROM sessions_tags WHERE name = ?"].Bind(tag).FirstNumber() == 0)
                {
                    return SessionProblems.TagNotFound(tag);
                }

                write.Tag(command.Id, tag, command.On);
                return Unit.Value;
            },
            ct);
    }
}
