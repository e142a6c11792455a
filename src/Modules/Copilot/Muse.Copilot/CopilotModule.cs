using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Modules;

namespace Muse.Copilot;

/// <summary>The module's registration; its slices come with its own issue.</summary>
public static class CopilotModule
{
    /// <summary>Adds the module to the house.</summary>
    public static IServiceCollection AddCopilotModule(this IServiceCollection services) =>
        services.AddModule("copilot", typeof(CopilotModule).Assembly);
}
