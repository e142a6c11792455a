using System.Globalization;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Domain;

/// <summary>Reads the parameters that several slices take; null means not understood.</summary>
internal static class Parameter
{
    public const string AgentWords = "A subagent's transcript instead of the main one.";
    public const string ItemHint = "Give the id of an item as a window returned it, for example 412.";
    public const string FlagHint = "Give true or false.";
    public static readonly string KindsHint = $"Give kinds separated by commas: {string.Join(", ", Enum.GetValues<ItemKind>().Select(ItemView.KindWord))}.";

    public static int? Limit(string? text, int otherwise, int most) =>
        text is null ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most ? limit
        : null;

    public static bool IsFlag(string? text) => text is null or "true" or "false";

    /// <param name="text">One that <see cref="IsFlag"/>.</param>
    public static bool Flag(string? text, bool otherwise) => text is null ? otherwise : text == "true";

    public static bool IsItem(string? text) => text is null || ItemRef.TryParse(text) is not null;

    public static bool AreKinds(string? text) => Kinds(text) is not null;

    /// <summary>Empty for no restriction.</summary>
    public static IReadOnlyList<string>? Kinds(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        var kinds = text.Split(',', StringSplitOptions.TrimEntries);
        return kinds.All(k => Enum.GetValues<ItemKind>().Any(known => ItemView.KindWord(known) == k)) ? kinds : null;
    }

    /// <summary>Epoch milliseconds or an ISO date; a date without time is its first or last millisecond in UTC.</summary>
    public static long? Time(string text, bool endOfDay)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ms))
        {
            return ms;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            var start = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
            return endOfDay ? start + (24L * 60 * 60 * 1000) - 1 : start;
        }

        return text.Length > 10 && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.RoundtripKind, out var time)
            ? time.ToUnixTimeMilliseconds()
            : null;
    }
}
