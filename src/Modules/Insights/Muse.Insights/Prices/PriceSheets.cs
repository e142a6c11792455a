using System.Security.Cryptography;
using System.Text.Json;

namespace Muse.Insights.Prices;

/// <summary>Makes the sheet in use from the list that comes with Muse and from the settings.</summary>
internal static class PriceSheets
{
    /// <summary>Raise it when <see cref="Pricing"/> or <see cref="ModelName"/> would say something else of the same prices.</summary>
    private const string Rules = "1";

    public static PriceSheet Make(PriceOptions own)
    {
        var bytes = PriceFile.Bytes();
        var file = PriceFile.Parse(bytes);
        var models = file.Models.Select(PriceFile.ToPrice).ToDictionary(m => m.Id, StringComparer.OrdinalIgnoreCase);
        foreach (var price in own.Models)
        {
            models[price.Id] = Changed(models.GetValueOrDefault(price.Id), price);
        }

        // A name means one model: what the settings say of it goes before what comes with Muse.
        var taken = own.Aliases.Select(a => a.Name).Concat(own.Models.Select(m => m.Id)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var named = models.Values.Select(m => m with { Aliases = [.. m.Aliases.Where(a => !taken.Contains(a))] }).ToList();
        var known = new PriceSheet("", file.Date, [], named, new Dictionary<string, long>());
        var added = own.Aliases.ToLookup(a => known.Find(a.Means)?.Id, a => a.Name);
        return new PriceSheet(
            VersionOf(bytes, own),
            file.Date,
            file.Sources,
            [
                .. named
                    .Where(m => !own.Aliases.Any(a => a.Name.Equals(m.Id, StringComparison.OrdinalIgnoreCase)))
                    .Select(m => m with { Aliases = [.. m.Aliases, .. added[m.Id]] }),
            ],
            file.Searches.ToDictionary(s => s.Key, s => (long)(s.Value * 1_000_000), StringComparer.Ordinal));
    }

    private static ModelPrice Changed(ModelPrice? known, OwnPrice own)
    {
        var window = OwnPrice.Count(own.ContextWindow) ?? known?.ContextWindow;
        if (!own.HasPrices && known is not null)
        {
            return known with { ContextWindow = window, IsOwn = true };
        }

        var rates = new Rates(
            Micro(own.Input), Micro(own.Output), Micro(own.CacheWrite5m), Micro(own.CacheWrite1h),
            Micro(own.CacheRead));
        return new ModelPrice(
            own.Id, known?.Provider ?? "settings", known?.Aliases ?? [], window, OwnPrice.Count(own.FastFactor),
            [new PricePeriod(null, rates, [], Micro(own.WebSearch))], IsOwn: true);
    }

    private static long? Micro(string? dollars) => PriceFile.Micro(OwnPrice.Dollars(dollars));

    private static string VersionOf(byte[] bytes, PriceOptions own)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(own));
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(Rules));
        return Convert.ToHexStringLower(hash.GetHashAndReset()[..8]);
    }
}
