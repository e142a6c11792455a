using Muse.Board.Live;
using Muse.BuildingBlocks.Journal;
using Muse.Contracts.Sessions;

namespace Muse.Board.Projections;

/// <summary>Who has read a session has seen its card. Told twice it changes nothing.</summary>
internal sealed class SessionSeenReaction(BoardInbox inbox) : IReaction<SessionCurated>
{
    public async Task Handle(SessionCurated notification, CancellationToken cancellationToken)
    {
        // Most sessions have no card; that is no failure.
        if (notification.ReadAtMs is { } readAtMs)
        {
            await inbox.MarkAsync(notification.SessionId, marks => marks with { SeenAtMs = Math.Max(marks.SeenAtMs, readAtMs) }, cancellationToken);
        }
    }
}
