using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Muse.BuildingBlocks.Modules;
using Muse.Insights.Persistence;
using Muse.Insights.Prices;

namespace Muse.Insights;

/// <summary>What it cost and what it shipped. Today: the tokens and the price of every response, counted once.</summary>
public static class InsightsModule
{
    /// <summary>Adds the module to the house.</summary>
    public static IServiceCollection AddInsightsModule(this IServiceCollection services)
    {
        services.AddModule<InsightsDbContext>("insights", projectionVersion: 1);
        services.AddOptions<InsightsOptions>().BindConfiguration("Muse:Insights").ValidateOnStart();
        services.AddSingleton<IValidateOptions<InsightsOptions>, PriceOptionsValidator>();
        services.AddSingleton<Repricing>();
        services.AddHostedService(provider => provider.GetRequiredService<Repricing>());
        services.AddSingleton(provider => PriceSheets.Make(provider.GetRequiredService<IOptions<InsightsOptions>>().Value.Prices));
        return services;
    }
}
