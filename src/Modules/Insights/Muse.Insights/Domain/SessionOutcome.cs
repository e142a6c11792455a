namespace Muse.Insights.Domain;

/// <summary>What became of a session's work.</summary>
internal static class SessionOutcome
{
    /// <summary>Work that is committed at all is committed within a week, as a rule.</summary>
    public const long QuietMs = 7L * 24 * 3600 * 1000;

    /// <summary>Every word, the best first.</summary>
    public static readonly string[] All = ["shipped", "reverted", "abandoned", "unknown"];

    /// <param name="isTraceable">It changed files in a repository that can be read.</param>
    /// <param name="quietSinceMs">UTC milliseconds: what did nothing since is not waited for any more.</param>
    public static string Of(int shipped, int reverted, bool isTraceable, long lastAtMs, long quietSinceMs) =>
        shipped > 0 ? "shipped" : reverted > 0 ? "reverted" : isTraceable && lastAtMs < quietSinceMs ? "abandoned" : "unknown";
}
