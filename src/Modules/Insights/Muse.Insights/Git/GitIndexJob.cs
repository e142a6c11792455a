using Microsoft.Extensions.Options;
using Quartz;

namespace Muse.Insights.Git;

/// <summary>Reads what is new in repositories, every minute.</summary>
[DisallowConcurrentExecution]
internal sealed class GitIndexJob(GitIndex index, IOptions<GitOptions> options) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (options.Value.Watch)
        {
            await index.RunAsync(cancellationToken);
        }
    }
}
