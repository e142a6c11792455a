using MediatR;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Insights;

namespace Muse.Insights.Answers;

/// <summary>Adds up what sessions are charged with.</summary>
internal sealed class TellTokensOfSessions(MuseDatabase database) : INotificationHandler<TokensOfSessions>
{
    private const string Sums = """
        SELECT count(*), coalesce(sum(input_tokens + cache_write5m_tokens + cache_write1h_tokens + cache_read_tokens), 0), coalesce(sum(output_tokens), 0)
        FROM insights_usage WHERE session_id = ?
        """;

    private const string Recent = "SELECT at_ms FROM insights_usage WHERE session_id = ? AND at_ms >= ? ORDER BY at_ms";

    public Task Handle(TokensOfSessions notification, CancellationToken cancellationToken)
    {
        using var reader = database.Read();
        var told = new Dictionary<string, SessionTokens>(StringComparer.Ordinal);
        foreach (var session in notification.SessionIds.Distinct(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.Query(Sums).Bind(session).First(row => new { Responses = row.Number(0), Input = row.Number(1), Output = row.Number(2) }) is { Responses: > 0 } sums)
            {
                told[session] = new SessionTokens(sums.Input, sums.Output, reader.Query(Recent).Bind(session).Bind(notification.SinceMs).All(row => row.Number(0)));
            }
        }

        notification.Answer = told;
        return Task.CompletedTask;
    }
}
