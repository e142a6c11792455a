using MediatR;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Contracts.Sessions;
using Muse.Insights.Domain;
using Muse.Insights.Persistence;
using Muse.Insights.Prices;

namespace Muse.Insights.Features.ListResponses;

/// <summary>Pages by key: a page starts behind the last row of the one before, wherever that row is now.</summary>
internal sealed class ListResponsesHandler(MuseDatabase database, PriceSheet prices, IQuestions questions, TimeProvider clock)
    : IRequestHandler<ListResponses.Query, Result<ListResponses.Response>>
{
    private const string Columns = """
        u.identity, u.at_ms, u.agent, u.session_id, u.agent_id, u.project_path, u.model, u.input_tokens, u.cache_write5m_tokens,
        u.cache_write1h_tokens, u.cache_read_tokens, u.output_tokens, u.reasoning_tokens, u.web_searches, u.sidechain, u.fast, u.cost_micro_usd,
        u.stated_at_ms
        """;

    private static readonly string Sums = $"""
        count(*), coalesce(sum({Spend.Sane("u.input_tokens")} + {Spend.Sane("u.cache_write5m_tokens")} + {Spend.Sane("u.cache_write1h_tokens")} + {Spend.Sane("u.cache_read_tokens")}), 0),
        coalesce(sum({Spend.Sane("u.output_tokens")}), 0), coalesce(sum(u.cost_micro_usd), 0), count(*) - count(u.cost_micro_usd)
        """;

    public async Task<Result<ListResponses.Response>> Handle(ListResponses.Query request, CancellationToken cancellationToken)
    {
        var zone = request.Zone is null ? clock.LocalTimeZone : TimeZoneInfo.FindSystemTimeZoneById(request.Zone);
        var limit = ListResponses.Limit(request.Limit) ?? ListResponses.DefaultLimit;
        var sort = request.Sort ?? ListResponses.Sorts[0];
        var (rows, sums) = Read(request, new ZoneDays(zone), sort, limit + 1);
        var page = rows.Take(limit).ToList();
        var sessions = page.Select(r => r.SessionId).Distinct(StringComparer.Ordinal).ToList();
        var titles = sessions.Count == 0 ? null : await questions.AskAsync(new TitlesOfSessions(sessions), cancellationToken);
        return new ListResponses.Response(
            zone.Id,
            [.. page.Select(r => titles?.TryGetValue(r.SessionId, out var title) == true ? r with { Title = title } : r)],
            sums,
            rows.Count > limit ? new RowCursor(sort, page[^1].AtMs, page[^1].CostMicroUsd ?? -1, page[^1].Id).ToString() : null,
            new ListResponses.PricesUsed(prices.Version, prices.Date));
    }

    private (List<ListResponses.Row> Rows, ListResponses.Sums Totals) Read(ListResponses.Query request, ZoneDays days, string sort, int most)
    {
        using var reader = database.Read();
        var matching = Matching(request, days, ZoneDays.FutureMs(clock));
        var sums = matching.BindTo(reader.Query($"SELECT {Sums} FROM insights_usage u WHERE {matching.Sql}")).First(row =>
            new ListResponses.Sums(row.Number(0), row.Number(1), row.Number(2), row.Number(3), row.Number(4)))!; // sums have always a row
        string[] keys = sort == "cost" ? ["coalesce(u.cost_micro_usd, -1)", "u.at_ms", "u.identity"] : ["u.at_ms", "u.identity"];
        if (request.Cursor is not null && RowCursor.TryParse(request.Cursor, sort) is { } after)
        {
            _ = sort == "cost"
                ? matching.And($"({string.Join(", ", keys)}) < (?, ?, ?)", after.Cost, after.AtMs, after.Identity)
                : matching.And($"({string.Join(", ", keys)}) < (?, ?)", after.AtMs, after.Identity);
        }

        var order = string.Join(", ", keys.Select(key => $"{key} DESC"));
        return (matching.BindTo(reader.Query($"SELECT {Columns} FROM insights_usage u WHERE {matching.Sql} ORDER BY {order} LIMIT ?")).Bind(most).All(ToRow), sums);
    }

    private static SqlFilter Matching(ListResponses.Query query, ZoneDays days, long futureMs)
    {
        var filter = new SqlFilter("1").And(query.Excluded == "future" ? "u.at_ms >= ?" : "u.at_ms < ?", futureMs);
        if (query.Excluded == "absurd")
        {
            filter.And(Spend.Absurd);
        }

        if (CalendarDay.TryParse(query.From) is { } first && days.StartMs(first) is > 0 and var start)
        {
            filter.And("u.at_ms >= ?", start);
        }

        if (CalendarDay.TryParse(query.To) is { } last && days.StartMs(last.AddDays(1)) is <= ZoneDays.LastMs and var end)
        {
            filter.And("u.at_ms < ?", end);
        }

        Named(filter, "coalesce(u.model, '') = ?", query.Model);
        Named(filter, "coalesce(u.project_path, '') = ?", query.Project);
        Named(filter, "u.agent = ?", query.Agent);
        Named(filter, "u.session_id = ?", query.Session);
        return query.Priced switch
        {
            "yes" => filter.And("u.cost_micro_usd IS NOT NULL"),
            "no" => filter.And("u.cost_micro_usd IS NULL"),
            _ => filter,
        };
    }

    private static void Named(SqlFilter filter, string condition, string? value) => _ = value is null ? filter : filter.And(condition, value);

    private ListResponses.Row ToRow(PreparedStatement row)
    {
        var (model, cost, statedAtMs) = (row.TextOrNull(6), row.NumberOrNull(16), row.Number(17));
        var tokens = new ResponseTokens(
            statedAtMs, row.Number(7), row.Number(8), row.Number(9), row.Number(10), row.Number(11), row.Number(13), row.Number(15) != 0);
        var price = prices.Find(model);
        var period = cost is null ? null : price?.At(statedAtMs);
        return new ListResponses.Row(
            row.Text(0), row.Number(1), row.Text(2), row.Text(3), null, row.TextOrNull(4), row.TextOrNull(5), model, tokens.Input, tokens.CacheWrite5m,
            tokens.CacheWrite1h, tokens.CacheRead, tokens.Output, row.Number(12), tokens.WebSearches, row.Number(14) != 0, tokens.Fast,
            tokens.IsAbsurd, cost, price?.Id, period?.From, period?.BandOf(tokens.AllInput)?.Above);
    }
}
