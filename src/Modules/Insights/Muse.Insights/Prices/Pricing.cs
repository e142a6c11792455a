namespace Muse.Insights.Prices;

/// <summary>
/// What one response costs at the list price of the API. A pure function: a response is priced by itself and rounded
/// once, half up, to whole micro-dollars; every total is a sum of such responses, whatever it is a total of.
/// </summary>
internal static class Pricing
{
    /// <summary>No response has as many tokens of a kind: such a count is a mistake, and a mistake is not priced.</summary>
    public const long MostTokens = 100_000_000;

    /// <summary>A count as sums take it: one that cannot be right is left out.</summary>
    public static long Sane(long count) => IsSane(count) ? count : 0;

    public static bool IsSane(long count) => count is >= 0 and <= MostTokens;

    private const long Million = 1_000_000;

    /// <param name="price">What the sheet says of the response's model; null if it does not know it.</param>
    /// <param name="searchRate">Micro-dollars for a thousand searches that stand by themselves, beside any response.</param>
    /// <returns>Micro-dollars; null if any part has no price: what is known of a part is not the cost of the whole.</returns>
    public static long? CostMicroUsd(in ResponseTokens tokens, ModelPrice? price, long? searchRate)
    {
        if (tokens.IsAbsurd)
        {
            return null;
        }

        if (tokens.IsSearchAlone)
        {
            return Rounded(Times(tokens.WebSearches, searchRate, 1000));
        }

        if (price?.At(tokens.AtMs) is not { } period || (tokens.Fast && price.FastFactor is null))
        {
            return null;
        }

        var rates = period.BandOf(tokens.AllInput)?.Rates ?? period.Rates;
        var factor = tokens.Fast ? price.FastFactor!.Value : 1; // looked at above
        return Rounded(
            Times(tokens.Input, rates.Input, factor) + Times(tokens.Output, rates.Output, factor)
            + Times(tokens.CacheWrite5m, rates.CacheWrite5m, factor) + Times(tokens.CacheWrite1h, rates.CacheWrite1h, factor)
            + Times(tokens.CacheRead, rates.CacheRead, factor) + Times(tokens.WebSearches, period.WebSearch, 1000));
    }

    /// <summary>Millionths of a micro-dollar; null if there is something without a price.</summary>
    private static Int128? Times(long count, long? rate, long factor) => count == 0 ? Int128.Zero : (Int128)count * rate * factor;

    private static long? Rounded(Int128? millionths) => millionths is { } exact ? (long)((exact + (Million / 2)) / Million) : null;
}

/// <summary>The tokens of one response in kinds that do not overlap; reasoning is part of the output.</summary>
/// <param name="AtMs">UTC milliseconds of the record that states them: the price of that day counts.</param>
internal readonly record struct ResponseTokens(
    long AtMs, long Input, long CacheWrite5m, long CacheWrite1h, long CacheRead, long Output, long WebSearches, bool Fast)
{
    /// <summary>All four buckets: by them a request belongs to a band.</summary>
    public long AllInput => Input + CacheWrite5m + CacheWrite1h + CacheRead;

    public bool IsAbsurd => !Pricing.IsSane(Input) || !Pricing.IsSane(CacheWrite5m) || !Pricing.IsSane(CacheWrite1h) || !Pricing.IsSane(CacheRead) || !Pricing.IsSane(Output) || !Pricing.IsSane(WebSearches);

    /// <summary>Searches that an agent did by itself: no model is named, and no tokens are told.</summary>
    public bool IsSearchAlone => WebSearches > 0 && (Input | CacheWrite5m | CacheWrite1h | CacheRead | Output) == 0;
}
