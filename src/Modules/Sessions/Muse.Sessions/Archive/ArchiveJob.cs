using Microsoft.Extensions.Options;
using Quartz;

namespace Muse.Sessions.Archive;

/// <summary>Looks now and then for transcripts that have become quiet.</summary>
[DisallowConcurrentExecution]
internal sealed class ArchiveJob(Archiver archiver, IOptions<ArchiveOptions> options) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (options.Value.Enabled)
        {
            await archiver.KeepAsync(gently: true, cancellationToken);
        }
    }
}
