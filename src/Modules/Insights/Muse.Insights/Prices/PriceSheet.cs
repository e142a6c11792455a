using System.Collections.Frozen;

namespace Muse.Insights.Prices;

/// <summary>
/// The prices in use: those that come with Muse, with what the settings change. It does not change while Muse runs.
/// </summary>
/// <param name="Version">Differs whenever a response could be priced differently.</param>
/// <param name="Date">The day on which the prices that come with Muse were last looked at.</param>
/// <param name="Searches">Micro-dollars for a thousand searches that an agent does beside its model, by agent.</param>
internal sealed class PriceSheet(
    string version,
    DateOnly date,
    IReadOnlyList<PriceSource> sources,
    IReadOnlyList<ModelPrice> models,
    IReadOnlyDictionary<string, long> searches)
{
    private const long LongWindow = 1_000_000;

    private readonly FrozenDictionary<string, ModelPrice>.AlternateLookup<ReadOnlySpan<char>> _byName = models
        .SelectMany(m => m.Aliases.Prepend(m.Id).Select(name => KeyValuePair.Create(name, m)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public string Version { get; } = version;

    public DateOnly Date { get; } = date;

    public IReadOnlyList<PriceSource> Sources { get; } = sources;

    public IReadOnlyList<ModelPrice> Models { get; } = models;

    /// <summary>What the sheet says of a model by the name an agent wrote; null if it does not know it.</summary>
    public ModelPrice? Find(string? model)
    {
        if (model is null)
        {
            return null;
        }

        if (_byName.TryGetValue(model, out var exact))
        {
            return exact;
        }

        var name = ModelName.WithoutDoor(model);
        return _byName.TryGetValue(name, out var known) || _byName.TryGetValue(ModelName.WithoutDay(name), out known) ? known : null;
    }

    /// <summary>Tokens that fit into one request of a model; null if unknown.</summary>
    public long? ContextWindow(string? model) =>
        Find(model) is not { } price ? null : model is not null && ModelName.HasLongWindow(model) ? LongWindow : price.ContextWindow;

    /// <summary>What a response of a model costs, in micro-dollars; null if it, or a part of it, has no price.</summary>
    public long? CostMicroUsd(string agent, string? model, in ResponseTokens tokens) =>
        Pricing.CostMicroUsd(tokens, Find(model), searches.TryGetValue(agent, out var rate) ? rate : null);
}

/// <summary>Where prices were taken from.</summary>
internal sealed record PriceSource(string Name, string Version, DateOnly Date, string Licence, string For);
