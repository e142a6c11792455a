namespace Muse.Insights.Prices;

/// <summary>
/// The names by which the price of a model may be found, the most exact first. Only what says nothing of the price is cut
/// off: the door it was asked through, the day of a snapshot, the mark of the long window. A part of a name is never taken
/// for the whole: <c>claude-opus-5-5</c> is not <c>claude-opus-5</c>.
/// </summary>
internal static class ModelName
{
    private const string LongWindow = "[1m]";

    // Doors that ask what the maker asks. Regions of others (us.anthropic.…) may ask more.
    private static readonly string[] Doors = ["anthropic/", "openai/", "google/", "gemini/", "models/", "vertex_ai/", "global.anthropic.", "anthropic."];

    public static bool HasLongWindow(string name) => name.EndsWith(LongWindow, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name without door, mark and revision.</summary>
    public static ReadOnlySpan<char> WithoutDoor(string name)
    {
        var rest = name.AsSpan().Trim();
        foreach (var door in Doors)
        {
            if (rest.StartsWith(door, StringComparison.OrdinalIgnoreCase))
            {
                rest = rest[door.Length..];
            }
        }

        if (rest.EndsWith(LongWindow, StringComparison.OrdinalIgnoreCase))
        {
            rest = rest[..^LongWindow.Length];
        }

        if (rest.LastIndexOf('@') is > 0 and var snapshot)
        {
            rest = rest[..snapshot];
        }

        return WithoutRevision(rest);
    }

    /// <summary>The name without the day of a snapshot: <c>-20250929</c>, <c>-2025-09-29</c>.</summary>
    public static ReadOnlySpan<char> WithoutDay(ReadOnlySpan<char> name)
    {
        if (name.Length > 9 && name[^9] == '-' && AreDigits(name[^8..]))
        {
            return name[..^9];
        }

        return name.Length > 11 && name[^11] == '-' && name[^6] == '-' && name[^3] == '-' && AreDigits(name[^10..^6]) && AreDigits(name[^5..^3]) && AreDigits(name[^2..])
            ? name[..^11]
            : name;
    }

    /// <summary>Bedrock's <c>-v1:0</c>.</summary>
    private static ReadOnlySpan<char> WithoutRevision(ReadOnlySpan<char> name)
    {
        var start = name.LastIndexOf("-v", StringComparison.Ordinal);
        var colon = name.LastIndexOf(':');
        return start > 0 && colon > start + 2 && AreDigits(name[(start + 2)..colon]) && AreDigits(name[(colon + 1)..]) ? name[..start] : name;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
