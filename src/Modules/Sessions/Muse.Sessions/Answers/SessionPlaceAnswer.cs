using MediatR;
using Microsoft.EntityFrameworkCore;
using Muse.Contracts.Sessions;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Answers;

/// <summary>Tells others where a session was and what its agent calls it.</summary>
internal sealed class SessionPlaceAnswer(SessionsDbContext db) : INotificationHandler<SessionPlaceAsked>
{
    public async Task Handle(SessionPlaceAsked notification, CancellationToken cancellationToken) =>
        notification.Answer = await db.Sessions.Where(s => s.Id == notification.SessionId)
            .Select(s => new SessionPlaceTold(s.Agent, s.NativeId, s.ProjectPath ?? s.Cwd))
            .SingleOrDefaultAsync(cancellationToken) ?? new SessionPlaceTold(null, null, null);
}
