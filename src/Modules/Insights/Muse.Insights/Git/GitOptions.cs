using System.ComponentModel.DataAnnotations;

namespace Muse.Insights.Git;

/// <summary>Settings under <c>Muse:Insights:Git</c>.</summary>
internal sealed class GitOptions
{
    /// <summary>The program, by name or path.</summary>
    public string Program { get; init; } = "git";

    /// <summary>Whether repositories that sessions worked in are read by themselves.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>How long one call of git may take; a repository that needs longer is left out.</summary>
    [Range(1, 600)]
    public int CallSeconds { get; init; } = 30;

    /// <summary>How much one call may print.</summary>
    [Range(1, 1024)]
    public int CallMegabytes { get; init; } = 64;

    /// <summary>How many commits a repository may have since the first session in it; one with more is left out.</summary>
    [Range(1, 1_000_000)]
    public int MostCommits { get; init; } = 20_000;
}
