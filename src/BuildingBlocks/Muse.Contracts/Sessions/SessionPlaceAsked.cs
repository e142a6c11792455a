namespace Muse.Contracts.Sessions;

/// <summary>Asks for what an agent needs to go on with a session: its own name of it, and where it was.</summary>
/// <param name="SessionId">Muse's id of the session.</param>
public sealed record SessionPlaceAsked(string SessionId) : IQuestion<SessionPlaceTold>
{
    /// <inheritdoc />
    public SessionPlaceTold? Answer { get; set; }
}

/// <summary>The answer to <see cref="SessionPlaceAsked"/>.</summary>
/// <param name="Agent"><c>claude-code</c>, <c>codex</c>, <c>gemini</c>; null if there is no such session.</param>
/// <param name="NativeId">The agent's own id of the session; null if there is no such session.</param>
/// <param name="Folder">Where the session was started; null if its transcript does not say.</param>
public sealed record SessionPlaceTold(string? Agent, string? NativeId, string? Folder);
