using Microsoft.Extensions.DependencyInjection;
using Muse.Board.Evidence;

namespace Muse.Board.Sources;

/// <summary>What carries the watchers' words to the board.</summary>
internal static class SourcesRegistration
{
    public static IServiceCollection AddSources(this IServiceCollection services)
    {
        services.AddSingleton<ScreenLooks>();
        services.AddSingleton<ICaptureRequests>(provider => provider.GetRequiredService<ScreenLooks>());
        services.AddHostedService(provider => provider.GetRequiredService<ScreenLooks>());
        services.AddHostedService<AgentReporter>();
        return services;
    }
}
