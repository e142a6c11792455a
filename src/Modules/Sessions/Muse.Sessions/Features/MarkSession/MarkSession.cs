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

                if (Set(write, command))
                {
                    write.Touch(command.Id);
                }

                return Unit.Value;
            },
            ct);

        /// <returns>False if it was so already: then nobody needs to hear of it.</returns>
        private bool Set(CurationWrite write, Command command)
        {
            const string make = "INSERT INTO sessions_curation (session_id, pinned, starred, archived, revision) VALUES (?, 0, 0, 0, 0) ON CONFLICT DO NOTHING";
            write[make].Bind(command.Id).Execute();
            if (command.Mark == "read")
            {
                // What was written up to now, whatever the clock of who wrote it; a record that comes later makes it unread again.
                return write["""
                    UPDATE sessions_curation SET read_at_ms = CASE WHEN ?2 THEN max(?3, (SELECT last_at_ms FROM sessions_sessions WHERE id = ?1)) ELSE 0 END
                    WHERE session_id = ?1 AND ?2 = ((SELECT last_at_ms FROM sessions_sessions WHERE id = ?1)
                      > coalesce(read_at_ms, (SELECT at_ms FROM sessions_read_start)))
                    """].Bind(command.Id).Bind(command.On ? 1 : 0).Bind(clock.GetUtcNow().ToUnixTimeMilliseconds()).Execute() > 0;
            }

            var on = command.On ? 1 : 0;
            var sql = command.Mark switch
            {
                "pin" => "UPDATE sessions_curation SET pinned = ? WHERE session_id = ? AND pinned <> ?",
                "star" => "UPDATE sessions_curation SET starred = ? WHERE session_id = ? AND starred <> ?",
                _ => "UPDATE sessions_curation SET archived = ? WHERE session_id = ? AND archived <> ?",
            };
            return write[sql].Bind(on).Bind(command.Id).Bind(on).Execute() > 0;
        }
    }
}
