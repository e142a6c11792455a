using System.Text.Json;
using MediatR;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Sessions;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Answers;

/// <summary>Tells how sessions are called.</summary>
internal sealed class TellTitlesOfSessions(SessionReads reads) : INotificationHandler<TitlesOfSessions>
{
    public Task Handle(TitlesOfSessions notification, CancellationToken cancellationToken)
    {
        var filter = new SqlFilter("1").And("s.id IN (SELECT value FROM json_each(?))", JsonSerializer.Serialize(notification.SessionIds));
        notification.Answer = reads.Titles(filter).ToDictionary(t => t.Id, t => t.Title, StringComparer.Ordinal);
        return Task.CompletedTask;
    }
}
