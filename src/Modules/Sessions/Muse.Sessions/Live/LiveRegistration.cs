using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Ingest;

namespace Muse.Sessions.Live;

/// <summary>What reads and streams stand on.</summary>
internal static class LiveRegistration
{
    public static IServiceCollection AddReading(this IServiceCollection services) => services
        .AddSingleton<Func<IIngestStatus>>(provider => provider.GetRequiredService<IIngestStatus>)
        .AddSingleton<LiveFeed>()
        .AddSingleton<IRuntimeFigures, LiveFigures>()
        .AddSingleton<LiveRenderer>()
        .AddSingleton<TranscriptSources>()
        .AddSingleton<ItemReader>()
        .AddSingleton<SessionTags>()
        .AddSingleton<SessionReads>()
        .AddSingleton<ItemFinder>();
}
