using Microsoft.Extensions.DependencyInjection;

namespace Muse.Sessions.Archive;

/// <summary>What keeps transcripts beyond their source.</summary>
internal static class ArchiveRegistration
{
    public static IServiceCollection AddArchive(this IServiceCollection services)
    {
        services.AddOptions<ArchiveOptions>().BindConfiguration("Muse:Sessions:Archive").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<ArchiveStore>()
            .AddSingleton<TranscriptArchive>()
            .AddSingleton<ArchiveRecovery>()
            .AddSingleton<DiskRoom>()
            .AddSingleton<Retention>()
            .AddSingleton<CleanupWatch>()
            .AddSingleton<ArchiveVerification>()
            .AddSingleton<SessionRestore>()
            .AddSingleton<Archiver>();
    }
}
