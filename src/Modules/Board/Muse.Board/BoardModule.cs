using Microsoft.Extensions.DependencyInjection;
using Muse.Board.Watching;
using Muse.BuildingBlocks.Modules;

namespace Muse.Board;

/// <summary>The module's registration; its slices come with its own issue.</summary>
public static class BoardModule
{
    /// <summary>Adds the module to the house.</summary>
    public static IServiceCollection AddBoardModule(this IServiceCollection services) =>
        services.AddModule("board", typeof(BoardModule).Assembly).AddTmux();
}
