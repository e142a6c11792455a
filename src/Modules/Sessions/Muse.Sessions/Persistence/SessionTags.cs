using System.Text.Json;
using Muse.BuildingBlocks.Persistence;
using Muse.Sessions.Domain;

namespace Muse.Sessions.Persistence;

/// <summary>
/// Which sessions carry which tags. A rule is asked anew each time, so that it holds for what was read before it was made and
/// stops the moment it is changed; what a person put on or took off by hand goes before it.
/// </summary>
internal sealed class SessionTags(MuseDatabase database, TimeProvider clock)
{
    /// <summary>The tags that there are.</summary>
    public static List<TagRow> All(DatabaseReader reader) => reader.Query("SELECT name, color, rule FROM sessions_tags ORDER BY name")
        .All(row => new TagRow { Name = row.Text(0), Color = row.Text(1), Rule = row.TextOrNull(2) });

    /// <summary>The same rows with their tags.</summary>
    public List<SessionWithParent> On(DatabaseReader reader, List<SessionWithParent> sessions)
    {
        var tags = sessions.Count == 0 ? [] : All(reader);
        if (tags.Count == 0)
        {
            return sessions;
        }

        var ids = JsonSerializer.Serialize(sessions.Select(s => s.Row.Id));
        var byTag = tags.ToDictionary(t => t.Name, t => Carrying(reader, t, ids), StringComparer.Ordinal);
        return [.. sessions.Select(session => tags.FindAll(t => byTag[t.Name].Contains(session.Row.Id)) is { Count: > 0 } own
            ? session with { Marks = session.Marks with { Tags = [.. own.Select(t => t.Name)] } }
            : session)];
    }

    /// <summary>Ids of all sessions that carry a tag; none if there is no such tag.</summary>
    public HashSet<string> Carrying(string tag)
    {
        using var reader = database.Read();
        return All(reader).Find(t => t.Name == tag) is { } found ? Carrying(reader, found, null) : [];
    }

    /// <summary>The rule that was stored.</summary>
    public static TagRule? RuleOf(TagRow tag) => tag.Rule is null ? null : JsonSerializer.Deserialize<TagRule>(tag.Rule, JsonSerializerOptions.Web);

    /// <param name="among">JSON array of ids; null for all.</param>
    public HashSet<string> Carrying(DatabaseReader reader, TagRow tag, string? among)
    {
        var carrying = new HashSet<string>(StringComparer.Ordinal);
        if (RuleOf(tag) is { } rule)
        {
            var filter = rule.ToFilter().ToSql(clock, passing => passing
                .BindTo(reader.Query($"SELECT s.id, {SessionFilter.Title} {SessionReads.FromSessions} WHERE {passing.Sql}")).All(row => (row.Text(0), row.Text(1))));
            _ = among is null ? filter : filter.And("s.id IN (SELECT value FROM json_each(?))", among);
            carrying.UnionWith(filter.BindTo(reader.Query($"SELECT s.id {SessionReads.FromSessions} WHERE {filter.Sql}")).All(row => row.Text(0)));
        }

        reader.Query("SELECT session_id, is_on FROM sessions_session_tags WHERE tag = ?1 AND (?2 IS NULL OR session_id IN (SELECT value FROM json_each(?2)))")
            .Bind(tag.Name).Bind(among).Each(row =>
            {
                _ = row.Int(1) != 0 ? carrying.Add(row.Text(0)) : carrying.Remove(row.Text(0));
                return true;
            });
        return carrying;
    }
}
