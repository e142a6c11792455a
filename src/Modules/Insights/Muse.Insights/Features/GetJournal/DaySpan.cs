using Muse.BuildingBlocks.Persistence;
using Muse.Insights.Provenance;

namespace Muse.Insights.Features.GetJournal;

/// <summary>What Insights' own tables hold of a span of time. Every look is a range of an index.</summary>
internal sealed class DaySpan
{
    private const string Used = """
        SELECT session_id, min(at_ms), max(at_ms), count(*), coalesce(sum(cost_micro_usd), 0), count(*) - count(cost_micro_usd)
        FROM insights_usage WHERE at_ms >= ? AND at_ms < ? GROUP BY session_id
        """;

    private const string Asked = "SELECT session_id, at_ms, text, ordinal FROM insights_session_asks WHERE at_ms >= ? AND at_ms < ? ORDER BY at_ms, ordinal";

    private const string Failed = """
        SELECT session_id, at_ms, code, ordinal, agent_id, 1 FROM insights_session_errors WHERE at_ms >= ?1 AND at_ms < ?2
        UNION ALL SELECT session_id, at_ms, tool, ordinal, agent_id, 0 FROM insights_tool_errors WHERE at_ms >= ?1 AND at_ms < ?2 ORDER BY 2, 4
        """;

    private const string Committed = """
        SELECT o.hash, c.subject, o.session_id, o.at_ms, o.confidence, o.why, o.fate, c.added_lines, c.removed_lines
        FROM insights_commit_origins o JOIN insights_commits c ON c.repository_id = o.repository_id AND c.hash = o.hash
        WHERE o.at_ms >= ? AND o.at_ms < ? AND o.is_counted = 1 AND o.fate < 3 ORDER BY o.at_ms, o.hash
        """;

    private readonly Dictionary<string, Worked> _sessions = new(StringComparer.Ordinal);

    /// <param name="fromMs">UTC milliseconds, included.</param>
    /// <param name="toMs">UTC milliseconds, not included.</param>
    public static DaySpan Read(DatabaseReader reader, long fromMs, long toMs)
    {
        var span = new DaySpan();
        reader.Query(Used).Bind(fromMs).Bind(toMs).Each(row => span.Take(
            row.Text(0), row.Number(1), row.Number(2), of => of with { Responses = row.Number(3), CostMicroUsd = row.Number(4), Unpriced = row.Number(5) }));
        span.Asks = reader.Query(Asked).Bind(fromMs).Bind(toMs).All(row => new Ask(row.Text(0), row.Number(1), row.Text(2), row.Number(3)));
        span.Asks.ForEach(a => span.Take(a.SessionId, a.AtMs, a.AtMs, of => of with { Asks = of.Asks + 1 }));
        span.Errors = reader.Query(Failed).Bind(fromMs).Bind(toMs)
            .All(row => new Error(row.Text(0), row.Number(1), row.Text(2), row.Number(3), row.Text(4), row.Int(5) != 0));
        span.Errors.ForEach(e => span.Take(e.SessionId, e.AtMs, e.AtMs, of => of));
        span.Commits = reader.Query(Committed).Bind(fromMs).Bind(toMs).All(row => new Commit(
            row.Text(0), row.Text(1), row.Text(2), row.Number(3), row.Int(4), row.Text(5), row.Int(6), row.Int(7), row.Int(8)));
        return span;
    }

    public IReadOnlyDictionary<string, Worked> Sessions => _sessions;

    public List<Ask> Asks { get; private set; } = [];

    public List<Error> Errors { get; private set; } = [];

    public List<Commit> Commits { get; private set; } = [];

    public GetJournal.Totals Totals(int notes) => new(
        _sessions.Count, Asks.Count, _sessions.Values.Sum(s => s.Responses), _sessions.Values.Sum(s => s.CostMicroUsd), _sessions.Values.Sum(s => s.Unpriced),
        Commits.Count(c => c.IsShipped), Commits.Count(c => c.Confidence == Confidence.Low), notes, Errors.Count(e => e.IsApi), Errors.Count(e => !e.IsApi));

    /// <returns>True, to be told of the next.</returns>
    private bool Take(string session, long fromMs, long toMs, Func<Worked, Worked> add)
    {
        var known = _sessions.GetValueOrDefault(session, new Worked(long.MaxValue, 0, 0, 0, 0, 0));
        _sessions[session] = add(known with { FromMs = Math.Min(known.FromMs, fromMs), ToMs = Math.Max(known.ToMs, toMs) });
        return true;
    }

    /// <summary>What a session did in the span.</summary>
    public readonly record struct Worked(long FromMs, long ToMs, long Responses, long CostMicroUsd, long Unpriced, int Asks);

    public sealed record Ask(string SessionId, long AtMs, string Text, long Ordinal);

    /// <param name="AgentId">Empty for the session's own transcript.</param>
    /// <param name="IsApi">Of the API or the agent, and not of a tool.</param>
    public sealed record Error(string SessionId, long AtMs, string Name, long Ordinal, string AgentId, bool IsApi);

    public sealed record Commit(
        string Hash, string Subject, string SessionId, long AtMs, int Confidence, string Why, int Fate, int AddedLines, int RemovedLines)
    {
        public bool IsShipped => Confidence > Provenance.Confidence.Low && Fate == Provenance.Fate.Shipped;
    }
}
