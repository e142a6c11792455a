using Muse.Board.Domain;
using Muse.Board.Evidence;

namespace Muse.Board.Hooks;

/// <summary>What a payload says about its session's state.</summary>
/// <param name="ForMs">How long it is worth anything if nobody says more.</param>
internal sealed record HookClaim(Claim Claim, NeedReason? Reason, string? Detail, long ForMs);

/// <summary>A payload as understood. Whatever came, something can be said of it.</summary>
/// <param name="Event">The agent's own name of the event; <c>unknown</c> if it has none.</param>
/// <param name="Claim">Null for an event that does not tell the state.</param>
/// <param name="SentAtMs">The agent's own time; null if it states none.</param>
/// <param name="MakesCard">False for events that also tell of the program's own hidden threads.</param>
/// <param name="Problem">What is wrong with it; null if nothing.</param>
internal sealed record HookSeen(
    string Agent, string Event, string? NativeSessionId, string? Cwd, HookClaim? Claim, long? SentAtMs, bool MakesCard, string? Problem)
{
    public const string UnknownEvent = "unknown";

    /// <summary>What the board is told; null if no session is named.</summary>
    /// <param name="arrivedAtMs">Stands for the event's time where it states none, or one that has not come yet.</param>
    public SessionSays? Says(long arrivedAtMs)
    {
        if (NativeSessionId is null)
        {
            return null;
        }

        var atMs = SentAtMs is { } sent && sent <= arrivedAtMs ? sent : arrivedAtMs;
        var item = Claim is null ? null : new EvidenceItem(EvidenceSource.Hook, Claim.Claim, Claim.Reason, Claim.Detail, atMs, atMs + Claim.ForMs);
        return new SessionSays(Agent, NativeSessionId, Cwd, item, atMs, MakesCard);
    }
}
