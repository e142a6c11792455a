using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Modules;
using Muse.Sessions.Persistence;

namespace Muse.Sessions;

/// <summary>What was said and done: transcripts, items, and everything read from them.</summary>
public static class SessionsModule
{
    /// <summary>Adds the module to the house.</summary>
    public static IServiceCollection AddSessionsModule(this IServiceCollection services)
    {
        services.AddModule<SessionsDbContext>("sessions", projectionVersion: 1);
        services.AddOptions<SessionsOptions>().BindConfiguration("Muse:Sessions").ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
