using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Web;

namespace Muse.Sessions.Search;

/// <summary>What search stands on.</summary>
internal static class SearchRegistration
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services
        .AddSingleton<SearchDatabase>()
        .AddSingleton<SearchSources>()
        .AddSingleton<SearchOrigins>()
        .AddSingleton<SearchIndexer>()
        .AddSingleton<IRuntimeFigures>(provider => provider.GetRequiredService<SearchIndexer>())
        .AddHostedService(provider => provider.GetRequiredService<SearchIndexer>());
}
