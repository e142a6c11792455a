using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Archive;
using Muse.Sessions.Domain;
using Muse.Sessions.Ingest;

namespace Muse.Sessions.Features.ListKeptFiles;

/// <summary>The transcripts that are kept, oldest first. <c>GET /api/archive/files</c></summary>
internal static class ListKeptFiles
{
    public sealed record Query : IRequest<Result<Response[]>>;

    /// <param name="Path">Where its agent had it.</param>
    /// <param name="Root">Folder of the agent that it stands under.</param>
    /// <param name="File">File of frames in the archive's folder; <c>zstd -dc</c> gives the transcript.</param>
    /// <param name="ChangedAtMs">Last change of the source.</param>
    /// <param name="OnlyHere">Its source is gone.</param>
    public sealed record Response(
        long Id, [property: AgentWord] string Agent, string Path, string Root, string File, long Bytes, long StoredBytes, long ChangedAtMs, bool OnlyHere);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/archive/files", async (IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListKeptFiles").WithTags("Archive")
            .Produces<Response[]>();
    }

    public sealed class Handler(TranscriptArchive archive) : RequestHandler<Query, Result<Response[]>>
    {
        protected override Result<Response[]> Handle(Query request) => archive.All().Where(k => !k.Dropped).Select(k => new Response(
            k.Id, k.Agent, k.Path, k.Root, k.File, k.Bytes, k.StoredBytes, k.Stamp.ModifiedMs, FileStamp.Of(PackedFile.Located(k.Path)) is null)).ToArray();
    }
}
