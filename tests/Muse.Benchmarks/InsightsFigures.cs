using System.Diagnostics;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts;
using Muse.Contracts.Sessions;
using Muse.Insights.Features.GetInsights;
using Muse.Insights.Features.GetTimeline;
using Muse.Insights.Persistence;

namespace Muse.Benchmarks;

/// <summary>What the insights of many sessions cost when asked for, over made-up rows as jobs and projections leave them.</summary>
internal sealed class InsightsFigures(Action<string, double, string, string> report)
{
    private const int Days = 180;
    private const int Requests = 60;
    private const int SeriesCount = 36;
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
            var insights = new GetInsightsHandler(database, new NoTitles(), TimeProvider.System);
            var asked = await Median(() => insights.Handle(new GetInsights.Query(null, null, "Europe/Berlin", null, null), CancellationToken.None));
            report($"insights of 90 days, {sessions:N0} sessions, median", asked, "ms", $"{budget}; bare sums of the same rows {await bare:N2} ms");
            var timeline = new GetTimelineHandler(database, new NoTitles(), TimeProvider.System);
            report($"timeline of 7 days, {sessions:N0} sessions, median", await Median(() => timeline.Handle(new GetTimeline.Query(null, null, "Europe/Berlin", null), CancellationToken.None)), "ms", budget);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
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
            }

            sql["INSERT INTO insights_session_errors (at_ms, session_id, code) VALUES (?, ?, 'rate_limit')"].Bind(last - 1000).Bind(id).Execute();
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

    /// <summary>Titles are another module's, and few.</summary>
    private sealed class NoTitles : IQuestions
    {
        public Task<TAnswer> AskAsync<TAnswer>(IQuestion<TAnswer> question, CancellationToken ct)
            where TAnswer : class
        {
            if (question is TitlesOfSessions titles)
            {
                titles.Answer = new Dictionary<string, string>(StringComparer.Ordinal);
            }

            return Task.FromResult(question.Answer ?? throw new InvalidOperationException("Only titles are asked for."));
        }
    }
}
