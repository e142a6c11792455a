using System.Diagnostics;
using MediatR;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Results;
using Muse.Contracts;
using Muse.Contracts.Sessions;
using Muse.Insights.Features.GetConcurrency;
using Muse.Insights.Features.GetInsights;
using Muse.Insights.Features.GetJournal;
using Muse.Insights.Features.GetStats;
using Muse.Insights.Features.GetTimeline;
using Muse.Insights.Persistence;
using Muse.Insights.Prices;

namespace Muse.Benchmarks;

/// <summary>What the insights of many sessions cost when asked for, over made-up rows as jobs and projections leave them.</summary>
internal sealed class InsightsFigures(Action<string, double, string, string> report)
{
    private const int Days = 180;
    private const int Requests = 60;
    private const int SeriesCount = 36;
    private const int ResponsesOfSession = 40;
    private const string Zone = "Europe/Berlin";
    private const long DayMs = 24L * 3600 * 1000;

    // The same rows, added up by SQLite with nothing around it.
    private static readonly string[] Bare =
    [
        """
        SELECT count(*), sum(s.cost_micro_usd), sum(y.shipped) FROM insights_session_work w LEFT JOIN insights_session_spend s ON s.session_id = w.session_id
            LEFT JOIN insights_session_yields y ON y.session_id = w.session_id WHERE w.last_at_ms >= ?
        """,
        "SELECT sum(responses), sum(cost_micro_usd) FROM insights_spend WHERE quarter >= ? / 900000",
        "SELECT count(*), sum(confidence) FROM insights_commit_origins WHERE at_ms >= ? AND is_counted = 1 AND fate < 2",
        "SELECT count(*) FROM insights_session_errors WHERE at_ms >= ?",
    ];

    public async Task RunAsync()
    {
        await MeasureAsync(1000, "budget 10");
        await MeasureAsync(10_000, "budget 50");
    }

