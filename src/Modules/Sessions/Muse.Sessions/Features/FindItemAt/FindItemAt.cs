using System.ComponentModel;
using System.Globalization;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Features.FindItemAt;

/// <summary>
/// Where a transcript stood at a time: the item of a response of which only its time is known.
/// <c>GET /api/sessions/{id}/at</c>
/// </summary>
internal static class FindItemAt
{
    public sealed record Query(string Id, string? Agent, string? Ms) : IRequest<Result<Response>>;

    /// <param name="Item">The last item of that time or before, else the first; null while none is read.</param>
    public sealed record Response(string? Item);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/at", async (
                string id,
                [Description("UTC milliseconds since 1970.")] string? ms,
                [Description(Parameter.AgentWords)] string? agent,
                IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(id, agent, ms), ct)).ToHttp(TypedResults.Ok))
            .WithName("FindItemAt").WithTags("Sessions")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Id).NotEmpty().MaximumLength(64);
            RuleFor(q => q.Ms).Must(ms => Time(ms) is not null).WithMessage("Give milliseconds since 1970, such as 1767225600000.");
        }
    }

    public sealed class Handler(SessionReads reads) : RequestHandler<Query, Result<Response>>
    {
        protected override Result<Response> Handle(Query request)
        {
            var expected = reads.ExpectTranscript(request.Id, request.Agent);
            return expected.IsFailed ? expected.Problem
                : new Response(reads.OrdinalAt(expected.Value, Time(request.Ms)!.Value) is { } ordinal ? ItemRef.Text(ordinal) : null); // the validator read it
        }
    }

    private static long? Time(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms) ? ms : null;
}
