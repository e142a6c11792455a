using System.Reflection;
using Carter;
using FluentValidation;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Persistence;

namespace Muse.BuildingBlocks.Modules;

/// <summary>How a module enters the house: one call that scans its own assembly once.</summary>
public static class ModuleRegistration
{
    /// <summary>A module with tables.</summary>
    public static IServiceCollection AddModule<TContext>(this IServiceCollection services, string name, int projectionVersion)
        where TContext : ModuleDbContext
    {
        var module = new ModuleDefinition(name, projectionVersion, typeof(TContext), typeof(TContext).Assembly);
        services.AddDbContext<TContext>((provider, options) => options
            .UseSqlite(
                provider.GetRequiredService<MuseDatabase>().ConnectionString,
                sqlite => sqlite.MigrationsHistoryTable(module.MigrationHistory))
            .UseQueryTrackingBehavior(QueryTrackingBehavior.TrackAll)
            .AddInterceptors(ConnectionPragmas.Instance)
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        services.AddScoped<ProjectionStatements<TContext>>();
        return services.AddModuleParts(module);
    }

    /// <summary>A module without tables.</summary>
    public static IServiceCollection AddModule(this IServiceCollection services, string name, Assembly assembly) =>
        services.AddModuleParts(new ModuleDefinition(name, 1, null, assembly));

    private static IServiceCollection AddModuleParts(this IServiceCollection services, ModuleDefinition module)
    {
        var assembly = module.Assembly;
        services.AddSingleton(module);
        services.AddValidatorsFromAssembly(assembly, includeInternalTypes: true);
        foreach (var type in assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            if (type.IsAssignableTo(typeof(ICarterModule)))
            {
                services.AddSingleton(typeof(ICarterModule), type);
            }

            foreach (var contract in type.GetInterfaces().Where(IsHandler))
            {
                services.AddTransient(contract, type);
            }
        }

        return services;
    }

    private static bool IsHandler(Type contract) => contract.IsGenericType
        && (contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)
            || contract.GetGenericTypeDefinition() == typeof(INotificationHandler<>));

    /// <summary>Gives EF's connections the pragmas of <see cref="MuseDatabase.Configure"/>.</summary>
    private sealed class ConnectionPragmas : DbConnectionInterceptor
    {
        public static readonly ConnectionPragmas Instance = new();

        public override void ConnectionOpened(System.Data.Common.DbConnection connection, ConnectionEndEventData eventData) =>
            MuseDatabase.Configure((SqliteConnection)connection);

        public override Task ConnectionOpenedAsync(
            System.Data.Common.DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            MuseDatabase.Configure((SqliteConnection)connection);
            return Task.CompletedTask;
        }
    }
}
