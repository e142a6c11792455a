using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Domain;
using Muse.Board.Hooks;
using Muse.Board.Live;
using Muse.BuildingBlocks.Results;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Features.ReceiveHook;

/// <summary>
/// Takes what an agent's hook sends, of whatever shape, and answers at once with nothing: an agent that reads the answer
/// must not be influenced by it. <c>POST /api/hooks/{agent}</c>
/// </summary>
internal static class ReceiveHook
{
    public sealed record Command(string Agent, HookBody Body) : IRequest<Result<Unit>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPost("/api/hooks/{agent}", async ([BoardAgentWord] string agent, HttpRequest request, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(agent, await HookBody.ReadAsync(request, ct)), ct)).ToHttp(_ => TypedResults.NoContent()))
            .WithName("ReceiveHook").WithTags("Board")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        // An agent's name that is not known is answered below: its sender looks for the address, not for a parameter.
        public Validator() => RuleFor(c => c.Agent).NotEmpty();
    }

    public sealed class Handler(BoardInbox inbox, WorkCounters work, TimeProvider clock) : IRequestHandler<Command, Result<Unit>>
    {
        public Task<Result<Unit>> Handle(Command command, CancellationToken ct)
        {
            if (!BoardAgentWordAttribute.All.Contains(command.Agent, StringComparer.Ordinal))
            {
                return Task.FromResult<Result<Unit>>(BoardProblems.AgentNotFound(command.Agent));
            }

            var body = command.Body;
            var hook = HookReader.Read(command.Agent, body.Head, body.IsCut);
            work.Add("board.hooks");
            inbox.Tell(new HookArrived(hook, body.ToKeep(), body.SizeBytes, clock.GetUtcNow().ToUnixTimeMilliseconds()));
            return Task.FromResult<Result<Unit>>(Unit.Value);
        }
    }
}
