using System.ComponentModel.DataAnnotations;
using Carter;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Archive;
using Muse.Sessions.Domain;
using Muse.Sessions.Ingest;

namespace Muse.Sessions.Features.GetArchive;

/// <summary>What is kept of transcripts, what is being done, and what is about to be lost. <c>GET /api/archive</c></summary>
internal static class GetArchive
{
    public sealed record Query : IRequest<Result<Response>>;

    /// <param name="State"><c>off</c>: nothing new is kept, by the settings.</param>
    /// <param name="Reason">Why it is paused, and what to do.</param>
    /// <param name="Folder">Where the files of frames are.</param>
    /// <param name="Files">Transcripts that are kept, with earlier lives of files that were rewritten.</param>
    /// <param name="OnlyHere">Of these, those whose source is gone.</param>
    /// <param name="Dropped">Given up by the rules of retention.</param>
    /// <param name="Bytes">Plain bytes kept.</param>
    /// <param name="StoredBytes">What they take on the disk.</param>
    /// <param name="FilesLeft">Quiet transcripts of which something is not kept yet.</param>
    /// <param name="LastAtMs">When a look for what is to be kept last came to its end; null if none has since the start.</param>
    public sealed record Response(
        [property: AllowedValues("idle", "keeping", "paused", "off")] string State, string? Reason, string Folder, int Files, int OnlyHere, int Dropped, long Bytes,
        long StoredBytes, int FilesLeft, long BytesLeft, long? LastAtMs, Retention Retention, IReadOnlyList<CleanupWarning> Warnings);

    /// <param name="Days">Kept for so many days after the last change; null for ever.</param>
    /// <param name="Megabytes">On the disk at most; null for as much as there is room.</param>
    public sealed record Retention(int? Days, long? Megabytes);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/archive", async (IMediator mediator, CancellationToken ct) => (await mediator.Send(new Query(), ct)).ToHttp(TypedResults.Ok))
            .WithName("GetArchive").WithTags("Archive")
            .Produces<Response>();
    }

    public sealed class Handler(TranscriptArchive archive, Archiver archiver, CleanupWatch watch, IOptions<ArchiveOptions> options)
        : RequestHandler<Query, Result<Response>>
    {
        protected override Result<Response> Handle(Query request)
        {
            var kept = archive.All().ToLookup(k => k.Dropped);
            var run = archiver.Run;
            return new Response(
                options.Value.Enabled ? run.State : "off", run.Reason, archive.Folder, kept[false].Count(),
                kept[false].Count(k => FileStamp.Of(PackedFile.Located(k.Path)) is null), kept[true].Count(), kept[false].Sum(k => k.Bytes),
                kept[false].Sum(k => k.StoredBytes), run.FilesLeft, run.BytesLeft, run.LastAtMs,
                new Retention(options.Value.KeepDays, options.Value.KeepMegabytes), watch.Warnings());
        }
    }
}
