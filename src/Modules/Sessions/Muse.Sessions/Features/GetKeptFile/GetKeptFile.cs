using System.Globalization;
using Carter;
using FluentValidation;
using IResult = Microsoft.AspNetCore.Http.IResult;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Archive;

namespace Muse.Sessions.Features.GetKeptFile;

/// <summary>The plain bytes of a kept transcript. <c>GET /api/archive/files/{file}</c></summary>
internal static class GetKeptFile
{
    public sealed record Query(string File) : IRequest<Result<Content>>;

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/archive/files/{file}", async (string file, IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(file), ct)).ToHttp(content => content))
            .WithName("GetKeptFile").WithTags("Archive")
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.File).Must(file => long.TryParse(file, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .WithMessage("Give the id of a file that GET /api/archive/files lists.");
    }

    public sealed class Handler(TranscriptArchive archive) : RequestHandler<Query, Result<Content>>
    {
        protected override Result<Content> Handle(Query request)
        {
            var id = long.Parse(request.File, CultureInfo.InvariantCulture); // the validator read it
            return archive.All().Find(k => k.Id == id && !k.Dropped) is { } kept && archive.Open(kept) is { } bytes
                ? new Content(bytes)
                : SessionProblems.KeptFileNotFound(request.File);
        }
    }

    /// <summary>Writes itself frame by frame; ends early where a frame is damaged, which the length tells.</summary>
    public sealed class Content(KeptBytes bytes) : IResult
    {
        private const int Piece = 64 << 10;

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            using (bytes)
            {
                var response = httpContext.Response;
                response.ContentType = "text/plain; charset=utf-8";
                response.ContentLength = bytes.Length;
                response.Headers.XContentTypeOptions = "nosniff";
                for (var offset = 0L; offset < bytes.Length;)
                {
                    var got = bytes.Read(offset, response.BodyWriter.GetSpan(Piece)[..Piece]);
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
