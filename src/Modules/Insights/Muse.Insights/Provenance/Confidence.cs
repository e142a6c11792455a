using Muse.Insights.Persistence;

namespace Muse.Insights.Provenance;

/// <summary>What became of a commit.</summary>
internal static class Fate
{
    /// <summary>A ref leads to it, nothing undid it, and no other commit holds its work.</summary>
    public const int Shipped = 0;
    public const int Reverted = 1;

    /// <summary>No ref leads to it, and no other commit holds its work.</summary>
    public const int Lost = 2;

    /// <summary>A later commit holds its work and is counted in its place.</summary>
    public const int Replaced = 3;

    public static int Of(Commit commit) =>
        commit.ReplacedBy is not null ? Replaced : !commit.IsReachable ? Lost : commit.RevertedBy is not null ? Reverted : Shipped;

    public static string Word(int fate) => fate switch { Shipped => "shipped", Reverted => "reverted", Lost => "lost", _ => "replaced" };
}

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
