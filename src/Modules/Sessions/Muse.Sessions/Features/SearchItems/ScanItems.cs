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
    private const int MostSessions = 100;

    public sealed record Query(string? Q, string? Mode, string? Limit, string? Cursor) : IRequest<Result<ScanStream>>;

    /// <summary>How far it is; told several times a second.</summary>
    /// <param name="Hits">Sent so far.</param>
    public sealed record Progress(int FilesDone, int FilesTotal, long BytesDone, long BytesTotal, int Hits);

    /// <param name="Reason">
    /// <c>complete</c>, <c>hits</c>: as many as are sent, <c>limit</c>: as many sessions as were asked for, <c>time</c>: as long as is looked.
    /// </param>
    /// <param name="NextCursor">Give it as <c>cursor</c> to look on from there; null if everything was looked at.</param>
    /// <param name="Missing">Transcripts whose file is gone: only previews of their items were looked at.</param>
    /// <param name="Unread">Transcripts that are there and could not be read.</param>
    /// <param name="TooLong">Items of which could not be told in time whether the pattern stands in them.</param>
    public sealed record Done(string Reason, Progress Progress, string? NextCursor, int Missing, int Unread, int TooLong);

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Mode).Must(mode => mode is Substring or Regex).WithMessage($"Give one of {SearchItems.Words}, {Substring}, {Regex}.");
            RuleFor(q => q.Q).NotEmpty().WithMessage("Give a text to look for.").MaximumLength(Longest);
            RuleFor(q => q.Limit).Must(limit => Parameter.Limit(limit, MostSessions, MostSessions) is not null).WithMessage($"Give a number from 1 to {MostSessions}.");
            RuleFor(q => q.Cursor).Must(cursor => cursor is null || ScanCursor.TryParse(cursor) is not null)
                .WithMessage("Give the nextCursor of a look for the same, unchanged.");
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
            if (pattern is null)
            {
                return SessionProblems.BadPattern(fault ?? "");
            }

            // Without a limit it ends where as many hits are found as are sent.
            var most = query.Limit is null ? int.MaxValue : Parameter.Limit(query.Limit, MostSessions, MostSessions)!.Value; // the validator read it
            var after = query.Cursor is null ? null : ScanCursor.TryParse(query.Cursor);
            return new ScanStream(new ScanRequest(pattern, filters, after, most), sources, reads, reader, work, clock);
        }
    }
}
