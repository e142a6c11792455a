using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Compression;
using System.Reflection;
using System.Text.Json;
using Muse.Contracts;

namespace Muse.BuildingBlocks.Journal;

/// <summary>A fact with its stored form, made where there is time for it and not while the database is held.</summary>
public sealed record PreparedFact(IFact Fact, string Name, byte[] Payload);

/// <summary>Names, types and stored form of every fact.</summary>
public static class FactCatalog
{
    /// <summary>Longer ones are packed: the facts of an archive's first reading would be half of what is written.</summary>
    private const int LongestPlain = 4 << 10;

    /// <summary>First byte of a packed payload; JSON begins with a brace.</summary>
    private const byte Packed = 1;
    private static readonly ConcurrentDictionary<Type, string> NameByType = new();
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
    public static string NameOf(Type fact) => NameByType.GetOrAdd(fact, static type => type.GetCustomAttribute<FactNameAttribute>()?.Name
        ?? throw new InvalidOperationException($"{type.Name} has no [FactName]."));

    /// <summary>A fact with its name and stored form.</summary>
    public static PreparedFact Prepare(IFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        return new PreparedFact(fact, NameOf(fact.GetType()), Write(fact));
    }

    /// <summary>A fact as UTF-8 JSON; a long one as a byte 1 and the same packed with Brotli.</summary>
    public static byte[] Write(IFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        using var json = new PooledBytes();
        using (var writer = new Utf8JsonWriter(json))
        {
            JsonSerializer.Serialize(writer, fact, fact.GetType(), Options);
        }

        if (json.Written.Length <= LongestPlain)
        {
            return json.Written.ToArray();
        }

        var packed = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(json.Written.Length) + 1);
        try
        {
            packed[0] = Packed;
            const int fast = 1;
            const int window = 18;
            return BrotliEncoder.TryCompress(json.Written, packed.AsSpan(1), out var length, fast, window) ? packed[..(length + 1)] : json.Written.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <summary>A stored fact; null if this version of Muse does not know its name.</summary>
    public static IFact? Read(string name, byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        if (!TypeByName.TryGetValue(name, out var type))
        {
            return null;
        }

        if (payload is not [Packed, ..])
        {
            return (IFact?)JsonSerializer.Deserialize(payload, type, Options);
        }

        using var json = new BrotliStream(new MemoryStream(payload, 1, payload.Length - 1), CompressionMode.Decompress);
        return (IFact?)JsonSerializer.Deserialize(json, type, Options);
    }
}
