using System.ComponentModel.DataAnnotations;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Curation;

namespace Muse.Sessions.Features.MarkSession;

/// <summary>
/// Pins, stars, archives a session, or says that it is read; or takes that back.
/// <c>PUT</c> and <c>DELETE /api/sessions/{id}/{pin|star|archive|read}</c>
/// </summary>
internal static class MarkSession
{
    private static readonly string[] Marks = ["pin", "star", "archive", "read"];

    public sealed record Command(string Id, string Mark, bool On) : IRequest<Result<Unit>>;

    public sealed class Endpoint : ICarterModule
    {
        private const string Path = "/api/sessions/{id}/{mark:regex(^(pin|star|archive|read)$)}";

        public void AddRoutes(IEndpointRouteBuilder app)
        {
            app.MapPut(Path, async (string id, [AllowedValues("pin", "star", "archive", "read")] string mark, IMediator mediator, CancellationToken ct) =>
                    (await mediator.Send(new Command(id, mark, true), ct)).ToHttp(_ => TypedResults.NoContent()))
                .WithName("MarkSession").WithTags("Curation")
                .Produces(StatusCodes.Status204NoContent)
                .ProducesProblem(StatusCodes.Status404NotFound);
            app.MapDelete(Path, async (string id, [AllowedValues("pin", "star", "archive", "read")] string mark, IMediator mediator, CancellationToken ct) =>
                    (await mediator.Send(new Command(id, mark, false), ct)).ToHttp(_ => TypedResults.NoContent()))
                .WithName("UnmarkSession").WithTags("Curation")
                .Produces(StatusCodes.Status204NoContent)
                .ProducesProblem(StatusCodes.Status404NotFound);
        }
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().MaximumLength(64);
            RuleFor(c => c.Mark).Must(mark => Marks.Contains(mark)).WithMessage($"Give one of {string.Join(", ", Marks)}.");
        }
    }

    public sealed class Handler(CurationStore store, TimeProvider clock) : IRequestHandler<Command, Result<Unit>>
    {
        public Task<Result<Unit>> Handle(Command command, CancellationToken ct) => store.WriteAsync<Result<Unit>>(
            write =>
            {
                if (!write.HasSession(command.Id))
                {
                    return SessionProblems.NotFound(command.Id);
                }

                write.Mark(command.Id, command.Mark, command.On, clock.GetUtcNow().ToUnixTimeMilliseconds());
                return Unit.Value;
            },
            ct);
    }
}
