using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Carter;
using FluentValidation;
using IResult = Microsoft.AspNetCore.Http.IResult;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;

namespace Muse.Sessions.Features.GetRawItem;

/// <summary>An item's line, or its result's, as it is on disk. <c>GET /api/sessions/{id}/items/{item}/raw</c></summary>
internal static class GetRawItem
{
    public sealed record Query(string Id, string Item, string? Part, string? Agent) : IRequest<Result<RawLine>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/items/{item}/raw", async (
                string id, string item, [AllowedValues("call", "result"), DefaultValue("call")] string? part, [Description(Parameter.AgentWords)] string? agent,
                IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id, item, part, agent), ct)).ToHttp(line => line))
            .WithName("GetRawItem").WithTags("Sessions")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Item).Must(Parameter.IsItem).WithMessage(Parameter.ItemHint);
            RuleFor(q => q.Part).Must(part => part is null or "call" or "result").WithMessage("Give call or result.");
        }
    }

    public sealed class Handler(ItemFinder finder) : RequestHandler<Query, Result<RawLine>>
    {
        protected override Result<RawLine> Handle(Query request)
        {
            var result = finder.Find(request.Id, request.Agent, request.Item);
            if (result.IsFailed)
            {
                return result.Problem;
            }

            var found = result.Value;
            var range = request.Part == "result" ? ResultOf(found) : new LineRange(found.Item.Offset, found.Item.Length);
            if (range is { } line && found.Lines is { } lines && lines.Length >= line.End)
            {
                return new RawLine(lines, line);
            }

            found.Dispose();
            return range is null ? SessionProblems.ResultNotFound(request.Item) : SessionProblems.TranscriptGone();
        }

        private static LineRange? ResultOf(FoundItem found) =>
            found.Item.ResultOffset is { } offset ? new LineRange(offset, found.Item.ResultLength) : null;
    }

    /// <summary>Copies the line from the file to the client piece by piece: it may be hundreds of megabytes.</summary>
    public sealed class RawLine(TranscriptLines lines, LineRange range) : IResult
    {
        private const int Piece = 64 << 10;

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            using (lines)
            {
                var response = httpContext.Response;
                response.ContentType = "text/plain; charset=utf-8";
                response.ContentLength = range.Length;
                response.Headers.XContentTypeOptions = "nosniff";
                for (var offset = range.Offset; offset < range.End;)
                {
                    var wanted = (int)Math.Min(Piece, range.End - offset);
                    var got = lines.Read(offset, response.BodyWriter.GetSpan(wanted)[..wanted]);
                    if (got == 0)
                    {
                        httpContext.Abort();
                        return;
                    }

                    response.BodyWriter.Advance(got);
                    await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
                    offset += got;
                }
            }
        }
    }
}
