using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Muse.Board.Deliveries;
using Muse.Board.Evidence;
using Muse.Board.Hooks.Install;
using Muse.Board.Live;
using Muse.Board.Persistence;
using Muse.Board.Screens;
using Muse.Board.Sources;
using Muse.Board.Starting;
using Muse.Board.Watching;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Modules;
using Muse.BuildingBlocks.Web;

namespace Muse.Board;

/// <summary>What every live session is doing, and which one needs a person.</summary>
public static class BoardModule
{
    /// <summary>The agents whose screens have rules.</summary>
    public static IReadOnlyList<string> ScreenAgents => ScreenRuleBook.Agents;

    /// <summary>Adds the module to the house.</summary>
    public static IServiceCollection AddBoardModule(this IServiceCollection services)
    {
        // 2: the module was there without tables before, and what transcripts said until then must be told to it again.
        services.AddModule<BoardDbContext>("board", projectionVersion: 2);
        services.AddOptions<BoardOptions>().BindConfiguration("Muse:Board")
            .Configure<IConfiguration>((options, configuration) => options.Machine = configuration["Muse:Sessions:Machine"] ?? "")
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<CardReader>().AddScoped<MissedCards>();
        services.AddSingleton<BoardInbox>();
        services.AddSingleton<IBoardEvidence>(provider => provider.GetRequiredService<BoardInbox>());
        services.AddSingleton<BoardCards>();
        services.AddSingleton<BoardFeed>();
        services.AddSingleton<ILiveTopic, BoardTopic>();
        services.AddSingleton<IRuntimeFigures, BoardFigures>();
        services.AddSingleton<IFactSource, BoardFacts>();
        services.AddHostedService<BoardWatch>();
        return services.AddScreens().AddTmux().AddSources().AddDeliveries().AddStarting();
    }

    /// <summary>Puts Muse's hooks into the agents' configuration, or takes them out. Says what it does to each file.</summary>
    /// <param name="dryRun">Only says it.</param>
    /// <param name="address">Where Muse listens, without a slash at the end.</param>
    /// <returns>The exit code: 1 if a file could not be handled or no agent was found.</returns>
    public static Task<int> ChangeHooksAsync(
        bool install, bool dryRun, string address, IConfiguration configuration, TimeProvider clock, TextWriter output) =>
        new HookInstaller(HookRoots.Of(configuration, Environment.GetEnvironmentVariable), address, clock, output).RunAsync(install, dryRun);

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
