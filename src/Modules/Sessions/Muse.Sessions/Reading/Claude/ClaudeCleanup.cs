using System.Text.Json;

namespace Muse.Sessions.Reading.Claude;

/// <summary>When Claude Code deletes transcripts: at its start, those unchanged for <c>cleanupPeriodDays</c> of its settings.</summary>
internal static class ClaudeCleanup
{
    private const int Usual = 30;
    private const int LongestSettings = 4 << 20;
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Nothing else of the settings is looked at. Settings that cannot be read are taken for those that say nothing.</summary>
    public static int DaysOf(string root)
    {
        var path = Path.Combine(root, "settings.json");
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > LongestSettings)
            {
                return Usual;
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("cleanupPeriodDays", out var days) && days.ValueKind == JsonValueKind.Number
                && days.TryGetDouble(out var number) && number is >= 0 and < 1_000_000
                ? (int)number
                : Usual;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return Usual;
        }
    }
}
