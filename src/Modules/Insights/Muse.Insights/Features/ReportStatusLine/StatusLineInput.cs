using System.Text;
using System.Text.Json;
using Muse.Contracts.Sessions;

namespace Muse.Insights.Features.ReportStatusLine;

/// <summary>
/// What Claude Code gives the command of its status line (2.1.330): <c>model.display_name</c>, <c>context_window.used_percentage</c> and, for
/// subscriptions, <c>rate_limits.five_hour</c> and <c>.seven_day</c> with <c>used_percentage</c> of 100 and <c>resets_at</c> in seconds since 1970.
/// What has another shape is passed over: versions differ, and a part that is missing takes nothing from the others.
/// </summary>
/// <param name="Windows">Those that make sense.</param>
internal sealed record StatusLineInput(string? Model, double? ContextPercent, IReadOnlyList<LimitSeen> Windows)
{
    private const int LongestName = 40;
    private static readonly (string Name, int Minutes)[] Known = [("five_hour", 5 * 60), ("seven_day", 7 * 24 * 60)];

    /// <returns>Null if it is no JSON object.</returns>
    public static StatusLineInput? Read(ReadOnlyMemory<byte> json, long nowMs)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                ? new StatusLineInput(
                    Name(Part(root, "model", "display_name")), Percent(Part(root, "context_window", "used_percentage")), [.. WindowsOf(root, nowMs)])
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<LimitSeen> WindowsOf(JsonElement root, long nowMs)
    {
        foreach (var (name, minutes) in Known)
        {
            var window = Part(root, "rate_limits", name);
            if (Percent(Part(window, "used_percentage")) is { } used && EndMs(Part(window, "resets_at")) is { } end && end > nowMs && end <= nowMs + (2L * minutes * 60_000))
            {
                yield return new LimitSeen(nowMs, null, minutes, used, end, null);
            }
        }
    }

    private static JsonElement? Part(JsonElement? of, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            of = of is { ValueKind: JsonValueKind.Object } here && here.TryGetProperty(name, out var part) ? part : null;
        }

        return of;
    }

    private static double? Percent(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var percent) && percent is >= 0 and <= 100 ? percent : null;

    private static long? EndMs(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var seconds) && seconds is > 0 and < 100_000_000_000 ? seconds * 1000 : null;

    /// <summary>It goes to a terminal: letters and what stands between them, nothing that steers.</summary>
    private static string? Name(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.String } text)
        {
            return null;
        }

        var shown = new StringBuilder();
        foreach (var c in text.GetString()!.Where(c => char.IsAsciiLetterOrDigit(c) || " .-()[]".Contains(c, StringComparison.Ordinal)).Take(LongestName)) // it is a string
        {
            shown.Append(c);
        }

        return shown.Length == 0 ? null : shown.ToString();
    }
}
