using MediatR;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Contracts.Sessions;
using Muse.Insights.Domain;

namespace Muse.Insights.Features.GetTimeline;

/// <summary>Reads spans and origins that projections and jobs keep.</summary>
internal sealed class GetTimelineHandler(MuseDatabase database, IQuestions questions, TimeProvider clock)
    : IRequestHandler<GetTimeline.Query, Result<GetTimeline.Response>>
{
    private const int UsualDays = 7;
    private const int MostBars = 300;

    /// <summary>Bars are drawn over so many steps of the whole: nearer ones would touch.</summary>
    private const int Steps = 400;

    private const string Ticks = """
        SELECT o.hash, c.subject, o.at_ms, o.confidence, o.fate
        FROM insights_commit_origins o JOIN insights_commits c ON c.repository_id = o.repository_id AND c.hash = o.hash
        WHERE o.session_id = ? AND o.is_counted AND o.fate < 3 AND o.at_ms >= ? AND o.at_ms < ? ORDER BY o.at_ms
        """;

    public async Task<Result<GetTimeline.Response>> Handle(GetTimeline.Query request, CancellationToken cancellationToken)
    {
        var zone = request.Zone is null ? clock.LocalTimeZone : TimeZoneInfo.FindSystemTimeZoneById(request.Zone);
        var days = new ZoneDays(zone);
        var today = days.DayOf(clock.GetUtcNow());
        var given = CalendarDay.TryParse(request.From);
        var to = CalendarDay.TryParse(request.To) ?? (given > today ? given.Value : today);
        var from = given ?? DateOnly.FromDayNumber(Math.Max(to.DayNumber - UsualDays + 1, DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber));
        var (start, end) = (days.StartMs(from), days.StartMs(to.AddDays(1)));
        var (rows, more) = Read(request.Project, start, Math.Min(end, ZoneDays.FutureMs(clock)));
        var titles = rows.Count == 0 ? null : await questions.AskAsync(new TitlesOfSessions([.. rows.Select(r => r.Bar.SessionId)]), cancellationToken);
        return new GetTimeline.Response(
            zone.Id, from, to, start, end,
            [
                .. rows.Select(r => r with { Bar = r.Bar with { Title = titles?.GetValueOrDefault(r.Bar.SessionId) } })
                    .GroupBy(r => r.Project, StringComparer.Ordinal)
                    .OrderByDescending(p => p.Max(r => r.Bar.ToMs)).ThenBy(p => p.Key, StringComparer.Ordinal)
                    .Select(p => ToProject(p.Key, [.. p.OrderBy(r => r.Bar.FromMs).ThenBy(r => r.Bar.SessionId, StringComparer.Ordinal)], (end - start) / Steps)),
            ],
            more);
    }

    private (List<Row> Rows, int More) Read(string? project, long start, long end)
    {
        using var reader = database.Read();
        var filter = new SqlFilter("1").And("w.last_at_ms >= ?", start).And("w.first_at_ms < ?", end);
        if (project is not null)
        {
            filter.And("w.project_path = ?", project);
        }

        var all = (int)filter.BindTo(reader.Query($"SELECT count(*) FROM insights_session_work w WHERE {filter.Sql}")).FirstNumber();
        var rows = filter.BindTo(reader.Query($"""
            SELECT w.session_id, w.agent, w.project_path, w.first_at_ms, w.last_at_ms, coalesce(s.cost_micro_usd, 0), coalesce(s.unpriced_responses, 0), coalesce(y.shipped, 0)
            FROM insights_session_work w LEFT JOIN insights_session_spend s ON s.session_id = w.session_id
                LEFT JOIN insights_session_yields y ON y.session_id = w.session_id
            WHERE {filter.Sql} ORDER BY w.last_at_ms DESC, w.session_id LIMIT ?
            """)).Bind(MostBars).All(row => new Row(
                row.Text(2),
                new GetTimeline.Bar(row.Text(0), null, row.Text(1), 0, row.Number(3), row.Number(4), row.Number(5), row.Number(6), row.Int(7)), []));
        rows.ForEach(r => r.Ticks.AddRange(reader.Query(Ticks).Bind(r.Bar.SessionId).Bind(start).Bind(end).All(row => new GetTimeline.Tick(
            row.Text(0), row.Text(1), r.Bar.SessionId, row.Number(2), Provenance.Confidence.Word(row.Int(3)),
            Provenance.Fate.Word(row.Int(4))))));
        return (rows, all - rows.Count);
    }

    private static GetTimeline.Project ToProject(string path, List<Row> rows, long gapMs)
    {
        var lanes = Lanes.Of(rows.ConvertAll(r => (r.Bar.FromMs, r.Bar.ToMs)), gapMs);
        return new GetTimeline.Project(
            path.Length == 0 ? null : path, lanes.Max() + 1, [.. rows.Select((r, i) => r.Bar with { Lane = lanes[i] })], [.. rows.SelectMany(r => r.Ticks).OrderBy(t => t.AtMs)]);
    }

    private sealed record Row(string Project, GetTimeline.Bar Bar, List<GetTimeline.Tick> Ticks);
}
