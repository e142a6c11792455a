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
using Muse.Sessions.Export;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Features.ExportSession;

/// <summary>
/// A session as one file to keep or to give away: a page, a Markdown document or JSON, secrets masked.
/// <c>GET /api/sessions/{id}/export</c>
/// </summary>
internal static class ExportSession
{
    public sealed record Query(string Id, string? Format, string? Tools, string? Subagents, string? Mask) : IRequest<Result<ExportFile>>;

    /// <summary>What <c>format=json</c> gives; the other formats say the same to people.</summary>
    /// <param name="Masked">Secrets are masked, also in texts that were cut within one.</param>
    /// <param name="OtherAgents">Subagents that no known call started.</param>
    /// <param name="Whole">False if the transcript goes on behind what was read of it by then.</param>
    public sealed record Response(
        long ExportedAtMs, bool Tools, bool Subagents, bool Masked, IReadOnlyList<ExportedSecret> Secrets, SessionSummary Session,
        IReadOnlyList<Entry> Items, IReadOnlyList<AgentEntry> OtherAgents, bool Whole);

    /// <param name="Body">Of a tool call; absent without tools.</param>
    /// <param name="Agent">The subagent that the call started; absent if it started none.</param>
    public sealed record Entry(ItemView Item, JsonExport.Body? Body, AgentEntry? Agent);

    public sealed record AgentEntry(string AgentId, string? Type, string? Description, IReadOnlyList<Entry> Items);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/sessions/{id}/export", async (
                string id,
                [AllowedValues("html", "md", "json"), DefaultValue("html"), Description("A page that needs nothing else, Markdown, or JSON.")] string? format,
                [AllowedValues("true", "false"), DefaultValue("true"), Description("With inputs and outputs of tools.")] string? tools,
                [AllowedValues("true", "false"), DefaultValue("true"), Description("With the conversations of subagents.")] string? subagents,
                [AllowedValues("true", "false"), DefaultValue("true"), Description("With secrets masked.")] string? mask,
                IMediator mediator, CancellationToken ct) =>
                (await mediator.Send(new Query(id, format, tools, subagents, mask), ct)).ToHttp(file => file))
            .WithName("ExportSession").WithTags("Sessions")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Format).Must(format => format is null or "html" or "md" or "json").WithMessage("Give html, md or json.");
            RuleFor(q => q.Tools).Must(Parameter.IsFlag).WithMessage(Parameter.FlagHint);
            RuleFor(q => q.Subagents).Must(Parameter.IsFlag).WithMessage(Parameter.FlagHint);
            RuleFor(q => q.Mask).Must(Parameter.IsFlag).WithMessage(Parameter.FlagHint);
        }
    }

    public sealed class Handler(SessionReads reads, ItemReader reader, TimeProvider clock) : RequestHandler<Query, Result<ExportFile>>
    {
        protected override Result<ExportFile> Handle(Query request)
        {
            if (reads.Session(request.Id) is not { } session)
            {
                return SessionProblems.NotFound(request.Id);
            }

            var choice = new ExportChoice(Parameter.Flag(request.Tools, true), Parameter.Flag(request.Subagents, true), Parameter.Flag(request.Mask, true));
            var walk = new ExportWalk(reads, reader, reads.Transcript(request.Id, null), request.Id, choice);
            return new ExportFile(walk, session.Summary(clock), choice, request.Format ?? "html", clock.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    /// <summary>A name that every file system takes, of what the session is called.</summary>
    public static string FileName(SessionSummary session, string extension)
    {
        var words = session.Title.Normalize().ToLower(CultureInfo.InvariantCulture).Split(NotInNames(session.Title), StringSplitOptions.RemoveEmptyEntries);
        var name = string.Join('-', words);
        name = name.Length > 60 ? name[..60].TrimEnd('-') : name;
        return $"{(name.Length > 0 ? name : "session")}-{session.Id[..Math.Min(8, session.Id.Length)]}.{extension}";
    }

    private static char[] NotInNames(string title) => [.. title.Normalize().ToLower(CultureInfo.InvariantCulture).Where(c => !char.IsAsciiLetterOrDigit(c)).Distinct()];
}
