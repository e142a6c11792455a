using System.ComponentModel.DataAnnotations;
using System.Text;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.Board.Deliveries;
using Muse.Board.Domain;
using Muse.Board.Live;
using Muse.Board.Processes;
using Muse.Board.Screens;
using Muse.Board.Sources;
using Muse.Board.Starting;
using Muse.Board.Tmux;
using Muse.BuildingBlocks.Results;

namespace Muse.Board.Features.StartAgent;

/// <summary>
/// Starts an agent in a new tmux window, and once it is ready gives it a first prompt as a delivery like any other.
/// <c>POST /api/board/agents</c>
/// </summary>
internal static class StartAgent
{
    private static readonly string[] Agents = [AgentNames.Claude, AgentNames.Codex, AgentNames.Gemini];

    /// <summary>Until a program that has to load, ask for its folder's trust or log in can be written to.</summary>
    private static readonly TimeSpan Ready = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    public sealed record Command(Body Body) : IRequest<Result<Response>>;

    /// <param name="Folder">Absolute path of an existing folder.</param>
    /// <param name="Prompt">At most 64 KB. The answer waits until the agent can take it.</param>
    /// <param name="Socket">Of a tmux server that Muse knows; the user's usual one without it, started if it does not run.</param>
    /// <param name="Session">A session of that server; one of Muse's own without it.</param>
    public sealed record Body(
        [property: BoardAgentWord] string Agent, [property: MaxLength(4096)] string Folder, string? Prompt = null,
        [property: MaxLength(4096)] string? Socket = null, [property: MaxLength(200)] string? Session = null);

    /// <param name="Place">Where a person finds it in tmux.</param>
    /// <param name="CardId">Its card; null if none was there before the answer.</param>
    /// <param name="Prompt">The first prompt on its way.</param>
    /// <param name="PromptProblem">Why the first prompt was not sent. The agent runs all the same.</param>
    public sealed record Response(string Pane, string Place, string? CardId, DeliveryView? Prompt, string? PromptProblem);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPost("/api/board/agents", async (Body body, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(body), ct)).ToHttp(started => TypedResults.Created((string?)null, started)))
            .WithName("StartAgent").WithTags("Board")
            .Produces<Response>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Agent).Must(agent => Agents.Contains(agent)).WithMessage($"Give one of {string.Join(", ", Agents)}.");
            RuleFor(c => c.Body.Folder).NotEmpty().MaximumLength(4096);
            RuleFor(c => c.Body.Prompt).Must(p => p is null || Encoding.UTF8.GetByteCount(p) <= DeliveryText.LongestBytes).WithMessage("A first prompt has at most 64 KB.");
            RuleFor(c => c.Body.Socket).MaximumLength(4096);
            RuleFor(c => c.Body.Session).Must(s => s is null || (s.Length is > 0 and <= 200 && !s.Any(char.IsControl))).WithMessage("Give the name of a session.");
        }
    }

    public sealed class Handler(AgentStarter starter, DeliveryDesk desk, BoardCards cards, ScreenLooks looks, TimeProvider clock) : IRequestHandler<Command, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var started = await starter.StartAsync(body.Socket, body.Session, body.Agent, body.Folder, [], () => null, ct);
            if (started.IsFailed)
            {
                return started.Problem;
            }

            var pane = started.Value.Id;
            if (string.IsNullOrWhiteSpace(body.Prompt))
            {
                return new Response(pane.Pane, started.Value.Place, CardIn(pane)?.Id, null, null);
            }

            // Who leaves meanwhile still wants the prompt sent.
            if (await ReadyAsync(pane) is not { } card)
            {
                return new Response(pane.Pane, starter.Place(pane), CardIn(pane)?.Id, null, "The agent was not ready to take it in time.");
            }

            var sent = await desk.ReplyAsync(card.Id, body.Prompt, asCommand: false, key: null, DeliveryDesk.Person, CancellationToken.None);
            return new Response(pane.Pane, starter.Place(pane), card.Id, sent.Value, sent.Problem?.Message);
        }

        private async Task<Card?> ReadyAsync(PaneId pane)
        {
            var since = clock.GetTimestamp();
            while (clock.GetElapsedTime(since) < Ready)
            {
                if (CardIn(pane) is { Verdict.State: CardState.Idle or CardState.Done or CardState.NeedsYou } card && await IsDrawnAsync(pane, card.Agent))
                {
                    return card;
                }

                await Task.Delay(LookEvery, clock, CancellationToken.None);
            }

            return null;
        }

        /// <summary>An agent says that it is idle before it has drawn the box that takes a prompt.</summary>
        private async Task<bool> IsDrawnAsync(PaneId pane, string agent)
        {
            try
            {
                var seen = await looks.LookAsync(pane, agent, CancellationToken.None);
                return seen.Verdict.Dialog is not null || seen.Verdict.Input.Kind != InputBoxKind.None;
            }
            catch (Exception e) when (e is TmuxException or OperationCanceledException)
            {
                return false;
            }
        }

        private Card? CardIn(PaneId pane) => cards.All.FirstOrDefault(c => c.Pane is { } place && place.Socket == pane.Socket && place.Pane == pane.Pane);
    }
}
