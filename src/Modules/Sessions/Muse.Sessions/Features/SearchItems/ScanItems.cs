using FluentValidation;
using MediatR;
using Muse.BuildingBlocks.Results;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Search;

namespace Muse.Sessions.Features.SearchItems;

/// <summary>
/// Items that hold a part of a text or match a regular expression, found by looking through the bytes of all transcripts,
/// newest first; an event stream. <c>GET /api/search?mode=substring|regex</c>
/// </summary>
internal static class ScanItems
{
    public const string Substring = "substring";
    public const string Regex = "regex";
    private const int Longest = 500;

    public sealed record Query(string? Q, string? Mode) : IRequest<Result<ScanStream>>;

    /// <summary>How far it is; told several times a second.</summary>
    /// <param name="Hits">Sent so far.</param>
    public sealed record Progress(int FilesDone, int FilesTotal, long BytesDone, long BytesTotal, int Hits);

    /// <param name="Reason"><c>complete</c>, <c>hits</c>: as many as are sent, <c>time</c>: as long as is looked.</param>
    public sealed record Done(string Reason, Progress Progress);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Mode).Must(mode => mode is Substring or Regex).WithMessage($"Give one of {SearchItems.Words}, {Substring}, {Regex}.");
            RuleFor(q => q.Q).NotEmpty().WithMessage("Give a text to look for.").MaximumLength(Longest);
        }
    }

    public sealed class Handler(SearchSources sources, SessionReads reads, ItemReader reader, WorkCounters work, TimeProvider clock)
        : RequestHandler<Query, Result<ScanStream>>
    {
        protected override Result<ScanStream> Handle(Query query)
        {
            var (filters, text, fault) = SearchQueryParser.ParseFilters(query.Q!); // the validator saw that there is one
            if (filters is null)
            {
                return SessionProblems.BadPattern(fault ?? "");
            }

            (var pattern, fault) = query.Mode == Substring ? (TextPattern.Substring(text), null) : TextPattern.OfRegex(text);
            return pattern is null ? SessionProblems.BadPattern(fault ?? "") : new ScanStream(pattern, filters, sources, reads, reader, work, clock);
        }
    }
}
