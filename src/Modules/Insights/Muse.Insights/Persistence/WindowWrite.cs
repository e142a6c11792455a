using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Sessions;

namespace Muse.Insights.Persistence;

/// <summary>Keeps the first and the last that was said of each window, so that no order and no repetition matters.</summary>
internal static class WindowWrite
{
    /// <summary>Into what transcripts say.</summary>
    public const string Said = "INSERT INTO insights_usage_windows " + Figures;

    /// <summary>Into what agents reported themselves.</summary>
    public const string Reported = "INSERT INTO insights_reported_windows " + Figures;

    private const string Figures = """
        (agent, name, minutes, end_step, first_at_ms, first_basis_points, last_at_ms, last_basis_points, ends_at_ms, plan)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?5, ?6, ?7, ?8)
        ON CONFLICT (agent, name, minutes, end_step) DO UPDATE SET
            first_basis_points = CASE WHEN (excluded.first_at_ms, excluded.first_basis_points) < (first_at_ms, first_basis_points) THEN excluded.first_basis_points ELSE first_basis_points END,
            first_at_ms = min(first_at_ms, excluded.first_at_ms),
            last_basis_points = CASE WHEN (excluded.last_at_ms, excluded.last_basis_points) > (last_at_ms, last_basis_points) THEN excluded.last_basis_points ELSE last_basis_points END,
            last_at_ms = max(last_at_ms, excluded.last_at_ms),
            ends_at_ms = max(ends_at_ms, excluded.ends_at_ms),
            plan = max(coalesce(plan, excluded.plan), coalesce(excluded.plan, plan))
        """;

    /// <param name="write">One of the statements above.</param>
    public static void Run(PreparedStatement write, string agent, LimitSeen limit) => write
        .Bind(agent).Bind(limit.Name ?? "").Bind(limit.WindowMinutes).Bind(EndStep(limit))
        .Bind(limit.AtMs).Bind(BasisPoints(limit)).Bind(limit.ResetsAtMs).Bind(limit.Plan).Execute();

    /// <summary>See <see cref="WindowFigures.EndStep"/>.</summary>
    public static long EndStep(LimitSeen limit) => limit.ResetsAtMs is { } end ? (end + (WindowFigures.SameEndMs / 2)) / WindowFigures.SameEndMs : 0;

    public static long BasisPoints(LimitSeen limit) => (long)Math.Round(limit.UsedPercent * 100);
}
