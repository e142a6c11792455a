namespace Muse.Insights.Provenance;

/// <summary>How sure it is that a commit comes from a session. Numbers, so that the greatest is the best.</summary>
internal static class Confidence
{
    /// <summary>The session's own output showed the hash, or that of a commit that this one holds.</summary>
    public const int High = 3;

    /// <summary>The session changed the commit's files shortly before it.</summary>
    public const int Medium = 2;

    /// <summary>Only time and repository match: shown, and in no ratio.</summary>
    public const int Low = 1;

    public static string Word(int confidence) => confidence switch { High => "high", Medium => "medium", _ => "low" };
}
