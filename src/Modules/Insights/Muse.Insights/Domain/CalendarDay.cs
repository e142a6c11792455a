using System.Globalization;

namespace Muse.Insights.Domain;

/// <summary>Days as they stand in an address.</summary>
internal static class CalendarDay
{
    public const string Hint = "Give a day from 1970 to 2999, such as 2026-01-31.";
    private static readonly DateOnly First = new(1970, 1, 1);
    private static readonly DateOnly Last = new(2999, 12, 31);

    /// <summary>Null for what is no day, or none that a clock could mean.</summary>
    public static DateOnly? TryParse(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= First && day <= Last ? day : null;
}
