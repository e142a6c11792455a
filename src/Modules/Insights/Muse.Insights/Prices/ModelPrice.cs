namespace Muse.Insights.Prices;

/// <summary>What a maker asks for the use of one model.</summary>
/// <param name="Id">The name by which the sheet knows it.</param>
/// <param name="Provider">Who asks: <c>anthropic</c>, <c>openai</c>, <c>google</c>, or <c>settings</c> for a model of the person's own.</param>
/// <param name="Aliases">Further names of the same model.</param>
/// <param name="ContextWindow">Tokens that fit into one request; null if the sheet does not know.</param>
/// <param name="FastFactor">By how much all tokens are dearer in the fast mode; null if that has no known price.</param>
/// <param name="Periods">By their first day; the first one also holds before.</param>
/// <param name="IsOwn">The settings gave it, or changed it.</param>
internal sealed record ModelPrice(
    string Id,
    string Provider,
    IReadOnlyList<string> Aliases,
    long? ContextWindow,
    long? FastFactor,
    IReadOnlyList<PricePeriod> Periods,
    bool IsOwn = false)
{
    /// <summary>The prices that held at a time, in UTC milliseconds.</summary>
    public PricePeriod At(long atMs)
    {
        var found = Periods[0];
        for (var i = 1; i < Periods.Count && Periods[i].FromMs <= atMs; i++)
        {
            found = Periods[i];
        }

        return found;
    }
}

/// <summary>The prices from a day on.</summary>
/// <param name="From">A day in UTC; null for the first prices that are known.</param>
/// <param name="Bands">Dearer rates of longer requests, by their limit.</param>
/// <param name="WebSearch">Micro-dollars for a thousand searches.</param>
internal sealed record PricePeriod(DateOnly? From, Rates Rates, IReadOnlyList<PriceBand> Bands, long? WebSearch)
{
    /// <summary>The first of it, in UTC milliseconds.</summary>
    public long FromMs { get; } = From is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds() : long.MinValue;

    /// <summary>The band of a request with so much input; null for the usual rates.</summary>
    public PriceBand? BandOf(long input)
    {
        PriceBand? found = null;
        foreach (var band in Bands)
        {
            found = input > band.Above ? band : found;
        }

        return found;
    }
}

/// <param name="Above">The rates hold for the whole request if its input, cached or not, has more tokens than this.</param>
internal sealed record PriceBand(long Above, Rates Rates);

/// <summary>Micro-dollars for a million tokens of each kind; null where the maker names no price.</summary>
internal readonly record struct Rates(long? Input, long? Output, long? CacheWrite5m, long? CacheWrite1h, long? CacheRead);
