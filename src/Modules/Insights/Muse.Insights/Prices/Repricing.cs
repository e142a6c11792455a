using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Muse.BuildingBlocks.Persistence;
using Muse.Insights.Persistence;
using Muse.Insights.Projections;

namespace Muse.Insights.Prices;

/// <summary>
/// Prices what was priced by another sheet anew, from the rows, when Muse starts with other prices. Until it is through,
/// rows that it has not reached keep their former price. A row that comes meanwhile has the new price already, and to
/// price a row twice changes nothing, so that neither writers beside it nor a stop in the middle matter.
/// </summary>
internal sealed partial class Repricing(MuseDatabase database, PriceSheet prices, ILogger<Repricing> logger) : BackgroundService
{
    /// <summary>Few enough that who waits for the right to write does not notice.</summary>
    private const int AtOnce = 2000;

    private const string Next = """
        SELECT identity, agent, model, stated_at_ms, input_tokens, cache_write5m_tokens, cache_write1h_tokens, cache_read_tokens, output_tokens,
            web_searches, fast, cost_micro_usd, session_id, project_path, at_ms, reasoning_tokens
        FROM insights_usage WHERE identity > ? ORDER BY identity LIMIT ?
        """;

    private const string Price = "UPDATE insights_usage SET cost_micro_usd = ? WHERE identity = ?";
    private const string Known = "SELECT count(*) FROM insights_priced_by WHERE sheet = ?";
    private const string Done = "INSERT INTO insights_priced_by (id, sheet) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET sheet = excluded.sheet";

    /// <summary>Prices anew if the sheet is another one than the last time.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        using (var reader = database.Read())
        {
            if (reader.Query(Known).Bind(prices.Version).FirstNumber() > 0)
            {
                return;
            }
        }

        var (after, changed) = ("", 0);
        while (true)
        {
            using var write = await database.EnterWriteAsync(ct);
            await using var connection = database.Open();
            await using var transaction = connection.BeginTransaction(deferred: false);
            var (last, here) = PriceSome(connection, after);
            changed += here;
            if (last is null)
            {
                using var done = new PreparedStatement(connection, Done);
                done.Bind(prices.Version).Execute();
            }

            await transaction.CommitAsync(ct);
            if (last is null)
            {
                break;
            }

            after = last;
        }

        if (changed > 0)
        {
            LogPriced(logger, changed, prices.Version);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The start waits for nothing of this.
        await Task.Yield();
        await RunAsync(stoppingToken);
    }

    /// <returns>The last identity looked at, or null if there was none; how many prices changed.</returns>
    private (string? Last, int Changed) PriceSome(SqliteConnection connection, string after)
    {
        using var statements = new PreparedStatements(() => connection);
        var rows = statements[Next].Bind(after).Bind(AtOnce).All(Entry);
        var sums = new SpendSums();
        var changed = 0;
        foreach (var row in rows)
        {
            var price = prices.CostMicroUsd(row.Agent, row.Model, new ResponseTokens(
                row.StatedAtMs, row.InputTokens, row.CacheWrite5mTokens, row.CacheWrite1hTokens, row.CacheReadTokens, row.OutputTokens, row.WebSearches, row.Fast));
            if (price != row.CostMicroUsd)
            {
                sums.CountOut(row);
                row.CostMicroUsd = price;
                sums.CountIn(row);
                statements[Price].Bind(price).Bind(row.Identity).Execute();
                changed++;
            }
        }

        sums.Write(statements);
        return (rows.LastOrDefault()?.Identity, changed);
    }

    /// <summary>With what a price and the sums are made of.</summary>
    private static UsageEntry Entry(PreparedStatement row) => new()
    {
        Identity = row.Text(0),
        Agent = row.Text(1),
        Model = row.TextOrNull(2),
        StatedAtMs = row.Number(3),
        InputTokens = row.Number(4),
        CacheWrite5mTokens = row.Number(5),
        CacheWrite1hTokens = row.Number(6),
        CacheReadTokens = row.Number(7),
        OutputTokens = row.Number(8),
        WebSearches = row.Int(9),
        Fast = row.Number(10) != 0,
        CostMicroUsd = row.NumberOrNull(11),
        SessionId = row.Text(12),
        ProjectPath = row.TextOrNull(13),
        AtMs = row.Number(14),
        ReasoningTokens = row.Number(15),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Priced {Changed} responses anew by the prices {Version}.")]
    private static partial void LogPriced(ILogger logger, int changed, string version);
}
