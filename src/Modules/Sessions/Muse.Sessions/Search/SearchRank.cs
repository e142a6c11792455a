using Muse.Sessions.Reading;

namespace Muse.Sessions.Search;

/// <summary>What is worth more when it holds a word, least first. Stored in the index: a change needs a new <see cref="SearchDatabase.Version"/>.</summary>
internal enum SearchRank
{
    /// <summary>A tool call with its output.</summary>
    Tool,

    /// <summary>Thinking, compactions, notices, errors, marked lines.</summary>
    Other,
    Reply,
    Prompt,
}

internal static class SearchRanks
{
    public static readonly SearchRank[] All = Enum.GetValues<SearchRank>();

    public static SearchRank Of(ItemKind kind) => kind switch
    {
        ItemKind.Prompt => SearchRank.Prompt,
        ItemKind.Reply => SearchRank.Reply,
        ItemKind.Tool => SearchRank.Tool,
        _ => SearchRank.Other,
    };

    /// <summary>
    /// Seconds by which an item counts as newer than it is. So a hit's place follows from its rank and its time alone, and the
    /// best are found without scoring all.
    /// </summary>
    public static long Ahead(this SearchRank rank) => rank switch
    {
        SearchRank.Prompt or SearchRank.Reply => 30 * Day,
        SearchRank.Other => 5 * Day,
        _ => 0,
    };

    private const long Day = 24 * 60 * 60;
}
