namespace Muse.Contracts.Sessions;

/// <summary>A transcript's file vanished or came back. What was read of it stays.</summary>
/// <param name="SessionId">Muse's id of the session.</param>
/// <param name="AgentId">The subagent whose transcript it is; null for the session's own.</param>
/// <param name="Missing">True if the file is gone.</param>
/// <param name="AtMs">UTC milliseconds of the look that noticed.</param>
[FactName("sessions.transcript-presence-changed.v1")]
public sealed record TranscriptPresenceChanged(string SessionId, string? AgentId, bool Missing, long AtMs) : IFact
{
    /// <inheritdoc />
    public string DedupKey => $"{SessionId}:{AgentId}:{AtMs}";
}
