using System.Text.Json;
using System.Text.Json.Serialization;

namespace Muse.Insights.Prices;

/// <summary><c>prices.json</c> as it is written: US dollars for a million tokens, and for a thousand searches.</summary>
internal sealed record PriceFile(
    string[] About, DateOnly Date, PriceSource[] Sources, Dictionary<string, decimal> Searches, PriceFile.Model[] Models)
{
    private const string Resource = "Muse.Insights.Prices.prices.json";

    /// <summary>A misspelt key is an error: a price that silently lost a kind of token would leave responses without a price.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public sealed record Model(
        string Id, string Provider, Period[] Prices, string[]? Aliases = null, long? ContextWindow = null, long? FastFactor = null);

    public sealed record Period(
        decimal? Input = null,
        decimal? Output = null,
        decimal? CacheWrite5m = null,
        decimal? CacheWrite1h = null,
        decimal? CacheRead = null,
        decimal? WebSearch = null,
        DateOnly? From = null,
        Band[]? Bands = null);

    public sealed record Band(
        long Above, decimal? Input = null, decimal? Output = null, decimal? CacheWrite5m = null, decimal? CacheWrite1h = null, decimal? CacheRead = null);

    /// <summary>The file that comes with Muse, as it is in the assembly.</summary>
    public static byte[] Bytes()
    {
        using var stream = typeof(PriceFile).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing from the build.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public static PriceFile Parse(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize<PriceFile>(bytes, Json) ?? throw new JsonException("A list of prices is not null.");

    public static ModelPrice ToPrice(Model model) => new(
        model.Id, model.Provider, model.Aliases ?? [], model.ContextWindow, model.FastFactor,
        [.. model.Prices.OrderBy(p => p.From ?? DateOnly.MinValue).Select(ToPeriod)]);

    private static PricePeriod ToPeriod(Period period) => new(
        period.From,
        new Rates(
            Micro(period.Input), Micro(period.Output), Micro(period.CacheWrite5m), Micro(period.CacheWrite1h), Micro(period.CacheRead)),
        [.. (period.Bands ?? []).OrderBy(b => b.Above).Select(ToBand)],
        Micro(period.WebSearch));

    private static PriceBand ToBand(Band band) => new(
        band.Above,
        new Rates(Micro(band.Input), Micro(band.Output), Micro(band.CacheWrite5m), Micro(band.CacheWrite1h), Micro(band.CacheRead)));

    /// <summary>Whole micro-dollars; a price with more than six digits after the point is refused before it comes here.</summary>
    public static long? Micro(decimal? dollars) => dollars is { } known ? (long)(known * 1_000_000) : null;
}
