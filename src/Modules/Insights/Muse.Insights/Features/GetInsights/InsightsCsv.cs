using System.Globalization;
using System.Text;
using Muse.Insights.Domain;

namespace Muse.Insights.Features.GetInsights;

/// <summary>One table of the answer for spreadsheets: a line of names, then one for each row.</summary>
internal static class InsightsCsv
{
    public static string Of(GetInsights.Response insights, string table) => table switch
    {
        "models" or "projects" => Ratios(table == "models" ? "model" : "project", table == "models" ? insights.Models : insights.Projects),
        "days" => Table(
            "day,cost_micro_usd,responses,commits,level,zone",
            insights.Days.Select(d => string.Create(
                CultureInfo.InvariantCulture, $"{d.Date:yyyy-MM-dd},{d.CostMicroUsd},{d.Responses},{d.Commits},{d.Level},{Csv.Cell(insights.Zone)}"))),
        "hours" => Table(
            "weekday,hour,responses,errors,commits,zone",
            insights.Hours.Select(h => string.Create(
                CultureInfo.InvariantCulture, $"{h.Weekday},{h.At},{h.Responses},{h.Errors},{h.Commits},{Csv.Cell(insights.Zone)}"))),
        _ => Table(
            "list,session,title,agent,project,last_at_ms,outcome,cost_micro_usd,unpriced_responses,commits,low_commits,reverted_commits,shipped_lines,health,health_why",
            insights.Productive.Select(s => Session("productive", s)).Concat(insights.Wasteful.Select(s => Session("wasteful", s)))),
    };

    private static string Ratios(string by, IEnumerable<GetInsights.Ratio> ratios) => Table(
        $"{by},cost_micro_usd,unpriced_responses,commits,low_commits,commits_per_ten_dollars",
        ratios.Select(r => string.Create(
            CultureInfo.InvariantCulture, $"{Csv.Cell(r.Key)},{r.CostMicroUsd},{r.UnpricedResponses},{r.Commits},{r.LowCommits},{r.CommitsPerTenDollars}")));

    private static string Session(string list, GetInsights.Session s) => string.Create(
        CultureInfo.InvariantCulture,
        $"{list},{s.Id},{Csv.Cell(s.Title)},{s.Agent},{Csv.Cell(s.ProjectPath)},{s.LastAtMs},{s.Outcome},{s.CostMicroUsd},{s.UnpricedResponses},{s.Commits},{s.LowCommits},{s.RevertedCommits},{s.ShippedLines},{s.Health},{Csv.Cell(s.HealthWhy)}");

    private static string Table(string names, IEnumerable<string> rows) =>
        rows.Aggregate(new StringBuilder(names).Append("\r\n"), (csv, row) => csv.Append(row).Append("\r\n")).ToString();
}
