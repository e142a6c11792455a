using System.Globalization;
using System.Text;
using Muse.Insights.Domain;

namespace Muse.Insights.Features.GetConcurrency;

/// <summary>The days as a table that spreadsheets read.</summary>
internal static class ConcurrencyCsv
{
    public static string Of(GetConcurrency.Response told)
    {
        var csv = new StringBuilder("day,agent_minutes,minutes,most_agents,mean_agents,zone\r\n");
        foreach (var (date, work) in told.Days)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd},{work.AgentMinutes},{work.Minutes},{work.Most},{work.Mean},{Csv.Cell(told.Zone)}\r\n");
        }

        return csv.ToString();
    }
}
