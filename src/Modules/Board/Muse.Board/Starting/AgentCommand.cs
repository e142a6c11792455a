using Muse.Board.Processes;

namespace Muse.Board.Starting;

/// <summary>What is run in a new pane: a program and its arguments, which no shell sees.</summary>
internal static class AgentCommand
{
    /// <summary>The names by which the agents' programs are known.</summary>
    public static string Program(string agent) => agent switch
    {
        AgentNames.Claude => "claude",
        AgentNames.Codex => "codex",
        _ => "gemini",
    };

    /// <summary>What follows the program to go on with a session.</summary>
    public static IReadOnlyList<string> Resume(string agent, string nativeId) => agent == AgentNames.Codex ? ["resume", nativeId] : ["--resume", nativeId];

    /// <summary>False for what could be taken for an option, or is none of the ids that agents make.</summary>
    public static bool IsSessionName(string id) => id is { Length: > 0 and <= 100 } && id[0] != '-' && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
