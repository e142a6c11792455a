using System.Globalization;
using System.Text;
using Muse.BuildingBlocks.Text;
using Muse.Insights.Domain;

namespace Muse.Insights.Features.GetJournal;

/// <summary>The day as a page of Markdown, to be kept or sent: its figures, then what happened, in order.</summary>
internal static class JournalMarkdown
{
    private const double Million = 1_000_000.0;

    /// <summary>Characters of a title that only says where something stands.</summary>
    private const int ShortTitle = 60;

    /// <param name="address">Where Muse was asked, for the links: <c>http://127.0.0.1:6873</c>.</param>
    public static string Of(GetJournal.Response journal, string address)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(journal.Zone);
        var page = new StringBuilder();
        Line(page, $"# {journal.Day:dddd, d MMMM yyyy}");
        page.Append('\n');
        Line(page, $"Times of {Markdown.Line(journal.Zone)}. Costs are API-equivalent.");
        page.Append('\n');
        if (journal is { Sessions.Count: 0, Commits.Count: 0, Notes.Count: 0 })
        {
            Line(page, $"Nothing happened on this day.");
            return page.ToString();
        }

        Line(page, $"{Sum(journal.Totals)} (the day before: {Sum(journal.DayBefore)})");
        Section(page, "Sessions", journal.Sessions, s =>
            $"{Time(s.FromMs, zone)} to {Time(s.ToMs, zone)} {Link(s.Title, address, s.Id, PreviewText.MaxLength)}: {Markdown.Line(s.Agent)}{In(s.ProjectPath)}, {Cost(s.CostMicroUsd, s.UnpricedResponses)}, {s.Outcome}{Health(s)}");
        Section(page, "Asked", journal.Asks, a => $"{Time(a.AtMs, zone)} {Markdown.Line(a.Text)} ({Link(a.Title, address, $"{a.SessionId}?focus={a.Item}")})");
        Section(page, "Commits", journal.Commits, c =>
            $"{Time(c.AtMs, zone)} `{c.Hash[..Math.Min(10, c.Hash.Length)]}` {Markdown.Line(c.Subject)}: {c.State}, {c.Confidence} confidence, +{c.AddedLines} −{c.RemovedLines} ({Link(c.Title, address, $"{c.SessionId}?panel=commits")})");
        Section(page, "Notes", journal.Notes, n => $"{Time(n.AtMs, zone)} {Markdown.Line(n.Text)} ({Link(n.Title, address, $"{n.SessionId}?panel=notes")})");
        Section(page, "Errors", journal.Errors, e =>
            $"{Time(e.FirstAtMs, zone)} {string.Join(", ", e.Names.Select(n => $"{n.Count} × {Markdown.Line(n.Name)}"))} ({Link(e.Title, address, First(e))})");
        return page.ToString();
    }

    private static void Section<T>(StringBuilder page, string title, IReadOnlyList<T> rows, Func<T, FormattableString> row)
    {
        if (rows.Count == 0)
        {
            return;
        }

        Line(page, $"\n## {title}\n");
        foreach (var one in rows)
        {
            page.Append("- ");
            Line(page, row(one));
        }
    }

    private static void Line(StringBuilder page, FormattableString line) => page.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Sum(GetJournal.Totals t) => string.Create(
        CultureInfo.InvariantCulture,
        $"{t.Sessions} sessions, {t.Asks} asks, {t.Responses} responses, {Cost(t.CostMicroUsd, t.UnpricedResponses)}, {t.Commits} commits, {t.ApiErrors + t.ToolErrors} errors");

    private static string Cost(long microUsd, long unpriced) => string.Create(CultureInfo.InvariantCulture, $"${microUsd / Million:0.00}{(unpriced > 0 ? "+" : "")}");

    private static string Time(long atMs, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(ZoneDays.Instant(atMs), zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string In(string? project) => project is null ? "" : $" in {Markdown.Line(project)}";

    private static string Health(GetJournal.Session s) => s.HealthWhy is null ? "" : $", health {s.Health}: {Markdown.Line(s.HealthWhy)}";

    private static string First(GetJournal.Failures e) => e.Agent is null ? $"{e.SessionId}?focus={e.Item}" : $"{e.SessionId}?focus={e.Item}&agent={Uri.EscapeDataString(e.Agent)}";

    private static string Link(string? title, string address, string place, int longest = ShortTitle) =>
        $"[{(Markdown.Line(title, longest) is { Length: > 0 } named ? named : "Untitled session")}]({address}/sessions/{place})";
}
