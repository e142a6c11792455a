using System.Globalization;
using MediatR;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Insights.Domain;
using Muse.Insights.Persistence;
using Muse.Insights.Prices;

namespace Muse.Insights.Features.GetStats;

/// <summary>Adds up quarters of an hour; looks at no response.</summary>
internal sealed class GetStatsHandler(MuseDatabase database, PriceSheet prices, TimeProvider clock)
    : RequestHandler<GetStats.Query, Result<GetStats.Response>>
{
    private const int UsualDays = 30;

    private const string Sums = """
        coalesce(sum(p.responses), 0), coalesce(sum(p.input_tokens), 0), coalesce(sum(p.cache_write5m_tokens), 0),
        coalesce(sum(p.cache_write1h_tokens), 0), coalesce(sum(p.cache_read_tokens), 0), coalesce(sum(p.output_tokens), 0),
        coalesce(sum(p.reasoning_tokens), 0), coalesce(sum(p.web_searches), 0), coalesce(sum(p.cost_micro_usd), 0),
        coalesce(sum(p.unpriced_responses), 0)
        """;

    private const string BySeries = $"""
        SELECT s.agent, s.model, s.project_path, t.* FROM
            (SELECT p.series_id, {Sums} FROM insights_spend p WHERE p.quarter >= ? AND p.quarter < ? GROUP BY p.series_id) t
            JOIN insights_spend_series s ON s.id = t.series_id
        """;

    // What has no time stands at the beginning of 1970.
    private const string FirstDated = "SELECT coalesce(min(quarter), 0) FROM insights_spend WHERE quarter > 0 AND responses > 0";
    private const string Next = "SELECT quarter FROM insights_spend WHERE quarter >= ? AND responses > 0 ORDER BY quarter LIMIT 1";

    private const string After = "SELECT coalesce(sum(responses), 0) FROM insights_spend WHERE quarter >= ?";

    private static readonly string Absurd = $"SELECT count(*) FROM insights_usage WHERE {Spend.Absurd}";

    protected override Result<GetStats.Response> Handle(GetStats.Query request)
    {
        var zone = request.Zone is null ? clock.LocalTimeZone : TimeZoneInfo.FindSystemTimeZoneById(request.Zone);
        var days = new ZoneDays(zone);
        var (from, to) = Range(request, days.DayOf(clock.GetUtcNow()));
        var by = request.By ?? GetStats.Groupings[0];
        using var reader = database.Read();
        // Asked once for all that is told: while agents write, a second look would see more than the first.
        var byDay = by == "day" ? ByDay(reader, days, from, to) : [];
        var series = by == "day" ? byDay.SelectMany(d => d.Series).ToList() : SeriesOf(reader, days, from, to);
        return new GetStats.Response(
            zone.Id, from, to, FirstDay(reader, days), by,
            by == "day" ? [.. byDay.Select(d => ToGroup(d.Day, d.Series, request.Split))] : By(series, by, request.Split),
            Total(series),
            [
                .. series.GroupBy(s => s.Model, s => s.Usage.UnpricedResponses)
                    .Select(m => new GetStats.UnpricedModel(Known(m.Key), m.Sum()))
                    .Where(m => m.Responses > 0).OrderByDescending(m => m.Responses).ThenBy(m => m.Model, StringComparer.Ordinal),
            ],
            new GetStats.Excluded(reader.Query(Absurd).FirstNumber(), reader.Query(After).Bind(FutureQuarter()).FirstNumber()),
            new GetStats.PricesUsed(prices.Version, prices.Date));
    }

    private static DateOnly? FirstDay(DatabaseReader reader, ZoneDays days) => reader.Query(FirstDated).FirstNumber() is > 0 and var quarter
        ? days.DayOf(ZoneDays.Instant(quarter * Spend.QuarterMs))
        : null;

    private static (DateOnly From, DateOnly To) Range(GetStats.Query request, DateOnly today)
    {
        // Who gives one end that lies beyond the usual other one means the days from there on.
        var from = CalendarDay.TryParse(request.From);
        var to = CalendarDay.TryParse(request.To) ?? (from > today ? from.Value : today);
        return (from ?? DateOnly.FromDayNumber(Math.Max(to.DayNumber - UsualDays + 1, DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber)), to);
    }

    private List<Series> SeriesOf(DatabaseReader reader, ZoneDays days, DateOnly from, DateOnly to) =>
        reader.Query(BySeries).Bind(QuarterOf(days, from)).Bind(Math.Min(QuarterOf(days, to.AddDays(1)), FutureQuarter()))
            .All(row => new Series(row.Text(0), row.Text(1), row.Text(2), ToUsage(row, 4)))
            .FindAll(s => s.Usage.Responses > 0);

    private List<(DateOnly Day, List<Series> Series)> ByDay(DatabaseReader reader, ZoneDays days, DateOnly from, DateOnly to)
    {
        // A range of a thousand years costs no more than the days of it that have something.
        var found = new List<(DateOnly, List<Series>)>();
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (reader.Query(Next).Bind(QuarterOf(days, day)).First(row => (object)row.Number(0)) is not long next)
            {
                break;
            }

            var used = days.DayOf(ZoneDays.Instant(next * Spend.QuarterMs));
            day = used > day ? used : day;
            var series = day > to ? [] : SeriesOf(reader, days, day, day);
            if (series.Count > 0)
            {
                found.Add((day, series));
            }
        }

        return found;
    }

    private static GetStats.Group ToGroup(DateOnly day, List<Series> series, string? split) =>
        new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Total(series), Parts(series, split));

    private static List<GetStats.Group> By(List<Series> series, string by, string? split) =>
    [
        .. series.GroupBy(s => s.Name(by), StringComparer.Ordinal)
            .Select(g => new GetStats.Group(Known(g.Key), Total(g), Parts(g, split)))
            .OrderByDescending(g => g.Usage.CostMicroUsd).ThenByDescending(g => g.Usage.OutputTokens).ThenBy(g => g.Key, StringComparer.Ordinal),
    ];

    private static List<GetStats.Part> Parts(IEnumerable<Series> series, string? split) => split is null
        ? []
        :
        [
            .. series.GroupBy(s => s.Name(split), s => s.Usage, StringComparer.Ordinal)
                .Select(g => (Name: Known(g.Key), Usage: g.Aggregate((a, b) => a + b)))
                .Select(p => new GetStats.Part(p.Name, p.Usage.Responses, p.Usage.Tokens(), p.Usage.CostMicroUsd, p.Usage.UnpricedResponses))
                .OrderByDescending(p => p.CostMicroUsd).ThenByDescending(p => p.Tokens).ThenBy(p => p.Key, StringComparer.Ordinal),
        ];

    private static GetStats.Usage Total(IEnumerable<Series> series) => series.Aggregate(GetStats.Usage.None, (sum, s) => sum + s.Usage);

    private long FutureQuarter() => ZoneDays.FutureMs(clock) / Spend.QuarterMs;

    private static long QuarterOf(ZoneDays days, DateOnly day) => days.StartMs(day) / Spend.QuarterMs;

    private static string? Known(string name) => name.Length == 0 ? null : name;

    private static GetStats.Usage ToUsage(PreparedStatement row, int at) => new(
        row.Number(at), row.Number(at + 1), row.Number(at + 2), row.Number(at + 3), row.Number(at + 4), row.Number(at + 5), row.Number(at + 6),
        row.Number(at + 7), row.Number(at + 8), row.Number(at + 9));

    private sealed record Series(string Agent, string Model, string ProjectPath, GetStats.Usage Usage)
    {
        public string Name(string by) => by switch { "model" => Model, "project" => ProjectPath, _ => Agent };
    }
}
