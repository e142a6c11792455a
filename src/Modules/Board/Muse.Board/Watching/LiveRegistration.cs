using Microsoft.Extensions.DependencyInjection;
using Muse.Board.Adoption;
using Muse.Board.Processes;
using Muse.Board.Tmux;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Watching;

/// <summary>What watches tmux and finds the running agents.</summary>
internal static class LiveRegistration
{
    public static IServiceCollection AddTmux(this IServiceCollection services)
    {
        services.AddOptions<LiveOptions>().BindConfiguration("Muse:Board:Live").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TmuxProgram>();
        services.AddSingleton<TmuxServers>();
        services.AddSingleton<IPaneSource>(provider => provider.GetRequiredService<TmuxServers>());
        services.AddSingleton<IRuntimeFigures>(provider => provider.GetRequiredService<TmuxServers>());
        services.AddHostedService(provider => provider.GetRequiredService<TmuxServers>());
        services.AddSingleton<ITerminalWriter, TerminalWriter>();
        services.AddSingleton(provider => new ProcReader(provider.GetRequiredService<WorkCounters>()));
        services.AddSingleton<AgentWatcher>();
        services.AddSingleton<IAgentSource>(provider => provider.GetRequiredService<AgentWatcher>());
        services.AddSingleton<IRuntimeFigures>(provider => provider.GetRequiredService<AgentWatcher>());
        services.AddHostedService(provider => provider.GetRequiredService<AgentWatcher>());
        return services;
    }
}
