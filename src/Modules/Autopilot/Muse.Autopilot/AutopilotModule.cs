using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Modules;

namespace Muse.Autopilot;

/// <summary>The module's registration; its slices come with its own issue.</summary>
public static class AutopilotModule
{
    /// <summary>Adds the module to the house.</summary>
    public static IServiceCollection AddAutopilotModule(this IServiceCollection services) =>
        services.AddModule("autopilot", typeof(AutopilotModule).Assembly);
}
