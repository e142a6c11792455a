using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Sessions;
using Muse.Insights.Domain;
using Muse.Insights.Persistence;

namespace Muse.Insights.Projections;

/// <summary>Marks the minutes in which agents worked. A mark that is set stays set, so that no order and no repetition matters.</summary>
internal sealed class AgentMinutesProjection(ProjectionStatements<InsightsDbContext> statements) : IProjection<TranscriptRead>
{
    private const long MinuteMs = 60_000;

    /// <summary>What is said to have run longer than this stood still for a part of it, such as in a suspended machine.</summary>
    private const long LongestCallMs = 6 * 60 * MinuteMs;

    private const string Mark = """
        INSERT INTO insights_agent_minutes (quarter, session_id, agent_id, minutes) VALUES (?, ?, ?, ?)
        ON CONFLICT (quarter, session_id, agent_id) DO UPDATE SET minutes = minutes | excluded.minutes WHERE minutes <> minutes | excluded.minutes
        """;

    public Task Handle(TranscriptRead notification, CancellationToken cancellationToken)
    {
        var marks = new Dictionary<long, int>();
        foreach (var usage in notification.Usage)
        {
            Add(marks, usage.Inherited ? 0 : usage.AtMs);
        }

        Array.ForEach(notification.Tools, t => Add(marks, t.AtMs, Math.Clamp(t.DurationMs ?? 0, 0, LongestCallMs)));
        Array.ForEach(notification.Edits, e => Add(marks, e.AtMs));
        Array.ForEach(notification.Commits, c => Add(marks, c.AtMs));
        Array.ForEach(notification.Prompts, p => Add(marks, p.Reply ? p.AtMs : 0));
        foreach (var (quarter, minutes) in marks)
        {
            statements[Mark].Bind(quarter).Bind(notification.SessionId).Bind(notification.AgentId ?? "").Bind(minutes).Execute();
        }

        return Task.CompletedTask;
    }

    /// <param name="atMs">UTC milliseconds of the end; what has no time marks nothing.</param>
    private static void Add(Dictionary<long, int> marks, long atMs, long durationMs = 0)
    {
        if (atMs is <= 0 or > ZoneDays.LastMs)
        {
            return;
        }

        for (var minute = Math.Max(0, atMs - durationMs) / MinuteMs; minute <= atMs / MinuteMs; minute++)
        {
            var quarter = minute / AgentMinutes.MinutesOfQuarter;
            marks[quarter] = marks.GetValueOrDefault(quarter) | (1 << (int)(minute % AgentMinutes.MinutesOfQuarter));
        }
    }
}
