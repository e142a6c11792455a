using System.ComponentModel.DataAnnotations;

namespace Muse.Sessions;

/// <summary>Settings under <c>Muse:Sessions</c>.</summary>
internal sealed class SessionsOptions
{
    /// <summary>Name of this machine in session identities; generated once into the data folder when empty.</summary>
    [MaxLength(100)]
    public string Machine { get; init; } = "";

    /// <summary>Home folder whose agents are read; the user's own when empty.</summary>
    public string Home { get; init; } = "";

    /// <summary>Further roots by agent, besides those the agents' own variables name.</summary>
    public Dictionary<string, string[]> Roots { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Seconds between two sweeps that look for what the watcher missed.</summary>
    [Range(1, 3600)]
    public int SweepSeconds { get; init; } = 5;

    /// <summary>Watches and sweeps; off in tests that drive the ingest themselves.</summary>
    public bool Follow { get; init; } = true;
}
