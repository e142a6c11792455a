using System.Globalization;
using MediatR;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Contracts.Sessions;
using Muse.Insights.Domain;
using Muse.Insights.Provenance;

namespace Muse.Insights.Features.GetJournal;

/// <summary>Reads rows of a day that projections and jobs keep; looks at no transcript and no repository.</summary>
internal sealed class GetJournalHandler(MuseDatabase database, IQuestions questions, TimeProvider clock)
    : IRequestHandler<GetJournal.Query, Result<GetJournal.Response>>
{
    private const int MostSessions = 500;
    private const int MostAsks = 1000;
    private const int MostCommits = 500;
    private const int MostNames = 5;

    private const string About = """
        SELECT w.agent, w.project_path, w.first_at_ms, w.last_at_ms, coalesce(y.shipped, 0), coalesce(y.reverted, 0), coalesce(y.is_traceable, 0)
        FROM insights_session_work w LEFT JOIN insights_session_yields y ON y.session_id = w.session_id WHERE w.session_id = ?
        """;

    private const string Before = """
        SELECT max(at) FROM (
            SELECT max(at_ms) at FROM insights_usage WHERE at_ms > 0 AND at_ms < ?1 UNION ALL
            SELECT max(at_ms) FROM insights_session_asks WHERE at_ms < ?1 UNION ALL
            SELECT max(at_ms) FROM insights_session_errors WHERE at_ms > 0 AND at_ms < ?1 UNION ALL
            SELECT max(at_ms) FROM insights_tool_errors WHERE at_ms < ?1 UNION ALL
            SELECT max(at_ms) FROM insights_commit_origins WHERE at_ms > 0 AND at_ms < ?1 AND is_counted = 1 AND fate < 3)
        """;

    private const string After = """
        SELECT min(at) FROM (
            SELECT min(at_ms) at FROM insights_usage WHERE at_ms >= ?1 AND at_ms < ?2 UNION ALL
            SELECT min(at_ms) FROM insights_session_asks WHERE at_ms >= ?1 AND at_ms < ?2 UNION ALL
            SELECT min(at_ms) FROM insights_session_errors WHERE at_ms >= ?1 AND at_ms < ?2 UNION ALL
            SELECT min(at_ms) FROM insights_tool_errors WHERE at_ms >= ?1 AND at_ms < ?2 UNION ALL
            SELECT min(at_ms) FROM insights_commit_origins WHERE at_ms >= ?1 AND at_ms < ?2 AND is_counted = 1 AND fate < 3)
        """;

    public async Task<Result<GetJournal.Response>> Handle(GetJournal.Query request, CancellationToken cancellationToken)
    {
        var zone = request.Zone is null ? clock.LocalTimeZone : TimeZoneInfo.FindSystemTimeZoneById(request.Zone);
        var days = new ZoneDays(zone);
        var day = CalendarDay.TryParse(request.Day) ?? days.DayOf(clock.GetUtcNow());
        var (start, end) = (days.StartMs(day), days.StartMs(day.AddDays(1)));
        var notes = await questions.AskAsync(new NotesOfSpan(start, end), cancellationToken);
        var earlier = await questions.AskAsync(new NotesOfSpan(days.StartMs(day.AddDays(-1)), start), cancellationToken);
        var journal = Read(zone.Id, days, day, (start, end), notes, earlier.Notes.Count);
        return await NamedAsync(journal, cancellationToken);
    }

    private GetJournal.Response Read(string zone, ZoneDays days, DateOnly day, (long Start, long End) of, NotesTold notes, int notesBefore)
    {
        var future = ZoneDays.FutureMs(clock);
        using var reader = database.Read();
        // What has no time stands at zero, and on no day.
        var span = DaySpan.Read(reader, Math.Max(of.Start, 1), Math.Min(of.End, future));
        var before = DaySpan.Read(reader, Math.Max(days.StartMs(day.AddDays(-1)), 1), Math.Min(of.Start, future));
        var commits = span.Commits.Where(c => c.IsShipped).CountBy(c => c.SessionId, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var sessions = span.Sessions.OrderByDescending(s => s.Value.CostMicroUsd).ThenBy(s => s.Key, StringComparer.Ordinal).Take(MostSessions)
            .Select(s => ToSession(reader, s.Key, s.Value, commits.GetValueOrDefault(s.Key), of)).OrderBy(s => s.FromMs).ThenBy(s => s.Id, StringComparer.Ordinal).ToList();
        var told = sessions.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        return new GetJournal.Response(
            zone, day, of.Start, of.End,
            DayOf(days, Later(reader.Query(Before).Bind(Math.Min(of.Start, future)).All(row => row.NumberOrNull(0))[0], notes.BeforeMs)),
            DayOf(days, Sooner(reader.Query(After).Bind(of.End).Bind(future).All(row => row.NumberOrNull(0))[0], notes.AfterMs)),
            span.Totals(notes.Notes.Count), before.Totals(notesBefore), sessions,
            [.. span.Asks.Take(MostAsks).Select(a => new GetJournal.Ask(a.SessionId, null, a.AtMs, a.Text, Item(a.Ordinal)))],
            [
                .. span.Commits.Take(MostCommits).Select(c => new GetJournal.Commit(
                    c.Hash, c.Subject, c.SessionId, null, c.AtMs, Confidence.Word(c.Confidence), c.Why, Fate.Word(c.Fate), c.AddedLines, c.RemovedLines)),
            ],
            [.. notes.Notes.Select(n => new GetJournal.Note(n.Id, n.SessionId, null, n.AtMs, n.Text))],
            [.. span.Errors.Where(e => told.Contains(e.SessionId)).GroupBy(e => e.SessionId, StringComparer.Ordinal).Select(e => ToFailures(e.Key, [.. e]))]);
    }

    /// <summary>With how its sessions are called and how they fare, which another module knows.</summary>
    private async Task<GetJournal.Response> NamedAsync(GetJournal.Response journal, CancellationToken ct)
    {
        HashSet<string> ids = new(
            journal.Sessions.Select(s => s.Id).Concat(journal.Asks.Select(a => a.SessionId)).Concat(journal.Commits.Select(c => c.SessionId)).Concat(journal.Notes.Select(n => n.SessionId)),
            StringComparer.Ordinal);
        if (ids.Count == 0)
        {
            return journal;
        }

        var titles = await questions.AskAsync(new TitlesOfSessions(ids), ct);
        var health = await questions.AskAsync(new HealthOfSessions([.. journal.Sessions.Select(s => s.Id)]), ct);
        string? Title(string id) => titles.GetValueOrDefault(id);
        return journal with
        {
            Sessions =
            [
                .. journal.Sessions.Select(s => s with { Title = Title(s.Id), Health = health.GetValueOrDefault(s.Id)?.State ?? "unknown", HealthWhy = health.GetValueOrDefault(s.Id)?.Why }),
            ],
            Asks = [.. journal.Asks.Select(a => a with { Title = Title(a.SessionId) })],
            Commits = [.. journal.Commits.Select(c => c with { Title = Title(c.SessionId) })],
            Notes = [.. journal.Notes.Select(n => n with { Title = Title(n.SessionId) })],
            Errors = [.. journal.Errors.Select(e => e with { Title = Title(e.SessionId) })],
        };
    }

    private GetJournal.Session ToSession(DatabaseReader reader, string id, DaySpan.Worked of, int commits, (long Start, long End) day)
    {
        var quietSince = clock.GetUtcNow().ToUnixTimeMilliseconds() - SessionOutcome.QuietMs;
        var about = reader.Query(About).Bind(id).First(row => new
        {
            Agent = row.Text(0),
            Project = row.Text(1),
            First = row.Number(2),
            Last = row.Number(3),
            Outcome = SessionOutcome.Of(row.Int(4), row.Int(5), row.Number(6) != 0, row.Number(3), quietSince),
        })!; // every read that tells of a day's work tells of the session
        return new GetJournal.Session(
            id, null, about.Agent, about.Project.Length == 0 ? null : about.Project, of.FromMs, of.ToMs, about.First < day.Start, about.Last >= day.End, of.Responses,
            of.CostMicroUsd, of.Unpriced, of.Asks, commits, about.Outcome, "unknown", null);
    }

    private static GetJournal.Failures ToFailures(string session, List<DaySpan.Error> errors) => new(
        session, null, errors.Count(e => e.IsApi), errors.Count(e => !e.IsApi),
        [
            .. errors.CountBy(e => e.Name, StringComparer.Ordinal).OrderByDescending(n => n.Value).ThenBy(n => n.Key, StringComparer.Ordinal).Take(MostNames)
                .Select(n => new GetJournal.Named(n.Key, n.Value)),
        ],
        errors[0].AtMs, Item(errors[0].Ordinal), errors[0].AgentId is { Length: > 0 } agent ? agent : null);

    private static DateOnly? DayOf(ZoneDays days, long? atMs) => atMs is { } at ? days.DayOf(ZoneDays.Instant(at)) : null;

    private static long? Later(long? a, long? b) => a is null || b > a ? b : a;

    private static long? Sooner(long? a, long? b) => a is null || b < a ? b : a;

    private static string Item(long ordinal) => ordinal.ToString(CultureInfo.InvariantCulture);
}
