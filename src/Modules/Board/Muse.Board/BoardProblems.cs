using Muse.BuildingBlocks.Results;

namespace Muse.Board;

/// <summary>Every expected failure of the module.</summary>
internal static class BoardProblems
{
    public static Problem CardNotFound(string id) =>
        new(ProblemKind.NotFound, "card-not-found", $"There is no card '{id}'. It may have ended a while ago: GET /api/board lists what there is.");

    public static Problem AgentNotFound(string agent) =>
        new(ProblemKind.NotFound, "agent-not-known", $"Muse does not know the agent '{agent}'. It takes hooks of claude-code, codex and gemini.");
}
