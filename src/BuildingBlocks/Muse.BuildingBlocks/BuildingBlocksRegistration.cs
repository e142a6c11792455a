using Carter;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Validation;
using Muse.BuildingBlocks.Web;
using Quartz;

namespace Muse.BuildingBlocks;

/// <summary>What every module stands on.</summary>
public static class BuildingBlocksRegistration
{
    /// <param name="databasePath">Full path of <c>muse.db</c>; its folder must exist.</param>
    public static IServiceCollection AddMuseBuildingBlocks(this IServiceCollection services, string databasePath)
    {
        services.AddSingleton(new MuseDatabase(databasePath));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<FactJournal>();
        services.AddSingleton<JournalPump>();
        services.AddHostedService(provider => provider.GetRequiredService<JournalPump>());
        services.AddSingleton<WorkCounters>();
        services.AddSingleton<IRuntimeFigures>(provider => provider.GetRequiredService<WorkCounters>());
        services.AddSingleton<IRuntimeFigures, JournalFigures>();

        services.AddTransient<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddTransient<IMediator, Mediator>();
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(CommandBehavior<,>));
        services.AddScoped<IQuestions, Questions>();

        // Carter's own discovery misses modules that get it through this project; each module registers its endpoints.
        services.AddCarter(configurator: c => c.WithEmptyModules().WithEmptyValidators().WithEmptyResponseNegotiators());
        services.AddQuartz(quartz => quartz.ScheduleJob<PruneJob>(trigger => trigger
            .WithIdentity("prune", "journal")
            .WithSimpleSchedule(s => s.WithInterval(PruneJob.Every).RepeatForever())));
        services.AddQuartzHostedService(options =>
        {
            options.WaitForJobsToComplete = true;
            options.AwaitApplicationStarted = true; // no job is so urgent that the first page should wait for it
        });
        return services;
    }
}
