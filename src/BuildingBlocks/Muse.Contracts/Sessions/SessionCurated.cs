namespace Muse.Contracts.Sessions;

/// <summary>
/// What a person has said about a session, as it is now: absolute values, one fact for each change. What counts is the session's
/// last one, so the journal may prune those before it.
/// </summary>
/// <param name="SessionId">Muse's id of the session.</param>
/// <param name="Revision">Grows by one per change of this session; one not above the last seen is stale.</param>
/// <param name="Title">The person's own title; null if there is none.</param>
/// <param name="Archived">Hidden from lists.</param>
/// <param name="ReadAtMs">UTC milliseconds: a person has seen its records up to then; null if nobody said so.</param>
[FactName("sessions.session-curated.v1", CanBeMadeAgain = true)]
public sealed record SessionCurated(
    string SessionId, long Revision, string? Title, bool Pinned, bool Starred, bool Archived, long? ReadAtMs) : IFact
{
    /// <inheritdoc />
    public string DedupKey => $"{SessionId}:{Revision}";
}
