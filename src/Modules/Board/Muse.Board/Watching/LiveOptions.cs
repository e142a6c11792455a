using System.ComponentModel.DataAnnotations;

namespace Muse.Board.Watching;

/// <summary>Settings under <c>Muse:Board:Live</c>.</summary>
internal sealed class LiveOptions
{
    /// <summary>Watches tmux, processes and Claude's registry; off where nothing of the person's own may be touched.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>Name or path of tmux.</summary>
    [Required]
    public string Tmux { get; init; } = "tmux";

    /// <summary>Folder of the tmux servers' sockets; where tmux itself keeps them when empty.</summary>
    public string SocketFolder { get; init; } = "";

    /// <summary>Home whose agents are looked for besides those that running agents name; the user's own when empty.</summary>
    public string Home { get; init; } = "";

    /// <summary>Names or paths of the agents' programs, by agent, where they are not the usual ones. tmux looks for names along the PATH of whoever asks, so Muse's own (seen with 3.3a).</summary>
    public Dictionary<string, string> Programs { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Seconds between two looks for what no event told.</summary>
    [Range(1, 3600)]
    public int SweepSeconds { get; init; } = 10;

    /// <summary>Seconds between two looks at the panes where control mode is not to be had.</summary>
    [Range(1, 3600)]
    public int PollSeconds { get; init; } = 5;

    /// <summary>The home in force.</summary>
    public string HomeFolder => Home.Length > 0 ? Home : Environment.GetEnvironmentVariable("HOME") ?? "/";
}
