using System.Text;
using Muse.Insights.Domain;

namespace Muse.Insights.Features.GetStats;

/// <summary>The groups as a table that spreadsheets read: a line of names, then one of figures for each group, or for each part of one.</summary>
internal static class StatsCsv
{
    public static string Of(GetStats.Response stats, string? split) => split is null ? Groups(stats) : Parts(stats, split);

    private static string Groups(GetStats.Response stats)
    {
        var csv = new StringBuilder(
            $"{stats.By},responses,input_tokens,cache_write_5m_tokens,cache_write_1h_tokens,cache_read_tokens,output_tokens,reasoning_tokens,"
            + "web_searches,cost_micro_usd,unpriced_responses,zone\r\n");
        foreach (var (key, u, _) in stats.Groups)
        {
            csv.Append(null, $"{Csv.Cell(key)},{u.Responses},{u.InputTokens},{u.CacheWrite5mTokens},{u.CacheWrite1hTokens},{u.CacheReadTokens},")
                .Append(null, $"{u.OutputTokens},{u.ReasoningTokens},{u.WebSearches},{u.CostMicroUsd},{u.UnpricedResponses},{Csv.Cell(stats.Zone)}\r\n");
        }

        return csv.ToString();
    }

    private static string Parts(GetStats.Response stats, string split)
    {
        var csv = new StringBuilder($"{stats.By},{split},responses,tokens,cost_micro_usd,unpriced_responses,zone\r\n");
        foreach (var (key, _, parts) in stats.Groups)
        {
            foreach (var part in parts)
            {
                csv.Append(null, $"{Csv.Cell(key)},{Csv.Cell(part.Key)},{part.Responses},{part.Tokens},{part.CostMicroUsd},")
                    .Append(null, $"{part.UnpricedResponses},{Csv.Cell(stats.Zone)}\r\n");
            }
        }

        return csv.ToString();
    }
}
