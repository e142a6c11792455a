using Muse.Board.Domain;

namespace Muse.Board.Evidence;

/// <summary>
/// What the parts that look at the world tell the board. Each is a plain record, so that a part can be tested without the
/// board and the board without the world.
/// </summary>
internal abstract record BoardInput;

/// <summary>An agent's process runs. Told when it is found and whenever its pane or session changes.</summary>
/// <param name="Pane">Null outside tmux.</param>
/// <param name="NativeSessionId">The agent's own id of the session it has now; null while that is not known.</param>
/// <param name="AtMs">Since when it is known to have this session.</param>
internal sealed record ProcessSeen(string Agent, ProcessKey Process, PanePlace? Pane, string? Cwd, string? NativeSessionId, long AtMs) : BoardInput;

/// <summary>A process that was told of is gone.</summary>
internal sealed record ProcessGone(ProcessKey Process, long AtMs) : BoardInput;

/// <summary>Every process that runs has been told of since the start.</summary>
internal sealed record ProcessesListed(long AtMs) : BoardInput;

/// <summary>Evidence about whichever session a process has now: its registry file, its pane's title, screen or output.</summary>
internal sealed record ProcessSays(ProcessKey Process, EvidenceItem Item) : BoardInput;

/// <summary>Evidence about a session by the agent's own id, as hooks know it.</summary>
/// <param name="Item">Null for what tells of the session but not of its state.</param>
/// <param name="MakesCard">False if it may tell of sessions that no person has.</param>
internal sealed record SessionSays(string Agent, string NativeSessionId, string? Cwd, EvidenceItem? Item, long AtMs, bool MakesCard) : BoardInput;

/// <summary>Evidence of a transcript, about a session by Muse's id. Makes no card.</summary>
/// <param name="Item">Null if the session's figures changed and its state is not told.</param>
internal sealed record TranscriptSays(string SessionId, EvidenceItem? Item) : BoardInput;

/// <summary>Takes what is told. Never waits and never throws.</summary>
internal interface IBoardEvidence
{
    /// <returns>False if the board is so far behind that the input was dropped, which is counted.</returns>
    bool Tell(BoardInput input);
}

/// <summary>Captures a pane once, out of turn, and tells the board what its screen says.</summary>
internal interface ICaptureRequests
{
    void Ask(ProcessKey process, PanePlace pane);
}
