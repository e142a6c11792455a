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

    private static readonly string[] ChargedColumns = ["session_id", "agent_id", "agent", "project_path", "at_ms"];

    private static readonly string[] StatedColumns =
    [
        "stated_at_ms", "model", "input_tokens", "cache_write5m_tokens", "cache_write1h_tokens", "cache_read_tokens", "output_tokens",
        "reasoning_tokens", "web_searches", "sidechain", "fast", "context_window", "cost_micro_usd",
    ];

    private static readonly string All = string.Join(", ", ChargedColumns.Concat(StatedColumns));

    private static readonly string Insert =
        $"INSERT INTO insights_usage (identity, {All}) VALUES ({string.Join(", ", Enumerable.Repeat("?", 1 + ChargedColumns.Length + StatedColumns.Length))})";

    private static readonly string InsertNew = Insert + " ON CONFLICT DO NOTHING";
    private static readonly string TakeBetter = MakeUpsert();
    private static readonly string Find = $"SELECT {All} FROM insights_usage WHERE identity = ?";

    public Task Handle(TranscriptRead notification, CancellationToken cancellationToken)
    {
        if (!Array.Exists(notification.Usage, u => !u.Inherited))
        {
            return Task.CompletedTask;
        }

        var sums = new SpendSums();
        foreach (var (usage, firstAtMs) in OnePerResponse(notification.Usage))
        {
            Take(Entry(notification, usage, firstAtMs), sums);
        }

        sums.Write(statements);
        return Task.CompletedTask;
    }

    /// <summary>Most responses are told of in one read; of those that were there, what counted before is counted out.</summary>
    private void Take(UsageEntry entry, SpendSums sums)
    {
        if (Bind(statements[InsertNew], entry).Execute() > 0)
        {
            sums.CountIn(entry);
            return;
        }

        var before = Stored(entry.Identity);
        if (Bind(statements[TakeBetter], entry).Execute() > 0)
        {
            sums.CountOut(before);
            sums.CountIn(Stored(entry.Identity));
        }
    }

    private UsageEntry Entry(TranscriptRead read, UsageRow usage, long firstAtMs) => new()
    {
        Identity = usage.Identity,
        SessionId = read.SessionId,
        AgentId = read.AgentId,
        Agent = read.Agent,
        ProjectPath = read.ProjectPath,
        AtMs = firstAtMs,
        StatedAtMs = usage.AtMs,
        Model = usage.Model,
        InputTokens = usage.InputTokens,
        CacheWrite5mTokens = usage.CacheWrite5mTokens,
        CacheWrite1hTokens = usage.CacheWrite1hTokens,
        CacheReadTokens = usage.CacheReadTokens,
        OutputTokens = usage.OutputTokens,
        ReasoningTokens = usage.ReasoningTokens,
        WebSearches = usage.WebSearches,
        Sidechain = usage.Sidechain,
        Fast = usage.Fast,
        ContextWindow = usage.ContextWindow,
        CostMicroUsd = Cost(read.Agent, usage),
    };

    private static PreparedStatement Bind(PreparedStatement statement, UsageEntry e) => statement
        .Bind(e.Identity).Bind(e.SessionId).Bind(e.AgentId).Bind(e.Agent).Bind(e.ProjectPath).Bind(e.AtMs).Bind(e.StatedAtMs).Bind(e.Model)
        .Bind(e.InputTokens).Bind(e.CacheWrite5mTokens).Bind(e.CacheWrite1hTokens).Bind(e.CacheReadTokens).Bind(e.OutputTokens)
        .Bind(e.ReasoningTokens).Bind(e.WebSearches).Bind(e.Sidechain ? 1 : 0).Bind(e.Fast ? 1 : 0).Bind(e.ContextWindow).Bind(e.CostMicroUsd);

    private UsageEntry Stored(string identity) => statements[Find].Bind(identity).First(row => new UsageEntry
    {
        Identity = identity,
        SessionId = row.Text(0),
        AgentId = row.TextOrNull(1),
        Agent = row.Text(2),
        ProjectPath = row.TextOrNull(3),
        AtMs = row.Number(4),
        StatedAtMs = row.Number(5),
        Model = row.TextOrNull(6),
        InputTokens = row.Number(7),
        CacheWrite5mTokens = row.Number(8),
        CacheWrite1hTokens = row.Number(9),
        CacheReadTokens = row.Number(10),
        OutputTokens = row.Number(11),
        ReasoningTokens = row.Number(12),
        WebSearches = row.Int(13),
        Sidechain = row.Number(14) != 0,
        Fast = row.Number(15) != 0,
        ContextWindow = row.NumberOrNull(16),
        CostMicroUsd = row.NumberOrNull(17),
    })!; // the insert has met it

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
        var isEarlier = $"{Of(Charged, "excluded")} < {Of(Charged, "insights_usage")}";
        var isBetter = $"{Of(Tokens, "excluded")} > {Of(Tokens, "insights_usage")}";
        var set = ChargedColumns.Select(c => Take(c, isEarlier)).Concat(StatedColumns.Select(c => Take(c, isBetter)));
        return $"{Insert} ON CONFLICT (identity) DO UPDATE SET {string.Join(", ", set)} WHERE {isEarlier} OR {isBetter}";

        static string Of(string order, string row) => order.Replace("{0}", row, StringComparison.Ordinal);
        static string Take(string column, string condition) => $"{column} = CASE WHEN {condition} THEN excluded.{column} ELSE insights_usage.{column} END";
    }
}
