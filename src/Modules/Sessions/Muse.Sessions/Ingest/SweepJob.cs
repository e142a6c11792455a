using Quartz;

namespace Muse.Sessions.Ingest;

/// <summary>Finds every few seconds what no event told.</summary>
[DisallowConcurrentExecution]
internal sealed class SweepJob(IngestEngine engine) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await engine.SweepAsync(cancellationToken);
}
