using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts.Sessions;
using Muse.Insights.Domain;
using Muse.Insights.Persistence;

namespace Muse.Insights.Projections;

/// <summary>Keeps what transcripts say of usage windows.</summary>
internal sealed class UsageWindowProjection(ProjectionStatements<InsightsDbContext> statements) : IProjection<TranscriptRead>
{
    public Task Handle(TranscriptRead notification, CancellationToken cancellationToken)
    {
        foreach (var limit in notification.Limits)
        {
            Write(notification.Agent, limit);
        }

        foreach (var error in notification.Errors)
        {
            if (error.Code == "rate_limit" && LimitNotice.Read(error.Preview, error.AtMs) is { } reached)
            {
                Write(notification.Agent, reached);
            }
        }

        return Task.CompletedTask;
    }

    private void Write(string agent, LimitSeen limit) => WindowWrite.Run(statements[WindowWrite.Said], agent, limit);
}
