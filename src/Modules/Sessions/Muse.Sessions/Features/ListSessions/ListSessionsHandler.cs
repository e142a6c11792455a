using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Muse.BuildingBlocks.Results;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Features.ListSessions;

/// <summary>Pages by key: a page starts behind the last row of the one before, wherever that row is now.</summary>
internal sealed class ListSessionsHandler(SessionsDbContext db, TimeProvider clock)
    : IRequestHandler<ListSessions.Query, Result<ListSessions.Response>>
{
    public async Task<Result<ListSessions.Response>> Handle(ListSessions.Query query, CancellationToken ct)
    {
        var limit = Parameter.Limit(query.Limit, ListSessions.DefaultLimit, 200)!.Value; // the validator read it
        var sort = query.Sort ?? ListSessions.Sorts[0];
        var matching = await FilterAsync(query, ct);
        var total = await matching.CountAsync(ct);
        var rows = await Page(matching, sort, query.Cursor is null ? null : PageCursor.TryParse(query.Cursor, sort))
            .Take(limit + 1).AsNoTracking().Select(SessionWithParent.From(db)).ToListAsync(ct);
        var items = rows.Take(limit).Select(r => r.Summary(clock)).ToList();
        return new ListSessions.Response(items, rows.Count > limit ? CursorOf(rows[limit - 1].Row, sort).ToString() : null, total);
    }

    private async Task<IQueryable<SessionRow>> FilterAsync(ListSessions.Query query, CancellationToken ct)
    {
        var live = SessionSummary.LiveSince(clock);
        var rows = db.Sessions.Where(s => !s.Internal);
        rows = query.Agent is { } agent ? rows.Where(s => s.Agent == agent) : rows;
        rows = query.Project is { } project ? rows.Where(s => (s.ProjectPath ?? s.Cwd) == project) : rows;
        rows = query.Model is { } model ? rows.Where(s => s.Model == model) : rows;
        rows = query.Branch is { } branch ? rows.Where(s => s.Branch == branch) : rows;
        rows = query.State switch
        {
            "missing" => rows.Where(s => s.Missing),
            "live" => rows.Where(s => !s.Missing && s.LastAtMs >= live),
            "quiet" => rows.Where(s => !s.Missing && s.LastAtMs < live),
            _ => rows,
        };
        var from = query.From is null ? null : Parameter.Time(query.From, endOfDay: false);
        var to = query.To is null ? null : Parameter.Time(query.To, endOfDay: true);
        rows = from is { } start ? rows.Where(s => s.LastAtMs >= start) : rows;
        rows = to is { } end ? rows.Where(s => s.LastAtMs <= end) : rows;
        return string.IsNullOrWhiteSpace(query.Q) ? rows : await WithTitleAsync(rows, query.Q.Trim(), ct);
    }

    private static async Task<IQueryable<SessionRow>> WithTitleAsync(IQueryable<SessionRow> rows, string words, CancellationToken ct)
    {
        if (Ascii.IsValid(words))
        {
            var escaped = words.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");
            return rows.Where(s => EF.Functions.Like(s.Title, $"%{escaped}%", @"\"));
        }

        // SQLite folds the case of ASCII only; titles are few enough to look at here.
        var titles = await rows.Select(s => new { s.Id, s.Title }).ToListAsync(ct);
        var ids = titles.Where(t => t.Title.Contains(words, StringComparison.OrdinalIgnoreCase)).Select(t => t.Id).ToList();
        return rows.Where(s => ids.Contains(s.Id));
    }

    private static IQueryable<SessionRow> Page(IQueryable<SessionRow> rows, string sort, PageCursor? after)
    {
        if (sort == "title")
        {
            return (after is null ? rows : rows.Where(s =>
                    string.Compare(EF.Functions.Collate(s.Title, "NOCASE"), after.Key) > 0
                    || (EF.Functions.Collate(s.Title, "NOCASE") == after.Key && string.Compare(s.Id, after.Id) > 0)))
                .OrderBy(s => EF.Functions.Collate(s.Title, "NOCASE")).ThenBy(s => s.Id);
        }

        var key = NumberOf(sort);
        if (after is not null)
        {
            var (number, id) = (after.Number, after.Id);
            rows = rows.Where(Behind(key, number, id));
        }

        return rows.OrderByDescending(key).ThenByDescending(s => s.Id);
    }

    private static Expression<Func<SessionRow, long>> NumberOf(string sort) => sort switch
    {
        "started" => s => s.StartedAtMs ?? 0,
        "size" => s => s.SizeBytes,
        "prompts" => s => s.Prompts,
        _ => s => s.LastAtMs,
    };

    /// <summary><c>key &lt; number or (key = number and id &lt; id)</c> for any of the keys.</summary>
    private static Expression<Func<SessionRow, bool>> Behind(Expression<Func<SessionRow, long>> key, long number, string id)
    {
        var row = key.Parameters[0];
        Expression<Func<long>> limit = () => number;
        Expression<Func<SessionRow, bool>> smallerId = s => string.Compare(s.Id, id) < 0;
        var idBody = new Swap(smallerId.Parameters[0], row).Visit(smallerId.Body);
        return Expression.Lambda<Func<SessionRow, bool>>(
            Expression.OrElse(
                Expression.LessThan(key.Body, limit.Body),
                Expression.AndAlso(Expression.Equal(key.Body, limit.Body), idBody)),
            row);
    }

    private static PageCursor CursorOf(SessionRow row, string sort) => new(
        sort, sort == "title" ? row.Title : NumberOf(sort).Compile()(row).ToString(CultureInfo.InvariantCulture), row.Id);

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
