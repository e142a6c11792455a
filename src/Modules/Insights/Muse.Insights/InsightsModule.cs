using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Muse.BuildingBlocks.Modules;
using Muse.Insights.Git;
using Muse.Insights.Persistence;
using Muse.Insights.Prices;
using Muse.Insights.Provenance;
using Quartz;

namespace Muse.Insights;

/// <summary>What it cost and what it shipped: the price of every response, counted once, and the commits that came of it.</summary>
public static class InsightsModule
{
    /// <summary>Adds the module to the house.</summary>
    public static IServiceCollection AddInsightsModule(this IServiceCollection services)
    {
        services.AddModule<InsightsDbContext>("insights", projectionVersion: 3);
        services.AddOptions<InsightsOptions>().BindConfiguration("Muse:Insights").ValidateOnStart();
        services.AddSingleton<IValidateOptions<InsightsOptions>, PriceOptionsValidator>();
        services.AddSingleton<Repricing>();
        services.AddHostedService(provider => provider.GetRequiredService<Repricing>());
        services.AddSingleton(provider => PriceSheets.Make(provider.GetRequiredService<IOptions<InsightsOptions>>().Value.Prices));
        return services.AddGit();
    }

    private static IServiceCollection AddGit(this IServiceCollection services)
    {
        services.AddOptions<GitOptions>().BindConfiguration("Muse:Insights:Git").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<GitProgram>();
        services.AddSingleton<GitStore>();
        services.AddSingleton<RepositoryReader>();
        services.AddSingleton<OriginStore>();
        services.AddSingleton<OriginLinker>();
        services.AddSingleton<GitIndex>();
        return services.AddQuartz(quartz => quartz.ScheduleJob<GitIndexJob>(trigger => trigger
            .WithIdentity("git", "insights")
            .WithSimpleSchedule(s => s.WithInterval(GitIndexJob.Every).RepeatForever())));
    }
}
