using System.Text.Json;
using MediatR;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Contracts.Sessions;
using Muse.Insights.Domain;
using Muse.Insights.Persistence;

namespace Muse.Insights.Features.GetInsights;

/// <summary>Adds up sums, yields and origins that jobs and projections keep; looks at no response, no transcript and no repository.</summary>
internal sealed class GetInsightsHandler(MuseDatabase database, IQuestions questions, TimeProvider clock)
    : IRequestHandler<GetInsights.Query, Result<GetInsights.Response>>
{
    private const int UsualDays = 90;
    private const int MostSessions = 10;

    private const string Sessions = """
        SELECT w.rowid, w.last_at_ms, coalesce(s.cost_micro_usd, 0), coalesce(s.unpriced_responses, 0), coalesce(y.shipped, 0), coalesce(y.reverted, 0),
            coalesce(y.low, 0), coalesce(y.shipped_lines, 0), coalesce(y.is_traceable, 0)
        FROM insights_session_work w LEFT JOIN insights_session_spend s ON s.session_id = w.session_id
            LEFT JOIN insights_session_yields y ON y.session_id = w.session_id
        WHERE w.last_at_ms >= ? AND w.last_at_ms < ?
        """;

    private const string RowsOf = "SELECT rowid FROM insights_session_work WHERE session_id IN (SELECT value FROM json_each(?))";
    private const string Named = "SELECT session_id, agent, project_path FROM insights_session_work WHERE rowid = ?";

    // Sorted by neither: both the quarters and the series are added up on the way, of one look at the rows.
    private const string Spent = """
        SELECT quarter, series_id, responses, cost_micro_usd, unpriced_responses FROM insights_spend WHERE quarter >= ? AND quarter < ? AND responses > 0
        """;

    private const string Series = "SELECT id, model, project_path FROM insights_spend_series";

    private const string Commits = """
        SELECT at_ms, confidence, fate, model, project_path FROM insights_commit_origins
        WHERE at_ms >= ? AND at_ms < ? AND is_counted = 1 AND fate < 2
        """;

    private const string Errors = "SELECT at_ms FROM insights_session_errors WHERE at_ms >= ? AND at_ms < ?";

    private const string LeftOut = """
        SELECT (SELECT count(*) FROM insights_repositories WHERE state <> 'ok') + (SELECT count(*) FROM insights_worktrees WHERE repository_id IS NULL)
        """;

    public async Task<Result<GetInsights.Response>> Handle(GetInsights.Query request, CancellationToken cancellationToken)
    {
        var zone = request.Zone is null ? clock.LocalTimeZone : TimeZoneInfo.FindSystemTimeZoneById(request.Zone);
        var days = new ZoneDays(zone);
        var to = CalendarDay.TryParse(request.To) ?? Later(CalendarDay.TryParse(request.From), days.DayOf(clock.GetUtcNow()));
        var from = CalendarDay.TryParse(request.From) ?? DateOnly.FromDayNumber(Math.Max(to.DayNumber - UsualDays + 1, DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber));
        var bad = await questions.AskAsync(new HealthOfSessions(null), cancellationToken);
        var insights = Read(zone, days, from, to, bad.Keys);
        var ids = insights.Productive.Concat(insights.Wasteful).Select(s => s.Id).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count == 0)
        {
            return insights;
        }

        var titles = await questions.AskAsync(new TitlesOfSessions(ids), cancellationToken);
        var health = await questions.AskAsync(new HealthOfSessions(ids), cancellationToken);
        return insights with { Productive = Known(insights.Productive), Wasteful = Known(insights.Wasteful) };

        List<GetInsights.Session> Known(IEnumerable<GetInsights.Session> sessions) =>
        [
            .. sessions.Select(s => health.TryGetValue(s.Id, out var known)
                ? s with { Title = titles.GetValueOrDefault(s.Id), Health = known.State, HealthWhy = known.Why }
                : s with { Title = titles.GetValueOrDefault(s.Id) }),
        ];
    }

    /// <param name="bad">The sessions whose health is bad.</param>
    private GetInsights.Response Read(TimeZoneInfo zone, ZoneDays days, DateOnly from, DateOnly to, IEnumerable<string> bad)
    {
        var (start, end) = (days.StartMs(from), Math.Min(days.StartMs(to.AddDays(1)), ZoneDays.FutureMs(clock)));
        var (first, last) = (start / Spend.QuarterMs, end / Spend.QuarterMs);
        using var reader = database.Read();
        var quietSince = clock.GetUtcNow().ToUnixTimeMilliseconds() - SessionOutcome.QuietMs;
        var sessions = reader.Query(Sessions).Bind(start).Bind(end).All(row => ToSession(row, quietSince));
        var unwell = reader.Query(RowsOf).Bind(JsonSerializer.Serialize(bad)).All(row => row.Number(0)).ToHashSet();
        var week = new WeekAndDays(zone);
        var series = SpendOfSeries(reader, first, last, week);
        var commits = reader.Query(Commits).Bind(start).Bind(end)
            .All(row => new CommitOf(row.Number(0), row.Int(1), row.Int(2) == Provenance.Fate.Reverted, row.Text(3), row.Text(4)));
        reader.Query(Errors).Bind(start).Bind(end).Each(row => week.Failed(row.Number(0)));
        commits.ForEach(c => week.Committed(c.AtMs, c.IsShipped));
        var (steps, calendar) = week.Days();
        return new GetInsights.Response(
            zone.Id, from, to,
            new GetInsights.Totals(
                series.Sum(s => s.CostMicroUsd), series.Sum(s => s.Unpriced), series.Sum(s => s.Responses),
                commits.Count(c => c.IsShipped), commits.Count(c => c.IsLow), commits.Count(c => !c.IsLow && c.IsReverted)),
            [.. SessionOutcome.All.Select(name => YieldOf(name, sessions))],
            [.. sessions.Where(s => s.Shipped > 0).OrderByDescending(s => s.Shipped).ThenBy(s => s.CostMicroUsd).Take(MostSessions).Select(s => Name(reader, s)).OfType<GetInsights.Session>()],
            [
                .. sessions.Where(s => s.CostMicroUsd > 0 && s.Shipped == 0 && (s.Outcome != "unknown" || unwell.Contains(s.RowId))).OrderByDescending(s => s.CostMicroUsd).Take(MostSessions)
                    .Select(s => Name(reader, s)).OfType<GetInsights.Session>(),
            ],
            Ratios(series, s => s.Model, commits, c => c.Model),
            Ratios(series, s => s.ProjectPath, commits, c => c.ProjectPath),
            calendar, steps, week.Hours(), (int)reader.Query(LeftOut).FirstNumber());
    }

    /// <summary>What each series spent; the week and the days are told of each quarter of an hour.</summary>
    private static List<SpendOf> SpendOfSeries(DatabaseReader reader, long first, long last, WeekAndDays week)
    {
        var sums = new Dictionary<long, SpendOf>();
        reader.Query(Series).Each(row =>
        {
            sums[row.Number(0)] = new SpendOf(row.Text(1), row.Text(2));
            return true;
        });
        reader.Query(Spent).Bind(first).Bind(last).Each(row =>
        {
            var (responses, cost) = (row.Number(2), row.Number(3));
            sums[row.Number(1)].Add(responses, cost, row.Number(4));
            return week.Spent(row.Number(0) * Spend.QuarterMs, responses, cost);
        });
        return [.. sums.Values.Where(s => s.Responses > 0)];
    }

    private static DateOnly Later(DateOnly? from, DateOnly today) => from > today ? from.Value : today;

    private static SessionOf ToSession(PreparedStatement row, long quietSince)
    {
        var (last, shipped, reverted, traceable) = (row.Number(1), row.Int(4), row.Int(5), row.Number(8) != 0);
        return new SessionOf(
            row.Number(0), last, row.Number(2), row.Number(3), shipped, reverted, row.Int(6), row.Number(7),
            SessionOutcome.Of(shipped, reverted, traceable, last, quietSince));
    }

    private static GetInsights.Outcome YieldOf(string name, List<SessionOf> sessions)
    {
        var (count, cost, unpriced) = (0, 0L, 0L);
        foreach (var session in sessions.Where(s => s.Outcome == name))
        {
            (count, cost, unpriced) = (count + 1, cost + session.CostMicroUsd, unpriced + session.Unpriced);
        }

        return new GetInsights.Outcome(name, count, cost, unpriced);
    }

    private static GetInsights.Session? Name(DatabaseReader reader, SessionOf s) => reader.Query(Named).Bind(s.RowId).First(row => new GetInsights.Session(
        row.Text(0), null, row.Text(1), row.Text(2) is { Length: > 0 } project ? project : null, s.LastAtMs, s.Outcome, s.CostMicroUsd, s.Unpriced, s.Shipped, s.Low,
        s.Reverted, s.ShippedLines, "unknown", null));

    private static List<GetInsights.Ratio> Ratios(
        List<SpendOf> series, Func<SpendOf, string> spendBy, List<CommitOf> commits, Func<CommitOf, string> commitBy)
    {
        var made = commits.ToLookup(commitBy, StringComparer.Ordinal);
        var spent = series.ToLookup(spendBy, StringComparer.Ordinal);
        return
        [
            .. spent.Select(s => s.Key).Union(made.Select(m => m.Key), StringComparer.Ordinal).Select(key =>
            {
                var (cost, unpriced, shipped) = (spent[key].Sum(s => s.CostMicroUsd), spent[key].Sum(s => s.Unpriced), made[key].Count(c => c.IsShipped));
                return new GetInsights.Ratio(
                    key.Length == 0 ? null : key, cost, unpriced, shipped, made[key].Count(c => c.IsLow),
                    cost > 0 && unpriced == 0 ? Math.Round(shipped / (cost / 10_000_000.0), 2) : null);
            }).OrderByDescending(r => r.CostMicroUsd).ThenByDescending(r => r.Commits).ThenBy(r => r.Key, StringComparer.Ordinal),
        ];
    }

    private readonly record struct SessionOf(
        long RowId, long LastAtMs, long CostMicroUsd, long Unpriced, int Shipped, int Reverted, int Low, long ShippedLines, string Outcome);

    private sealed class SpendOf(string model, string projectPath)
    {
        public string Model { get; } = model;

        public string ProjectPath { get; } = projectPath;

        public long CostMicroUsd { get; private set; }

        public long Unpriced { get; private set; }

        public long Responses { get; private set; }

        public void Add(long responses, long costMicroUsd, long unpriced) =>
            (Responses, CostMicroUsd, Unpriced) = (Responses + responses, CostMicroUsd + costMicroUsd, Unpriced + unpriced);
    }

    private readonly record struct CommitOf(long AtMs, int Confidence, bool IsReverted, string Model, string ProjectPath)
    {
        public bool IsLow => Confidence == Provenance.Confidence.Low;

        public bool IsShipped => !IsLow && !IsReverted;
    }
}
