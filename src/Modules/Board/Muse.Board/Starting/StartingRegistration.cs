using Microsoft.Extensions.DependencyInjection;

namespace Muse.Board.Starting;

/// <summary>What brings agents into panes.</summary>
internal static class StartingRegistration
{
    public static IServiceCollection AddStarting(this IServiceCollection services) => services.AddSingleton<AgentStarter>();
}
