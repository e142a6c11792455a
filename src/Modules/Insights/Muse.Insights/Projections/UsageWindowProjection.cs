using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Sessions;
using Muse.Insights.Domain;
using Muse.Insights.Persistence;

namespace Muse.Insights.Projections;

/// <summary>Keeps the first and the last that was said of each window, so that no order and no repetition matters.</summary>
internal sealed class UsageWindowProjection(ProjectionStatements<InsightsDbContext> statements) : IProjection<TranscriptRead>
{
    private const string Keep = """
        INSERT INTO insights_usage_windows (agent, name, minutes, end_step, first_at_ms, first_basis_points, last_at_ms, last_basis_points, ends_at_ms, plan)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?5, ?6, ?7, ?8)
        ON CONFLICT (agent, name, minutes, end_step) DO UPDATE SET
            first_basis_points = CASE WHEN (excluded.first_at_ms, excluded.first_basis_points) < (first_at_ms, first_basis_points) THEN excluded.first_basis_points ELSE first_basis_points END,
            first_at_ms = min(first_at_ms, excluded.first_at_ms),
            last_basis_points = CASE WHEN (excluded.last_at_ms, excluded.last_basis_points) > (last_at_ms, last_basis_points) THEN excluded.last_basis_points ELSE last_basis_points END,
            last_at_ms = max(last_at_ms, excluded.last_at_ms),
            ends_at_ms = max(ends_at_ms, excluded.ends_at_ms),
            plan = max(coalesce(plan, excluded.plan), coalesce(excluded.plan, plan))
        """;

    public Task Handle(TranscriptRead notification, CancellationToken cancellationToken)
    {
        foreach (var limit in notification.Limits)
        {
            Write(notification.Agent, limit);
        }

        foreach (var error in notification.Errors)
        {
            if (error.Code == "rate_limit" && LimitNotice.Read(error.Preview, error.AtMs) is { } reached)
            {
                Write(notification.Agent, reached);
            }
        }

        return Task.CompletedTask;
    }

    private void Write(string agent, LimitSeen limit) => statements[Keep]
        .Bind(agent).Bind(limit.Name ?? "").Bind(limit.WindowMinutes)
        .Bind(limit.ResetsAtMs is { } end ? (end + (UsageWindow.SameEndMs / 2)) / UsageWindow.SameEndMs : 0)
        .Bind(limit.AtMs).Bind((long)Math.Round(limit.UsedPercent * 100)).Bind(limit.ResetsAtMs).Bind(limit.Plan).Execute();
}
