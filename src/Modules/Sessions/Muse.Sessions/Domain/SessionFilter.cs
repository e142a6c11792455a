using System.Text;
using System.Text.Json;
using Muse.BuildingBlocks.Persistence;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Domain;

/// <summary>What narrows a list of sessions by what was read of them. Null does not narrow.</summary>
/// <param name="From">As <see cref="Parameter.Time"/> reads it.</param>
/// <param name="Q">Part of the title, in any case.</param>
internal sealed record SessionFilter(
    string? Agent, string? Project, string? Model, string? Branch, string? State, string? From, string? To, string? Q)
{
    /// <summary>The title that is shown: a person's own goes before the one that was read.</summary>
    public const string Title = "coalesce(c.title, s.title)";

    /// <summary>Conditions on <c>s</c>, the session, and <c>c</c>, what a person said of it.</summary>
    /// <param name="titles">The titles of what passes a filter.</param>
    public SqlFilter ToSql(TimeProvider clock, Func<SqlFilter, IEnumerable<(string Id, string Title)>> titles)
    {
        var live = SessionSummary.LiveSince(clock);
        var filter = new SqlFilter("s.internal = 0");
        Equal(filter, "s.agent = ?", Agent);
        Equal(filter, "coalesce(s.project_path, s.cwd) = ?", Project);
        Equal(filter, "s.model = ?", Model);
        Equal(filter, "s.branch = ?", Branch);
        _ = State switch
        {
            "kept" => filter.And($"s.missing AND {SessionReads.IsKept}"),
            "missing" => filter.And($"s.missing AND NOT {SessionReads.IsKept}"),
            "live" => filter.And("NOT s.missing AND s.last_at_ms >= ?", live),
            "quiet" => filter.And("NOT s.missing AND s.last_at_ms < ?", live),
            _ => filter,
        };
        if (From is not null && Parameter.Time(From, endOfDay: false) is { } start)
        {
            filter.And("s.last_at_ms >= ?", start);
        }

        if (To is not null && Parameter.Time(To, endOfDay: true) is { } end)
        {
            filter.And("s.last_at_ms <= ?", end);
        }

        return string.IsNullOrWhiteSpace(Q) ? filter : WithTitle(filter, Q.Trim(), titles);
    }

    private static SqlFilter WithTitle(SqlFilter filter, string words, Func<SqlFilter, IEnumerable<(string Id, string Title)>> titles)
    {
        if (Ascii.IsValid(words))
        {
            var escaped = words.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");
            return filter.And($@"{Title} LIKE ? ESCAPE '\'", $"%{escaped}%");
        }

        // SQLite folds the case of ASCII only; titles are few enough to look at here.
        var ids = titles(filter).Where(t => t.Title.Contains(words, StringComparison.OrdinalIgnoreCase)).Select(t => t.Id);
        return filter.And("s.id IN (SELECT value FROM json_each(?))", JsonSerializer.Serialize(ids));
    }

    private static void Equal(SqlFilter filter, string condition, string? value) => _ = value is null ? filter : filter.And(condition, value);
}
