using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Modules;
using Muse.Insights.Persistence;

namespace Muse.Insights;

/// <summary>What it cost and what it shipped. Today: the tokens of every response, counted once.</summary>
public static class InsightsModule
{
    /// <summary>Adds the module to the house.</summary>
    public static IServiceCollection AddInsightsModule(this IServiceCollection services) =>
        services.AddModule<InsightsDbContext>("insights", projectionVersion: 1);
}
