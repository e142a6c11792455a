using System.Text.Json;
using MediatR;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Sessions;
using Muse.Sessions.Persistence;
using Muse.Sessions.Understanding;

namespace Muse.Sessions.Answers;

/// <summary>
/// Tells what is wrong with sessions, of what digests hold. That a call never came back is left out: whether it matters depends on
/// the hour, and on the board.
/// </summary>
internal sealed class TellHealthOfSessions(MuseDatabase database) : INotificationHandler<HealthOfSessions>
{
    private const string Bad = $"SELECT d.session_id, d.findings FROM sessions_digests d WHERE {DigestConfiguration.IsBad}";
    private const string Some = "SELECT d.session_id, d.findings FROM sessions_digests d WHERE d.session_id IN (SELECT value FROM json_each(?))";

    public Task Handle(HealthOfSessions notification, CancellationToken cancellationToken)
    {
        using var reader = database.Read();
        var query = notification.SessionIds is { } ids ? reader.Query(Some).Bind(JsonSerializer.Serialize(ids)) : reader.Query(Bad);
        notification.Answer = query.All(row => (Id: row.Text(0), Findings: row.Text(1)))
            .ToDictionary(d => d.Id, d => ToHealth(d.Findings), StringComparer.Ordinal);
        return Task.CompletedTask;
    }

    private static SessionHealth ToHealth(string findings)
    {
        var found = SessionDigest.Read<List<Finding>>(findings).FindAll(f => f.Kind != Finding.Stalled);
        var worst = found.Find(f => f.Severity == "bad") ?? found.FirstOrDefault();
        return new SessionHealth(worst?.Severity ?? "ok", worst?.Why);
    }
}
