using System.Text.Json;
using System.Text.Json.Serialization;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Persistence;

/// <summary>The stored form of a tool's outcome: camelCase, absent values left out.</summary>
internal static partial class OutcomeJson
{
    public static string? Write(ToolOutcome? outcome) => outcome is null ? null : JsonSerializer.Serialize(outcome, Context.Default.ToolOutcome);

    public static ToolOutcome? Read(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Context.Default.ToolOutcome);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(ToolOutcome))]
    private sealed partial class Context : JsonSerializerContext;
}