    private async Task MeasureAsync(int sessions, string budget)
    {
        var folder = Directory.CreateTempSubdirectory("muse-bench-insights-");
        try
        {
            using var database = new MuseDatabase(Path.Combine(folder.FullName, "muse.db"));
            Fill(database, sessions);
            var since = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - (90 * DayMs);
            var bare = Median(() =>
            {
                using var reader = database.Read();
                Array.ForEach(Bare, sql => reader.Query(sql).Bind(since).FirstNumber());
                return Task.CompletedTask;
            });
            var insights = new GetInsightsHandler(database, new FewAnswers(sessions), TimeProvider.System);
            var asked = await Median(() => insights.Handle(new GetInsights.Query(null, null, Zone, null, null), CancellationToken.None));
            report($"insights of 90 days, {sessions:N0} sessions, median", asked, "ms", $"{budget}; bare sums of the same rows {await bare:N2} ms");
            var timeline = new GetTimelineHandler(database, new FewAnswers(sessions), TimeProvider.System);
            report($"timeline of 7 days, {sessions:N0} sessions, median", await Median(() => timeline.Handle(new GetTimeline.Query(null, null, Zone, null), CancellationToken.None)), "ms", budget);
            await DaysAsync(database, sessions, budget);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task DaysAsync(MuseDatabase database, int sessions, string budget)
    {
        var yesterday = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / DayMs * DayMs - DayMs;
        var bare = await Median(() =>
        {
            using var reader = database.Read();
            reader.Query("SELECT count(*), sum(cost_micro_usd) FROM insights_usage WHERE at_ms >= ? AND at_ms < ?").Bind(yesterday - DayMs).Bind(yesterday + DayMs).FirstNumber();
            return Task.CompletedTask;
        });
        var journal = new GetJournalHandler(database, new FewAnswers(sessions), TimeProvider.System);
        var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(yesterday).UtcDateTime).ToString("yyyy-MM-dd", null);
        report(
            $"journal of a day, {sessions:N0} sessions, median", await Median(() => journal.Handle(new GetJournal.Query(day, Zone, null), CancellationToken.None)), "ms",
            $"{budget}; bare sum of the responses of two days {bare:N2} ms");
        var concurrency = new GetConcurrencyHandler(database, TimeProvider.System);
        report(
            $"agents at once of 30 days, {sessions:N0} sessions, median",
            await Median(() => ((IRequestHandler<GetConcurrency.Query, Result<GetConcurrency.Response>>)concurrency).Handle(new GetConcurrency.Query(null, null, Zone, null), CancellationToken.None)),
            "ms", budget);
        var stats = new GetStatsHandler(database, PriceSheets.Make(new PriceOptions()), TimeProvider.System);
        report(
            $"stats of 30 days, {sessions:N0} sessions, median",
            await Median(() => ((IRequestHandler<GetStats.Query, Result<GetStats.Response>>)stats).Handle(new GetStats.Query(null, null, Zone, null, "model", null), CancellationToken.None)),
            "ms", budget);
    }

    private static async Task<double> Median(Func<Task> ask)
    {
        // The program that is measured elsewhere was compiled beforehand; this one has to become warm.
        for (var i = 0; i < Requests; i++)
        {
            await ask();
        }

        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        var all = new List<double>();
        for (var i = 0; i < Requests; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await ask();
            all.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return all.Order().ElementAt(Requests / 2);
    }

    private static void Fill(MuseDatabase database, int sessions)
    {
        using var connection = database.Open();
        using (var schema = connection.CreateCommand())
        {
            using var script = new StreamReader(typeof(InsightsDbContext).Assembly.GetManifestResourceStream("schema.sql")!);
            schema.CommandText = script.ReadToEnd();
            schema.ExecuteNonQuery();
        }

        using var transaction = connection.BeginTransaction();
        using var sql = new PreparedStatements(() => connection);
        var random = new Random(1);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        sql["INSERT INTO insights_repositories (id, common_dir, state, tips, since_ms, email, looked_at_ms) VALUES (1, '/home/ann/work/.git', 'ok', '', 0, '', 0)"].Execute();
        for (var i = 1; i <= SeriesCount; i++)
        {
            sql["INSERT INTO insights_spend_series (id, agent, model, project_path) VALUES (?, 'claude-code', ?, ?)"].Bind(i).Bind($"claude-model-{(i - 1) / 12}").Bind($"/home/ann/work/project-{i % 12}").Execute();
        }

        for (var i = 0; i < sessions; i++)
        {
            var (id, last) = ($"s{i:d16}", now - (long)(random.NextDouble() * Days * DayMs));
            var (quarter, series, shipped) = (last / Spend.QuarterMs, 1 + (i % SeriesCount), random.Next(4));
            sql["INSERT INTO insights_session_work (session_id, agent, project_path, project_at_ms, first_at_ms, last_at_ms, is_stale) VALUES (?, 'claude-code', ?, 0, ?, ?, 0)"]
                .Bind(id).Bind($"/home/ann/work/project-{series % 12}").Bind(last - 3_600_000).Bind(last).Execute();
            sql["INSERT INTO insights_session_spend (session_id, responses, input_tokens, output_tokens, cost_micro_usd, unpriced_responses) VALUES (?, 40, 1, 1, ?, 0)"]
                .Bind(id).Bind(random.Next(5_000_000)).Execute();
            sql["INSERT INTO insights_session_yields (session_id, shipped, reverted, lost, low, shipped_lines, is_traceable) VALUES (?, ?, 0, 0, 1, 100, 1)"].Bind(id).Bind(shipped).Execute();
            for (var part = 0; part < 4; part++)
            {
                sql["""
                    INSERT INTO insights_spend (quarter, series_id, responses, input_tokens, cache_write5m_tokens, cache_write1h_tokens, cache_read_tokens, output_tokens,
                        reasoning_tokens, web_searches, cost_micro_usd, unpriced_responses) VALUES (?, ?, 10, 1, 1, 1, 1, 1, 0, 0, ?, 0) ON CONFLICT DO NOTHING
                    """].Bind(quarter - part).Bind(series).Bind(random.Next(1_000_000)).Execute();
                sql["INSERT INTO insights_agent_minutes (quarter, session_id, agent_id, minutes) VALUES (?, ?, '', ?)"].Bind(quarter - part).Bind(id).Bind(random.Next(1, 1 << AgentMinutes.MinutesOfQuarter)).Execute();
            }

            sql["INSERT INTO insights_session_errors (at_ms, session_id, code, ordinal, generation, agent_id) VALUES (?, ?, 'rate_limit', 7, 1, '')"].Bind(last - 1000).Bind(id).Execute();
            for (var response = 0; response < ResponsesOfSession; response++)
            {
                sql["""
                    INSERT INTO insights_usage (identity, session_id, agent, project_path, at_ms, stated_at_ms, model, input_tokens, cache_write5m_tokens, cache_write1h_tokens,
                        cache_read_tokens, output_tokens, reasoning_tokens, web_searches, sidechain, fast, cost_micro_usd) VALUES (?, ?, 'claude-code', ?, ?, ?, 'claude-model-1', 10, 20, 0, 90000, 300, 0, 0, 0, 0, 40000)
                    """].Bind($"{id}-{response}").Bind(id).Bind($"/home/ann/work/project-{series % 12}").Bind(last - (response * 90_000)).Bind(last - (response * 90_000)).Execute();
                if (response % 8 == 0)
                {
                    sql["INSERT INTO insights_session_asks (at_ms, session_id, text, ordinal, generation) VALUES (?, ?, ?, ?, 1)"]
                        .Bind(last - (response * 90_000)).Bind(id).Bind($"Please look at part {response} of it, and say what it would take to change it without breaking what stands on it").Bind(response).Execute();
                    sql["INSERT INTO insights_tool_errors (at_ms, session_id, tool, agent_id, ordinal, generation) VALUES (?, ?, 'Bash', '', ?, 1)"]
                        .Bind(last - (response * 90_000) + 10).Bind(id).Bind(response + 1).Execute();
                }
            }

            for (var commit = 0; commit < shipped; commit++)
            {
                var hash = $"{i:x8}{commit:x32}";
                sql["""
                    INSERT INTO insights_commits (repository_id, hash, tree, parents, author_ms, committer_ms, email, subject, is_reachable, added_lines, removed_lines)
                    VALUES (1, ?, '', '', ?, ?, 'ann@example.org', 'Change a part of it', 1, 10, 2)
                    """].Bind(hash).Bind(last - (commit * 600_000)).Bind(last).Execute();
                sql["""
                    INSERT INTO insights_commit_origins (repository_id, hash, session_id, confidence, why, is_counted, at_ms, model, project_path, fate) VALUES (1, ?, ?, ?, 'its own output shows it', 1, ?, ?, ?, 0)
                    """].Bind(hash).Bind(id).Bind(1 + (commit % 3)).Bind(last - (commit * 600_000)).Bind($"claude-model-{(series - 1) / 12}").Bind($"/home/ann/work/project-{series % 12}").Execute();
            }
        }

        transaction.Commit();
    }

    /// <summary>What other modules answer, and how many are unwell of many; they have figures of their own.</summary>
    private sealed class FewAnswers(int sessions) : IQuestions
    {
        private const int OneIn = 20;
        private readonly Dictionary<string, SessionHealth> _bad = Enumerable.Range(0, sessions / OneIn)
            .ToDictionary(i => $"s{i * OneIn:d16}", _ => new SessionHealth("bad", "12 calls failed in a row."), StringComparer.Ordinal);

        public Task<TAnswer> AskAsync<TAnswer>(IQuestion<TAnswer> question, CancellationToken ct)
            where TAnswer : class
        {
            switch (question)
            {
                case TitlesOfSessions titles:
                    titles.Answer = new Dictionary<string, string>(StringComparer.Ordinal);
                    break;
                case HealthOfSessions health:
                    health.Answer = health.SessionIds is null ? _bad : new Dictionary<string, SessionHealth>(StringComparer.Ordinal);
                    break;
                case NotesOfSpan notes:
                    notes.Answer = new NotesTold([], null, null);
                    break;
            }

            return Task.FromResult(question.Answer ?? throw new InvalidOperationException($"{question.GetType().Name} is not answered here."));
        }
    }
}
