using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Adoption;
using Muse.Board.Live;
using Muse.Board.Starting;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Results;
using Muse.Contracts.Sessions;

namespace Muse.Board.Features.ResumeSession;

/// <summary>Goes on with a session in a new tmux window, by its agent's own command. <c>POST /api/board/sessions/{id}/resume</c></summary>
internal static class ResumeSession
{
    public sealed record Command(string Id) : IRequest<Result<Response>>;

    /// <param name="Place">Where a person finds it in tmux.</param>
    public sealed record Response(string Pane, string Place);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPost("/api/board/sessions/{id}/resume", async (string id, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(id), ct)).ToHttp(started => TypedResults.Created((string?)null, started)))
            .WithName("ResumeSession").WithTags("Board")
            .Produces<Response>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Id).NotEmpty().MaximumLength(64);
    }

    public sealed class Handler(AgentStarter starter, IAgentSource agents, BoardCards cards, IQuestions questions) : IRequestHandler<Command, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Command command, CancellationToken ct)
        {
            var told = await questions.AskAsync(new SessionPlaceAsked(command.Id), ct);
            var card = cards.Find(command.Id); // of a session whose transcript was not read yet
            var (agent, nativeId, folder) = (told.Agent ?? card?.Agent, told.NativeId ?? card?.NativeId, told.Folder ?? card?.Cwd);
            if (agent is null || nativeId is null || !AgentCommand.IsSessionName(nativeId))
            {
                return BoardProblems.SessionNotFound(command.Id);
            }

            if (folder is null)
            {
                return BoardProblems.FolderUnknown();
            }

            // Two programs that write one session's transcript would tear it.
            var started = await starter.StartAsync(null, null, agent, folder, AgentCommand.Resume(agent, nativeId), () => Running(agent, nativeId), ct);
            return started.IsFailed ? started.Problem : new Response(started.Value.Id.Pane, started.Value.Place);
        }

        private Problem? Running(string agent, string nativeId) => agents.Agents.FirstOrDefault(a => a.Agent == agent && a.NativeSessionId == nativeId) is { } runs
            ? BoardProblems.SessionRuns(runs.Pane is { } pane ? $"in the tmux pane {starter.Place(pane)}" : $"outside tmux, as process {runs.Pid}")
            : null;
    }
}
