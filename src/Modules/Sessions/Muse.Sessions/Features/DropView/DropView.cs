using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Curation;

namespace Muse.Sessions.Features.DropView;

/// <summary>Forgets a saved filter. <c>DELETE /api/views/{name}</c></summary>
internal static class DropView
{
    public sealed record Command(string Name) : IRequest<Result<Unit>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapDelete("/api/views/{name}", async (string name, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(name.Trim()), ct)).ToHttp(_ => TypedResults.NoContent()))
            .WithName("DropView").WithTags("Curation")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Name).NotEmpty();
    }

    public sealed class Handler(CurationStore store) : IRequestHandler<Command, Result<Unit>>
    {
        public Task<Result<Unit>> Handle(Command command, CancellationToken ct) => store.WriteAsync<Result<Unit>>(
            write =>
            {
                if (write["DELETE FROM sessions_views WHERE name = ?"].Bind(command.Name).Execute() == 0)
                {
                    return SessionProblems.ViewNotFound(command.Name);
                }

                write.Told.Add(new("views", null));
                return Unit.Value;
            },
            ct);
    }
}
