using System.Reflection;
using System.Text.Json;
using Muse.Contracts;

namespace Muse.BuildingBlocks.Journal;

/// <summary>Names, types and stored form of every fact.</summary>
public static class FactCatalog
{
    private static readonly Dictionary<string, Type> TypeByName = typeof(IFact).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(IFact)) && !type.IsInterface)
        .ToDictionary(NameOf, StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <summary>Every fact's name and type.</summary>
    public static IReadOnlyDictionary<string, Type> All => TypeByName;

    /// <summary>Names of facts that their owner can make again.</summary>
    public static IReadOnlyList<string> CanBeMadeAgain { get; } =
        [.. TypeByName.Where(t => t.Value.GetCustomAttribute<FactNameAttribute>()!.CanBeMadeAgain).Select(t => t.Key)];

    /// <summary>The stored name of a fact type.</summary>
    public static string NameOf(Type fact) => fact.GetCustomAttribute<FactNameAttribute>()?.Name
        ?? throw new InvalidOperationException($"{fact.Name} has no [FactName].");

    /// <summary>A fact as UTF-8 JSON.</summary>
    public static byte[] Write(IFact fact) => JsonSerializer.SerializeToUtf8Bytes(fact, fact.GetType(), Options);

    /// <summary>A stored fact; null if this version of Muse does not know its name.</summary>
    public static IFact? Read(string name, byte[] payload) =>
        TypeByName.TryGetValue(name, out var type) ? (IFact?)JsonSerializer.Deserialize(payload, type, Options) : null;
}
