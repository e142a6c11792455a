using Muse.BuildingBlocks.Persistence;
using Muse.Insights.Persistence;
using Muse.Insights.Prices;

namespace Muse.Insights.Projections;

/// <summary>
/// Gathers what changes in the rows of the responses and adds it to the sums of <see cref="Spend"/> and <see cref="SessionSpend"/>, to each
/// once: the responses of a read share their session, and many a quarter of an hour. Whoever changes rows counts out what was there,
/// counts in what is there, and writes in the same transaction, so that sums and rows cannot part (docs/adr/0028).
/// </summary>
internal sealed class SpendSums
{
    private const long LastMs = 32_503_679_999_999; // of the year 2999
    private const string NameSeries = "INSERT INTO insights_spend_series (agent, model, project_path) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";

    private static readonly string[] Columns =
    [
        "responses", "input_tokens", "cache_write5m_tokens", "cache_write1h_tokens", "cache_read_tokens", "output_tokens", "reasoning_tokens",
        "web_searches", "cost_micro_usd", "unpriced_responses",
    ];

    private static readonly string[] SessionColumns = ["responses", "input_tokens", "output_tokens", "cost_micro_usd", "unpriced_responses"];

    private static readonly string AddSpend = $"""
        INSERT INTO insights_spend (quarter, series_id, {string.Join(", ", Columns)})
        SELECT ?, id, {Places(Columns)} FROM insights_spend_series WHERE (agent, model, project_path) = (?, ?, ?)
        ON CONFLICT (quarter, series_id) DO UPDATE SET {Added(Columns)}
        """;

    private static readonly string AddSession = $"""
        INSERT INTO insights_session_spend (session_id, {string.Join(", ", SessionColumns)}) VALUES (?, {Places(SessionColumns)})
        ON CONFLICT (session_id) DO UPDATE SET {Added(SessionColumns)}
        """;

    private readonly Dictionary<(long Quarter, string Agent, string Model, string ProjectPath), long[]> _spend = [];
    private readonly Dictionary<string, long[]> _sessions = new(StringComparer.Ordinal);

    public void CountIn(UsageEntry row) => Count(row, 1);

    public void CountOut(UsageEntry row) => Count(row, -1);

    /// <summary>Adds what was counted, and forgets it.</summary>
    public void Write(PreparedStatements statements)
    {
        foreach (var ((quarter, agent, model, project), amounts) in _spend.Where(s => s.Value.Any(amount => amount != 0)))
        {
            statements[NameSeries].Bind(agent).Bind(model).Bind(project).Execute();
            BindAll(statements[AddSpend].Bind(quarter), amounts).Bind(agent).Bind(model).Bind(project).Execute();
        }

        foreach (var (session, amounts) in _sessions.Where(s => s.Value.Any(amount => amount != 0)))
        {
            BindAll(statements[AddSession].Bind(session), amounts).Execute();
        }

        _spend.Clear();
        _sessions.Clear();
    }

    private void Count(UsageEntry row, int sign)
    {
        var (cost, unpriced) = (row.CostMicroUsd ?? 0, row.CostMicroUsd is null ? 1 : 0);
        long[] input =
        [
            Pricing.Sane(row.InputTokens), Pricing.Sane(row.CacheWrite5mTokens), Pricing.Sane(row.CacheWrite1hTokens), Pricing.Sane(row.CacheReadTokens),
        ];
        var output = Pricing.Sane(row.OutputTokens);
        // Clocks of transcripts may say anything, calendars may not.
        var quarter = Math.Clamp(row.AtMs, 0, LastMs) / Spend.QuarterMs;
        Add(
            _spend,
            (quarter, row.Agent, row.Model ?? "", row.ProjectPath ?? ""),
            [1, .. input, output, Pricing.Sane(row.ReasoningTokens), Pricing.Sane(row.WebSearches), cost, unpriced],
            sign);
        Add(_sessions, row.SessionId, [1, input.Sum(), output, cost, unpriced], sign);
    }

    private static void Add<TKey>(Dictionary<TKey, long[]> sums, TKey key, ReadOnlySpan<long> amounts, int sign)
        where TKey : notnull
    {
        if (!sums.TryGetValue(key, out var sum))
        {
            sums[key] = sum = new long[amounts.Length];
        }

        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += sign * amounts[i];
        }
    }

    private static PreparedStatement BindAll(PreparedStatement statement, long[] amounts)
    {
        foreach (var amount in amounts)
        {
            statement.Bind(amount);
        }

        return statement;
    }

    private static string Places(string[] columns) => string.Join(", ", columns.Select(_ => "?"));

    private static string Added(string[] columns) => string.Join(", ", columns.Select(c => $"{c} = {c} + excluded.{c}"));
}
