using System.Text.Json;
using MediatR;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Insights;

namespace Muse.Insights.Answers;

/// <summary>Tells what sessions cost.</summary>
internal sealed class TellCostsOfSessions(MuseDatabase database) : INotificationHandler<CostsOfSessions>
{
    private const string All = "SELECT session_id, cost_micro_usd, unpriced_responses FROM insights_session_spend WHERE responses > 0";
    private const string Some = $"{All} AND session_id IN (SELECT value FROM json_each(?))";

    public Task Handle(CostsOfSessions notification, CancellationToken cancellationToken)
    {
        using var reader = database.Read();
        var query = notification.SessionIds is { } ids ? reader.Query(Some).Bind(JsonSerializer.Serialize(ids)) : reader.Query(All);
        notification.Answer = query.All(row => (Session: row.Text(0), Cost: new SessionCost(row.Number(1), row.Number(2))))
            .ToDictionary(s => s.Session, s => s.Cost, StringComparer.Ordinal);
        return Task.CompletedTask;
    }
}
