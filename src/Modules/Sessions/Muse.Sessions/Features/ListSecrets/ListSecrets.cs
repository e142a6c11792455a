using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Export;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Features.ListSecrets;

/// <summary>What an export of the session would mask: kinds, numbers and places, never a secret. <c>GET /api/sessions/{id}/export/secrets</c></summary>
internal static class ListSecrets
{
    public sealed record Query(string Id, string? Tools, string? Subagents) : IRequest<Result<Response>>;

    /// <param name="Places">How often something would be masked.</param>
    public sealed record Response(long Places, IReadOnlyList<ExportedSecret> Secrets);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/export/secrets", async (
                string id,
                [AllowedValues("true", "false"), DefaultValue("true"), Description("With inputs and outputs of tools.")] string? tools,
                [AllowedValues("true", "false"), DefaultValue("true"), Description("With the conversations of subagents.")] string? subagents,
                IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id, tools, subagents), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListSecrets").WithTags("Sessions")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Tools).Must(Parameter.IsFlag).WithMessage(Parameter.FlagHint);
            RuleFor(q => q.Subagents).Must(Parameter.IsFlag).WithMessage(Parameter.FlagHint);
        }
    }

    public sealed class Handler(SessionReads reads, ItemReader reader, TimeProvider clock) : IRequestHandler<Query, Result<Response>>
    {
        public async Task<Result<Response>> Handle(Query query, CancellationToken ct)
        {
            if (reads.Session(query.Id) is not { } session)
            {
                return SessionProblems.NotFound(query.Id);
            }

            var choice = new ExportChoice(Parameter.Flag(query.Tools, true), Parameter.Flag(query.Subagents, true), Mask: true);
            var mask = new ExportMask(isOn: true);
            mask.Session(session.Summary(clock));
            await new ExportWalk(reads, reader, reads.Transcript(query.Id, null), query.Id, choice).WriteAsync(
                new NoExport(),
                mask,
                stop =>
                {
                    stop.ThrowIfCancellationRequested();
                    return ValueTask.CompletedTask;
                },
                ct);
            return new Response(mask.Masked.Total, [.. mask.Masked.All.Select(ExportedSecret.Of)]);
        }
    }
}
