using System.Globalization;
using System.Text.Json;
using MediatR;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Contracts.Insights;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Features.ListSessions;

/// <summary>Pages by key: a page starts behind the last row of the one before, wherever that row is now.</summary>
internal sealed class ListSessionsHandler(SessionReads reads, SessionTags tags, IQuestions questions, TimeProvider clock)
    : IRequestHandler<ListSessions.Query, Result<ListSessions.Response>>
{
    private const int MostPinned = 1000;

    public async Task<Result<ListSessions.Response>> Handle(ListSessions.Query request, CancellationToken cancellationToken)
    {
        var limit = Parameter.Limit(request.Limit, ListSessions.DefaultLimit, 200)!.Value; // the validator read it
        var sort = request.Sort ?? ListSessions.Sorts[0];
        var matching = Filter(request);
        var total = (int)reads.CountSessions(matching);
        var after = request.Cursor is null ? null : PageCursor.TryParse(request.Cursor, sort);
        return sort == "cost"
            ? await ByCostAsync(matching, total, after, limit, cancellationToken)
            : await ByColumnAsync(request, matching, total, sort, after, limit, cancellationToken);
    }

    private async Task<ListSessions.Response> ByColumnAsync(
        ListSessions.Query request, SqlFilter matching, int total, string sort, PageCursor? after, int limit, CancellationToken ct)
    {
        // Pinned ones stand before the first page of the usual order and on no other, so that pages go by the index all the same.
        List<SessionWithParent> pinned = sort == "recent" && after is null
            ? reads.Sessions(Filter(request).And("s.id IN (SELECT session_id FROM sessions_curation WHERE pinned)"), "s.last_at_ms DESC, s.id DESC", MostPinned)
            : [];
        _ = sort == "recent" ? matching.And("coalesce(c.pinned, 0) = 0") : matching;
        var order = Behind(matching, sort, after);
        var rows = reads.Sessions(matching, order, limit + 1);
        var items = pinned.Concat(rows.Take(limit)).Select(r => r.Summary(clock)).ToList();
        var costs = await questions.AskAsync(new CostsOfSessions([.. items.Select(i => i.Id)]), ct);
        return new ListSessions.Response(items, rows.Count > limit ? CursorOf(rows[limit - 1], sort).ToString() : null, total, Told(costs));
    }

    /// <summary>What a session costs is another module's to know: its sums are asked for once, and put in order here.</summary>
    private async Task<ListSessions.Response> ByCostAsync(SqlFilter matching, int total, PageCursor? after, int limit, CancellationToken ct)
    {
        var costs = await questions.AskAsync(new CostsOfSessions(null), ct);
        var order = reads.Ids(matching).Select(id => (Cost: costs.GetValueOrDefault(id).CostMicroUsd, Id: id))
            .Where(s => after is null || s.Cost < after.Number || (s.Cost == after.Number && string.CompareOrdinal(s.Id, after.Id) < 0))
            .OrderByDescending(s => s.Cost).ThenByDescending(s => s.Id, StringComparer.Ordinal)
            .Take(limit + 1).ToList();
        var page = order.Take(limit).Select(s => s.Id).ToList();
        var rows = reads.Sessions(new SqlFilter("1").And("s.id IN (SELECT value FROM json_each(?))", JsonSerializer.Serialize(page)), "s.id", limit)
            .ToDictionary(r => r.Row.Id, StringComparer.Ordinal);
        var next = order.Count > limit ? new PageCursor("cost", order[limit - 1].Cost.ToString(CultureInfo.InvariantCulture), order[limit - 1].Id) : null;
        return new ListSessions.Response(
            [.. page.Where(rows.ContainsKey).Select(id => rows[id].Summary(clock))],
            next?.ToString(),
            total,
            Told(costs.Where(c => rows.ContainsKey(c.Key))));
    }

    private static Dictionary<string, ListSessions.Cost> Told(IEnumerable<KeyValuePair<string, SessionCost>> costs) =>
        costs.ToDictionary(c => c.Key, c => new ListSessions.Cost(c.Value.CostMicroUsd, c.Value.UnpricedResponses), StringComparer.Ordinal);

    private SqlFilter Filter(ListSessions.Query query)
    {
        var filter = new SessionFilter(query.Agent, query.Project, query.Model, query.Branch, query.State, query.From, query.To, query.Q)
            .ToSql(clock, reads.Titles);
        var marks = query.Is?.Split(',') ?? [];
        filter.And(marks.Contains("archived") ? "c.archived" : "coalesce(c.archived, 0) = 0");
        _ = marks.Contains("unread") ? filter.And(SessionReads.IsUnread) : filter;
        _ = marks.Contains("starred") ? filter.And("c.starred") : filter;
        _ = marks.Contains("pinned") ? filter.And("c.pinned") : filter;
        return query.Tag is null
            ? filter
            : filter.And("s.id IN (SELECT value FROM json_each(?))", JsonSerializer.Serialize(tags.Carrying(TagName.TryParse(query.Tag)!))); // the validator read it
    }

    /// <summary>Leaves what is behind the cursor, and says how to sort it.</summary>
    private static string Behind(SqlFilter filter, string sort, PageCursor? after)
    {
        if (sort == "title")
        {
            _ = after is null ? filter : filter.And($"({SessionFilter.Title} COLLATE NOCASE, s.id) > (?, ?)", after.Key, after.Id);
            return $"{SessionFilter.Title} COLLATE NOCASE, s.id";
        }

        var key = sort switch
        {
            "started" => "coalesce(s.started_at_ms, 0)",
            "size" => "s.size_bytes",
            "prompts" => "s.prompts",
            _ => "s.last_at_ms",
        };
        _ = after is null ? filter : filter.And($"({key}, s.id) < (?, ?)", after.Number, after.Id);
        return $"{key} DESC, s.id DESC";
    }

    private static PageCursor CursorOf(SessionWithParent session, string sort)
    {
        var row = session.Row;
        var number = sort switch
        {
            "started" => row.StartedAtMs ?? 0,
            "size" => row.SizeBytes,
            "prompts" => row.Prompts,
            _ => row.LastAtMs,
        };
        return new PageCursor(sort, sort == "title" ? session.Marks.OwnTitle ?? row.Title : number.ToString(CultureInfo.InvariantCulture), row.Id);
    }
}
