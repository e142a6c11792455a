using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Muse.Board.Screens;
using Muse.BuildingBlocks.Modules;

namespace Muse.Board;

/// <summary>The module's registration; its slices come with its own issue.</summary>
public static class BoardModule
{
    /// <summary>The agents whose screens have rules.</summary>
    public static IReadOnlyList<string> ScreenAgents => ScreenRuleBook.Agents;

    /// <summary>Adds the module to the house.</summary>
    public static IServiceCollection AddBoardModule(this IServiceCollection services) =>
        services.AddModule("board", typeof(BoardModule).Assembly).AddScreens();

    /// <summary>Reads a saved capture of a pane, plain or with colours, without a server: what a person reports a wrong state with.</summary>
    /// <param name="agent">One of <see cref="ScreenAgents"/>; null to try the rules of each.</param>
    /// <param name="title">The pane's title, if it is known.</param>
    /// <param name="command">The pane's foreground program, if it is known.</param>
    /// <param name="home">The data folder, which may hold rules of the person's own.</param>
    public static JsonObject ExplainScreen(string screen, string? agent, string? title, string? command, string home) => ScreenExplanation.Of(
        ScreenRuleBook.Load(Path.Combine(home, ScreenRegistration.RulesFolder)),
        agent,
        new PaneCapture(screen, title ?? "", command ?? "", Columns: 0, Rows: 0, InMode: false));
}
