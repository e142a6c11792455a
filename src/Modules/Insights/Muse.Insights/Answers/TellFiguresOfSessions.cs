using MediatR;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Insights;
using Muse.Insights.Prices;

namespace Muse.Insights.Answers;

/// <summary>Tells what sessions are charged with.</summary>
internal sealed class TellFiguresOfSessions(MuseDatabase database, PriceSheet prices) : INotificationHandler<FiguresOfSessions>
{
    private const string Sums = """
        SELECT responses, input_tokens, output_tokens, cost_micro_usd, unpriced_responses FROM insights_session_spend WHERE session_id = ?
        """;

    private const string Recent = "SELECT at_ms FROM insights_usage WHERE session_id = ? AND at_ms >= ? ORDER BY at_ms";

    // A fee without a model is not a response of the conversation.
    private const string Last = """
        SELECT model, context_window FROM insights_usage
        WHERE session_id = ? AND agent_id IS NULL AND NOT sidechain AND model IS NOT NULL ORDER BY at_ms DESC LIMIT 1
        """;

    public Task Handle(FiguresOfSessions notification, CancellationToken cancellationToken)
    {
        using var reader = database.Read();
        var told = new Dictionary<string, SessionFigures>(StringComparer.Ordinal);
        foreach (var session in notification.SessionIds.Distinct(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var sums = reader.Query(Sums).Bind(session).First(row => new
            {
                Responses = row.Number(0),
                Input = row.Number(1),
                Output = row.Number(2),
                Cost = row.Number(3),
                Unpriced = row.Number(4),
            });
            if (sums is { Responses: > 0 })
            {
                var last = reader.Query(Last).Bind(session).First(row => new { Model = row.Text(0), Window = row.NumberOrNull(1) });
                told[session] = new SessionFigures(
                    sums.Input, sums.Output, sums.Cost, sums.Unpriced, last?.Window ?? prices.ContextWindow(last?.Model),
                    reader.Query(Recent).Bind(session).Bind(notification.SinceMs).All(row => row.Number(0)));
            }
        }

        notification.Answer = told;
        return Task.CompletedTask;
    }
}
