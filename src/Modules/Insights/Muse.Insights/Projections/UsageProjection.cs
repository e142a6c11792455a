using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Sessions;
using Muse.Insights.Persistence;
using Muse.Insights.Prices;

namespace Muse.Insights.Projections;

/// <summary>
/// Keeps one row for each response in the archive. Which record's tokens count, and which session is charged, are two
/// greatest elements of total orders over all records of the response: whatever the order of delivery and however often
/// a record comes, the row ends the same.
/// </summary>
internal sealed class UsageProjection(ProjectionStatements<InsightsDbContext> statements, PriceSheet prices) : IProjection<TranscriptRead>
{
    // Of two equal identities the one outside a side conversation counts, then the greater output, then the later; the
    // rest of the order only makes it total.
    private const string Tokens =
        "(NOT {0}.sidechain, {0}.output_tokens, {0}.stated_at_ms, {0}.input_tokens, {0}.cache_write5m_tokens, {0}.cache_write1h_tokens, "
        + "{0}.cache_read_tokens, {0}.reasoning_tokens, {0}.web_searches, {0}.fast, coalesce({0}.model, ''), "
        + "coalesce({0}.context_window, 0))";

    private const string Charged =
        "({0}.at_ms, {0}.session_id, coalesce({0}.agent_id, ''), {0}.project_path IS NULL, coalesce({0}.project_path, ''), {0}.agent)";

    private static readonly string Upsert = MakeUpsert();

    public Task Handle(TranscriptRead notification, CancellationToken cancellationToken)
    {
        if (!Array.Exists(notification.Usage, u => !u.Inherited))
        {
            return Task.CompletedTask;
        }

        var upsert = statements[Upsert];
        foreach (var (usage, firstAtMs) in OnePerResponse(notification.Usage))
        {
            upsert.Bind(usage.Identity).Bind(notification.SessionId).Bind(notification.AgentId).Bind(notification.Agent)
                .Bind(notification.ProjectPath).Bind(firstAtMs).Bind(usage.AtMs).Bind(usage.Model).Bind(usage.InputTokens)
                .Bind(usage.CacheWrite5mTokens).Bind(usage.CacheWrite1hTokens).Bind(usage.CacheReadTokens).Bind(usage.OutputTokens)
                .Bind(usage.ReasoningTokens).Bind(usage.WebSearches).Bind(usage.Sidechain ? 1 : 0).Bind(usage.Fast ? 1 : 0)
                .Bind(usage.ContextWindow).Bind(Cost(notification.Agent, usage)).Execute();
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Works out here what the records of a response that stand in one read would come to, since most do: the greater
    /// row, and the time of the earliest. Where only the end of the order tells them apart, both go on to the table.
    /// </summary>
    private static IEnumerable<(UsageRow Row, long FirstAtMs)> OnePerResponse(UsageRow[] usage)
    {
        var kept = new Dictionary<string, (UsageRow Row, long FirstAtMs)>(usage.Length, StringComparer.Ordinal);
        var ties = new List<(UsageRow, long)>();
        foreach (var row in usage)
        {
            if (row.Inherited)
            {
                continue;
            }

            if (!kept.TryGetValue(row.Identity, out var known))
            {
                kept[row.Identity] = (row, row.AtMs);
                continue;
            }

            var order = (!row.Sidechain, row.OutputTokens, row.AtMs).CompareTo((!known.Row.Sidechain, known.Row.OutputTokens, known.Row.AtMs));
            kept[row.Identity] = (order > 0 ? row : known.Row, Math.Min(known.FirstAtMs, row.AtMs));
            if (order == 0)
            {
                ties.Add((row, row.AtMs));
            }
        }

        return kept.Values.Concat(ties);
    }

    /// <summary>Of what the record itself states alone, so that it belongs to the columns that are taken with the tokens.</summary>
    private long? Cost(string agent, UsageRow usage) => prices.CostMicroUsd(agent, usage.Model, new ResponseTokens(
        usage.AtMs, usage.InputTokens, usage.CacheWrite5mTokens, usage.CacheWrite1hTokens, usage.CacheReadTokens, usage.OutputTokens,
        usage.WebSearches, usage.Fast));

    private static string MakeUpsert()
    {
        string[] charged = ["session_id", "agent_id", "agent", "project_path", "at_ms"];
        string[] stated =
        [
            "stated_at_ms", "model", "input_tokens", "cache_write5m_tokens", "cache_write1h_tokens", "cache_read_tokens", "output_tokens",
            "reasoning_tokens", "web_searches", "sidechain", "fast", "context_window", "cost_micro_usd",
        ];
        var isEarlier = $"{Of(Charged, "excluded")} < {Of(Charged, "insights_usage")}";
        var isBetter = $"{Of(Tokens, "excluded")} > {Of(Tokens, "insights_usage")}";
        var set = charged.Select(c => Take(c, isEarlier)).Concat(stated.Select(c => Take(c, isBetter)));
        return $"""
            INSERT INTO insights_usage (identity, {string.Join(", ", charged)}, {string.Join(", ", stated)})
            VALUES ({string.Join(", ", Enumerable.Repeat("?", 1 + charged.Length + stated.Length))})
            ON CONFLICT (identity) DO UPDATE SET {string.Join(", ", set)} WHERE {isEarlier} OR {isBetter}
            """;

        static string Of(string order, string row) => order.Replace("{0}", row, StringComparison.Ordinal);
        static string Take(string column, string condition) => $"{column} = CASE WHEN {condition} THEN excluded.{column} ELSE insights_usage.{column} END";
    }
}
