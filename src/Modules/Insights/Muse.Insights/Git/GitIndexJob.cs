using Microsoft.Extensions.Options;
using Quartz;

namespace Muse.Insights.Git;

/// <summary>Reads what is new in repositories. A pass without news looks at sizes and times of files only.</summary>
[DisallowConcurrentExecution]
internal sealed class GitIndexJob(GitIndex index, IOptions<GitOptions> options) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (options.Value.Watch)
        {
            await index.RunAsync(cancellationToken);
        }
    }
}
