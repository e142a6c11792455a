using System.Globalization;
using Microsoft.Extensions.Options;

namespace Muse.Insights.Prices;

/// <summary>What the settings change about the prices, under <c>Muse:Insights:Prices</c>.</summary>
internal sealed class PriceOptions
{
    public OwnPrice[] Models { get; init; } = [];

    public OwnAlias[] Aliases { get; init; } = [];
}

/// <summary>
/// The price of a model that Muse does not know, or another one for a model it knows: in place of all its prices, of all
/// days. US dollars for a million tokens, and for a thousand searches. As text, since a number that is none would vanish
/// from a list of settings without a word.
/// </summary>
internal sealed class OwnPrice
{
    public string Id { get; init; } = "";
    public string? Input { get; init; }
    public string? Output { get; init; }
    public string? CacheWrite5m { get; init; }
    public string? CacheWrite1h { get; init; }
    public string? CacheRead { get; init; }
    public string? WebSearch { get; init; }
    public string? FastFactor { get; init; }

    /// <summary>Tokens that fit into one request.</summary>
    public string? ContextWindow { get; init; }

    public bool HasPrices => (Input ?? Output ?? CacheWrite5m ?? CacheWrite1h ?? CacheRead ?? WebSearch) is not null;

    public static decimal? Dollars(string? text) => decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var dollars) ? dollars : null;

    public static long? Count(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}

/// <summary>A name that agents write for a model of another name.</summary>
internal sealed class OwnAlias
{
    public string Name { get; init; } = "";

    /// <summary>The id or a name of a model that has a price.</summary>
    public string Means { get; init; } = "";
}

/// <summary>Names every wrong setting at once, each with the way to mend it.</summary>
internal sealed class PriceOptionsValidator : IValidateOptions<InsightsOptions>
{
    private const decimal Most = 100_000;
    private const string Section = "Muse:Insights:Prices";

    public ValidateOptionsResult Validate(string? name, InsightsOptions options)
    {
        var errors = new List<string>();
        for (var i = 0; i < options.Prices.Models.Length; i++)
        {
            Check($"{Section}:Models:{i}", options.Prices.Models[i], errors);
        }

        foreach (var twice in options.Prices.Models.Where(m => m.Id.Length > 0).GroupBy(m => m.Id, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            errors.Add($"{Section}:Models has '{twice.Key}' more than once. Keep one.");
        }

        // Of wrong prices no sheet can be made, and without it nobody knows what an alias may mean.
        CheckAliases(options.Prices, errors.Count == 0 ? PriceSheets.Make(new PriceOptions { Models = options.Prices.Models }) : null, errors);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void Check(string key, OwnPrice price, List<string> errors)
    {
        if (price.Id.Length == 0)
        {
            errors.Add($"{key}:Id is missing. Give the model's name as the agent writes it.");
        }

        if (price.HasPrices && (price.Input is null || price.Output is null))
        {
            errors.Add($"{key} ('{price.Id}') has a price, but not both Input and Output. Give both, in US dollars for a million tokens.");
        }

        if (price is { HasPrices: false, ContextWindow: null })
        {
            errors.Add($"{key} ('{price.Id}') says nothing. Give Input and Output, in US dollars for a million tokens, or ContextWindow, in tokens.");
        }

        (string Field, string? Text)[] prices =
        [
            ("Input", price.Input), ("Output", price.Output), ("CacheWrite5m", price.CacheWrite5m), ("CacheWrite1h", price.CacheWrite1h),
            ("CacheRead", price.CacheRead), ("WebSearch", price.WebSearch),
        ];
        errors.AddRange(prices
            .Where(p => p.Text is not null && !(OwnPrice.Dollars(p.Text) is { } dollars and >= 0 and <= Most && dollars == Math.Round(dollars, 6)))
            .Select(p => $"{key}:{p.Field} is '{p.Text}'. Give US dollars from 0 to {Most}, with at most six digits after the point."));
        if (price.FastFactor is not null && OwnPrice.Count(price.FastFactor) is not (>= 1 and <= 100))
        {
            errors.Add($"{key}:FastFactor is '{price.FastFactor}'. Give a whole number from 1 to 100.");
        }

        if (price.ContextWindow is not null && OwnPrice.Count(price.ContextWindow) is not (>= 1 and <= Pricing.MostTokens))
        {
            errors.Add($"{key}:ContextWindow is '{price.ContextWindow}'. Give the tokens that fit into one request, at most {Pricing.MostTokens}.");
        }
    }

    private static void CheckAliases(PriceOptions options, PriceSheet? sheet, List<string> errors)
    {
        for (var i = 0; i < options.Aliases.Length; i++)
        {
            var (key, alias) = ($"{Section}:Aliases:{i}", options.Aliases[i]);
            if (alias.Name.Length == 0)
            {
                errors.Add($"{key}:Name is missing. Give the model's name as the agent writes it.");
            }

            if (sheet is not null && sheet.Find(alias.Means) is null)
            {
                errors.Add($"{key}:Means is '{alias.Means}', which has no price. Name a model of {Section}:Models, or one that GET /api/insights/prices lists.");
            }
        }

        foreach (var twice in options.Aliases.Where(a => a.Name.Length > 0).GroupBy(a => a.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            errors.Add($"{Section}:Aliases has '{twice.Key}' more than once. Keep one.");
        }
    }
}
