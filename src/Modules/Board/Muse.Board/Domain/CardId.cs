using Muse.Contracts.Sessions;

namespace Muse.Board.Domain;

/// <summary>
/// A card's id: the session's own where it is known, so that it stays through restarts of the agent; else one of the
/// process.
/// </summary>
internal static class CardId
{
    public static string OfSession(string machine, string agent, string nativeId) => SessionId.For(machine, agent, nativeId);

    public static string OfProcess(string machine, string agent, ProcessKey process) =>
        $"p{SessionId.For(machine, agent, $"process {process.Pid} {process.ProcStart}")[1..]}";
}
