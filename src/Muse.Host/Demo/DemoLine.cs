using System.Text.Encodings.Web;
using System.Text.Json;

namespace Muse.Host.Demo;

/// <summary>One record of a made-up transcript, written as the agents write theirs.</summary>
internal static class DemoLine
{
    private static readonly JsonSerializerOptions AsAgentsWrite = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(object record) => JsonSerializer.Serialize(record, AsAgentsWrite);

    /// <summary>The same id for the same story and number, so that two demos look the same.</summary>
    public static string Id(int story, int number) => $"{story:x8}-de30-4000-8000-{number:x12}";

    public static string At(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);
}
