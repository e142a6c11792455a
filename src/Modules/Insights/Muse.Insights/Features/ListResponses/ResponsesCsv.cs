using System.Globalization;
using System.Text;
using Muse.Insights.Domain;

namespace Muse.Insights.Features.ListResponses;

/// <summary>The rows as a table that spreadsheets read.</summary>
internal static class ResponsesCsv
{
    public static string Of(ListResponses.Response page)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(page.Zone);
        var csv = new StringBuilder(
            "time,zone,agent,model,project,session,subagent,response,input_tokens,cache_write_5m_tokens,cache_write_1h_tokens,cache_read_tokens,"
            + "output_tokens,reasoning_tokens,web_searches,cost_micro_usd,priced_as\r\n");
        foreach (var r in page.Rows)
        {
            csv.Append(null, $"{Time(r.AtMs, zone)},{Csv.Cell(page.Zone)},{Csv.Cell(r.Agent)},{Csv.Cell(r.Model)},{Csv.Cell(r.ProjectPath)},")
                .Append(null, $"{Csv.Cell(r.SessionId)},{Csv.Cell(r.AgentId)},{Csv.Cell(r.Id)},{r.InputTokens},{r.CacheWrite5mTokens},")
                .Append(null, $"{r.CacheWrite1hTokens},{r.CacheReadTokens},{r.OutputTokens},{r.ReasoningTokens},{r.WebSearches},{r.CostMicroUsd},")
                .Append(null, $"{Csv.Cell(r.PricedAs)}\r\n");
        }

        return csv.ToString();
    }

    private static string Time(long atMs, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(ZoneDays.Instant(atMs), zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
