using Muse.Board.Processes;
using Muse.Board.Tmux;
using Muse.Board.Watching;

namespace Muse.Board.Adoption;

/// <summary>How sure a match is.</summary>
internal enum Confidence
{
    /// <summary>Only the best guess: several would fit.</summary>
    Low,

    /// <summary>One fits, and nothing contradicts.</summary>
    Likely,

    /// <summary>The agent or the kernel says so.</summary>
    Certain,
}

/// <summary>A process's identity: a pid alone is used again.</summary>
internal readonly record struct AgentKey(int Pid, string ProcStart);

/// <summary>One running agent.</summary>
/// <param name="Cwd">Its working folder now.</param>
/// <param name="Pane">The pane it runs in; null outside tmux: then it can only be shown.</param>
/// <param name="NativeSessionId">Null while nothing says which session it has, as before a first prompt.</param>
/// <param name="TranscriptPath">The session's file, where the match came by it.</param>
/// <param name="How">By which steps session and pane were found, for people.</param>
/// <param name="Confidence">Of the weaker of the two matches.</param>
/// <param name="InFront">False if it runs in its pane's background, as one stopped by Ctrl-Z does: keys would reach another program.</param>
/// <param name="Headless">Runs one prompt and ends; nobody can type into it.</param>
internal sealed record AgentProcess(
    string Agent, int Pid, string ProcStart, string Cwd, PaneId? Pane, string? NativeSessionId, string? TranscriptPath, string How,
    Confidence Confidence, bool InFront, bool Headless, ClaudeRegistryEntry? Registry)
{
    public AgentKey Key => new(Pid, ProcStart);
}

/// <summary>Every running agent of this user, in tmux or not.</summary>
internal interface IAgentSource
{
    IReadOnlyCollection<AgentProcess> Agents { get; }

    /// <summary>Completes when all processes have been looked at once.</summary>
    Task FirstLook { get; }

    /// <summary>First the agents that are there, then what changes: one appeared, has another session or state, is gone.</summary>
    IAsyncEnumerable<LiveChange<AgentKey, AgentProcess>> Changes(CancellationToken ct);
}
