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
using Muse.Sessions.Search;

namespace Muse.Sessions.Features.SearchItems;

/// <summary>
/// Items of all sessions that hold some words, tool calls and their output included; the newest first, prompts and
/// replies before output. <c>GET /api/search</c>
/// </summary>
internal static class SearchItems
{
    public const int DefaultLimit = 12;
    public const string Words = "words";

    public sealed record Query(string? Q, string? Limit, string? Cursor) : IRequest<Result<Response>>;

    /// <param name="NextCursor">Give it as <c>cursor</c> for what comes behind; null if nothing does.</param>
    /// <param name="Bounded">It was not looked further than this for now: <c>nextCursor</c> goes on.</param>
    /// <param name="Progress">While not everything is searchable, older hits may be missing.</param>
    public sealed record Response(IReadOnlyList<Group> Groups, string? NextCursor, bool Bounded, SearchProgress Progress);

    /// <summary>Hits of one session, the best first.</summary>
    /// <param name="More">Further hits that were passed on the way.</param>
    /// <param name="AtLeast">There may be more than that: a look through the bytes does not count further.</param>
    public sealed record Group(SessionSummary Session, IReadOnlyList<Hit> Hits, int More, bool AtLeast);

    /// <param name="Id">Of the item in its transcript.</param>
    /// <param name="AgentId">The subagent whose transcript it stands in.</param>
    /// <param name="Name">Of the tool, where it is one.</param>
    /// <param name="Link">Address of the item in the client.</param>
    public sealed record Hit(
        string Id, string? AgentId, [property: KindWord] string Kind, string? Name, long? AtMs, string Snippet, IReadOnlyList<SearchSnippet.Mark> Marks,
        string Link);

    public sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) => app
            .MapGet("/api/search", async (
                [Required, StringLength(SearchQueryParser.Longest, MinimumLength = 1)]
                [Description("Words, \"a phrase\", prefix*, -without, and the filters project: agent: model: tool: file: before: after: is:error has:commit role:.")]
                string? q,
                [AllowedValues(Words, ScanItems.Substring, ScanItems.Regex), DefaultValue(Words)]
                [Description("substring and regex look through the bytes and answer an event stream of hits, progress and done; what is no filter is taken as it stands, and is\\:error is no filter.")]
                string? mode,
                [Range(1, 100), DefaultValue("12"), Description("Sessions on a page. A look through the bytes without it ends at 500 hits.")] string? limit,
                [Description("The nextCursor of the answer before, or of done, with all else unchanged.")] string? cursor,
                IMediator mediator, CancellationToken ct) => mode is null or Words
                    ? (await mediator.Send(new Query(q, limit, cursor), ct)).ToHttp(TypedResults.Ok)
                    : (await mediator.Send(new ScanItems.Query(q, mode, limit, cursor), ct)).ToHttp(stream => stream))
            .WithName("SearchItems").WithTags("Search")
            .Produces<Response>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Q).NotEmpty().WithMessage("Give words to look for.")
                .MaximumLength(SearchQueryParser.Longest)
                .Custom((text, context) =>
                {
                    if (text is { Length: > 0 and <= SearchQueryParser.Longest } && SearchQueryParser.Parse(text).Fault is { } fault)
                    {
                        context.AddFailure(fault);
                    }
                });
            RuleFor(q => q.Limit).Must(limit => Parameter.Limit(limit, DefaultLimit, 100) is not null).WithMessage("Give a number from 1 to 100.");
            RuleFor(q => q.Cursor).Must(cursor => cursor is null || SearchPlace.TryParse(cursor) is not null)
                .WithMessage("Give the nextCursor of an answer to the same words, unchanged.");
        }
    }
}
