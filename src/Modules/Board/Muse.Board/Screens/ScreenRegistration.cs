using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Muse.BuildingBlocks.Persistence;

namespace Muse.Board.Screens;

/// <summary>Screen rules and their reader; a person's own rules are looked for beside the database.</summary>
internal static partial class ScreenRegistration
{
    public const string RulesFolder = "rules";

    public static IServiceCollection AddScreens(this IServiceCollection services)
    {
        services.AddSingleton(provider => new Lazy<ScreenRuleBook>(() => Load(provider)));
        services.AddSingleton<IScreenReader, ScreenReader>();
        return services;
    }

    private static ScreenRuleBook Load(IServiceProvider provider)
    {
        var home = Path.GetDirectoryName(provider.GetRequiredService<MuseDatabase>().Path) ?? "";
        var book = ScreenRuleBook.Load(Path.Combine(home, RulesFolder));
        if (book.Problems.Count > 0)
        {
            RulesRefused(provider.GetRequiredService<ILogger<ScreenRuleBook>>(), book.Problems.Count);
        }

        return book;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Screen rules in the data folder have {Count} errors; the built-in ones are used instead. './muse explain' names each.")]
    private static partial void RulesRefused(ILogger logger, int count);
}
