using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Features.GetItemImage;

/// <summary>One image of an item. <c>GET /api/sessions/{id}/items/{item}/images/{n}</c></summary>
internal static class GetItemImage
{
    public sealed record Query(string Id, string Item, string Index, string? Agent) : IRequest<Result<ImageBytes>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/items/{item}/images/{index}", async (
                string id, string item, [Range(0, int.MaxValue)] string index, [Description(Parameter.AgentWords)] string? agent,
                HttpContext context, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id, item, index, agent), ct)).ToHttp(image =>
                {
                    context.Response.Headers.XContentTypeOptions = "nosniff";
                    context.Response.Headers.CacheControl = "private, max-age=3600";
                    return TypedResults.Bytes(image.Data, image.MediaType);
                }))
            .WithName("GetItemImage").WithTags("Sessions")
            .Produces<byte[]>(StatusCodes.Status200OK, "image/png", "image/jpeg", "image/gif", "image/webp")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Item).Must(Parameter.IsItem).WithMessage(Parameter.ItemHint);
            RuleFor(q => q.Index).Must(index => int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .WithMessage("Give the image's number, from 0.");
        }
    }

    public sealed class Handler(ItemFinder finder) : RequestHandler<Query, Result<ImageBytes>>
    {
        protected override Result<ImageBytes> Handle(Query request)
        {
            var result = finder.Find(request.Id, request.Agent, request.Item);
            if (result.IsFailed)
            {
                return result.Problem;
            }

            using var found = result.Value;
            if (found.Lines is not { } lines || found.Format is not { } format)
            {
                return SessionProblems.TranscriptGone();
            }

            var index = int.Parse(request.Index, CultureInfo.InvariantCulture);
            var answer = lines.Copy(found.Item.ResultOffset, found.Item.ResultLength);
            var line = lines.Line(found.Item.Offset, found.Item.Length);
            if (line.IsEmpty)
            {
                return SessionProblems.TranscriptGone();
            }

            return format.ReadImage(found.Item, index, line, answer) is { } image && ImageKind.Of(image.Data) is { } mediaType
                ? new ImageBytes(mediaType, image.Data)
                : SessionProblems.ImageNotFound(request.Item, index);
        }
    }
}
