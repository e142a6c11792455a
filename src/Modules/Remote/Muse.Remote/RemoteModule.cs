using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Modules;

namespace Muse.Remote;

/// <summary>The module's registration; its slices come with its own issue.</summary>
public static class RemoteModule
{
    /// <summary>Adds the module to the house.</summary>
    public static IServiceCollection AddRemoteModule(this IServiceCollection services) =>
        services.AddModule("remote", typeof(RemoteModule).Assembly);
}
