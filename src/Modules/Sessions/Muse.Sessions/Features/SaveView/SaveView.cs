using System.ComponentModel.DataAnnotations;
using System.Web;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Curation;

namespace Muse.Sessions.Features.SaveView;

/// <summary>Keeps a filter of the list under a name. <c>PUT /api/views/{name}</c></summary>
internal static class SaveView
{
    private const int LongestName = 60;
    private const int LongestFilter = 2000;
    private static readonly string[] Known = ["agent", "project", "model", "branch", "state", "from", "to", "q", "tag", "is", "sort"];

    public sealed record Command(string Name, string Filter) : IRequest<Result<Unit>>;

    /// <param name="Filter">Parameters of <c>/api/sessions</c> as a query string; a page's cursor and limit are none of them.</param>
    public sealed record Body([property: MaxLength(LongestFilter)] string Filter);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapPut("/api/views/{name}", async (string name, Body body, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Command(name.Trim(), body.Filter ?? ""), ct)).ToHttp(_ => TypedResults.NoContent()))
            .WithName("SaveView").WithTags("Curation")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).Must(name => name.Length is > 0 and <= LongestName && !name.Any(char.IsControl))
                .WithMessage($"Give 1 to {LongestName} characters on one line.");
            RuleFor(c => c.Filter).Must(filter => filter.Length is > 0 and <= LongestFilter && IsKnown(filter))
                .WithMessage($"Give parameters of the list, such as agent=codex&is=unread: {string.Join(", ", Known)}.");
        }

        private static bool IsKnown(string filter) => HttpUtility.ParseQueryString(filter).AllKeys.All(key => key is not null && Known.Contains(key));
    }

    public sealed class Handler(CurationStore store, TimeProvider clock) : IRequestHandler<Command, Result<Unit>>
    {
        public Task<Result<Unit>> Handle(Command command, CancellationToken ct) => store.WriteAsync<Result<Unit>>(
            write =>
            {
                write["INSERT INTO sessions_views (name, filter, created_at_ms) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET filter = excluded.filter"]
                    .Bind(command.Name).Bind(command.Filter).Bind(clock.GetUtcNow().ToUnixTimeMilliseconds()).Execute();
                write.Told.Add(new("views", null));
                return Unit.Value;
            },
            ct);
    }
}
