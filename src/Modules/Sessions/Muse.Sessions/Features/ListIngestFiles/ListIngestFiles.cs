using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Features.ListIngestFiles;

/// <summary>Every transcript file and how its lines were taken. <c>GET /api/ingest/files</c></summary>
internal static class ListIngestFiles
{
    public sealed record Query(string? Agent, string? Problem) : IRequest<Result<Response[]>>;

    /// <param name="Lines">Sum of the five counts after it: each line is exactly one of them.</param>
    public sealed record Response(
        string Path, [property: AgentWord] string Agent, string SessionId, long Bytes, long CommittedBytes, long Lines, long ItemLines,
        long FoldedLines, long UnknownLines, long MalformedLines, long BlankLines, long Items, long Generation);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/ingest/files", async (
                [AgentWord] string? agent,
                [AllowedValues("true", "false"), Description("Only files with lines that were not understood.")] string? problem,
                IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(agent, problem), ct)).ToHttp(TypedResults.Ok))
            .WithName("ListIngestFiles").WithTags("Ingest")
            .Produces<Response[]>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator(IEnumerable<ITranscriptFormat> formats)
        {
            var agents = formats.Select(f => f.Agent).ToList();
            RuleFor(q => q.Agent).Must(agent => agent is null || agents.Contains(agent)).WithMessage($"Give one of {string.Join(", ", agents)}.");
            RuleFor(q => q.Problem).Must(problem => problem is null or "true" or "false").WithMessage("Give true or false.");
        }
    }

    public sealed class Handler(SessionsDbContext db) : IRequestHandler<Query, Result<Response[]>>
    {
        public async Task<Result<Response[]>> Handle(Query query, CancellationToken ct)
        {
            var transcripts = query.Agent is { } agent ? db.Transcripts.Where(t => t.Agent == agent) : db.Transcripts;
            var files = from t in transcripts
                join g in db.Generations on t.Generation equals g.Id
                orderby t.Path
                select new { t, g };
            if (query.Problem == "true")
            {
                files = files.Where(f => f.g.UnknownLines + f.g.MalformedLines > 0 || f.g.CommittedBytes < f.g.SizeBytes
                    || (f.t.Missing && !db.KeptFiles.Any(k => k.Generation == f.g.Id && !k.Dropped && k.Bytes >= f.g.CommittedBytes)));
            }

            return await files.Select(f => new Response(
                f.t.Path, f.t.Agent, f.t.SessionId, f.g.SizeBytes, f.g.CommittedBytes,
                f.g.ItemLines + f.g.FoldedLines + f.g.UnknownLines + f.g.MalformedLines + f.g.BlankLines,
                f.g.ItemLines, f.g.FoldedLines, f.g.UnknownLines, f.g.MalformedLines, f.g.BlankLines, f.g.Items, f.g.Id)).ToArrayAsync(ct);
        }
    }
}
