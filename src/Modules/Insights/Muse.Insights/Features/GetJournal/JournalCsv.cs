using System.Globalization;
using System.Text;
using Muse.Insights.Domain;

namespace Muse.Insights.Features.GetJournal;

/// <summary>The day as a table that spreadsheets read: a line of names, then one for everything that happened, in order.</summary>
internal static class JournalCsv
{
    private const string Names = "time,until,zone,kind,session,title,agent,project,text,state,confidence,health,responses,cost_micro_usd,unpriced_responses,count,item";

    public static string Of(GetJournal.Response journal)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(journal.Zone);
        var rows = journal.Sessions.Select(s => new Row(
                s.FromMs, "session", s.Id, s.Title, s.HealthWhy, Until: s.ToMs, Agent: s.Agent, Project: s.ProjectPath, State: s.Outcome, Health: s.Health,
                Responses: s.Responses, Cost: s.CostMicroUsd, Unpriced: s.UnpricedResponses))
            .Concat(journal.Asks.Select(a => new Row(a.AtMs, "ask", a.SessionId, a.Title, a.Text, Item: a.Item)))
            .Concat(journal.Commits.Select(c => new Row(c.AtMs, "commit", c.SessionId, c.Title, c.Subject, State: c.State, Confidence: c.Confidence, Item: c.Hash)))
            .Concat(journal.Notes.Select(n => new Row(n.AtMs, "note", n.SessionId, n.Title, n.Text)))
            .Concat(journal.Errors.SelectMany(e => e.Names.Select(n => new Row(e.FirstAtMs, "errors", e.SessionId, e.Title, n.Name, Count: n.Count, Item: e.Item))));
        var csv = new StringBuilder(Names).Append("\r\n");
        foreach (var r in rows.OrderBy(r => r.AtMs))
        {
            csv.Append(null, $"{Time(r.AtMs, zone)},{(r.Until is { } until ? Time(until, zone) : "")},{Csv.Cell(journal.Zone)},{r.Kind},{Csv.Cell(r.Session)},{Csv.Cell(r.Title)},")
                .Append(null, $"{Csv.Cell(r.Agent)},{Csv.Cell(r.Project)},{Csv.Cell(r.Text)},{r.State},{r.Confidence},{r.Health},{r.Responses},{r.Cost},{r.Unpriced},{r.Count},")
                .Append(null, $"{Csv.Cell(r.Item)}\r\n");
        }

        return csv.ToString();
    }

    private static string Time(long atMs, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(ZoneDays.Instant(atMs), zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private sealed record Row(
        long AtMs, string Kind, string Session, string? Title, string? Text, long? Until = null, string? Agent = null, string? Project = null, string? State = null,
        string? Confidence = null, string? Health = null, long? Responses = null, long? Cost = null, long? Unpriced = null, int? Count = null, string? Item = null);
}
