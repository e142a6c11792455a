using System.Globalization;
using System.Text.RegularExpressions;
using Muse.Contracts.Sessions;

namespace Muse.Insights.Domain;

/// <summary>
/// What Claude Code writes where a turn ends at a limit: <c>You've hit your session limit · resets 7:20pm (Europe/Brussels)</c>,
/// <c>… · resets Jul 23 at 6pm (America/Los_Angeles)</c>, in old versions <c>Claude AI usage limit reached|1760000000</c>. The time is the
/// next such one after the record's, in the zone in brackets.
/// </summary>
internal static partial class LimitNotice
{
    /// <returns>Null if it says no end, as a limit of spending does.</returns>
    public static LimitSeen? Read(string text, long atMs) => EndOf(text, atMs) is { } end ? new LimitSeen(atMs, null, MinutesOf(text), 100, end, null) : null;

    private static int MinutesOf(string text) =>
        text.Contains("session limit", StringComparison.OrdinalIgnoreCase) || text.Contains("5-hour", StringComparison.OrdinalIgnoreCase) ? 5 * 60
        : text.Contains("weekly", StringComparison.OrdinalIgnoreCase) ? 7 * 24 * 60
        : 0;

    private static long? EndOf(string text, long atMs)
    {
        if (Epoch().Match(text) is { Success: true } epoch)
        {
            return long.Parse(epoch.Groups["at"].Value, CultureInfo.InvariantCulture) * 1000;
        }

        if (Clock().Match(text) is not { Success: true } clock || !TimeZoneInfo.TryFindSystemTimeZoneById(clock.Groups["zone"].Value, out var zone))
        {
            return null;
        }

        var hour = Number(clock, "hour");
        var minute = Number(clock, "minute");
        if (hour is < 1 or > 12 || minute > 59)
        {
            return null;
        }

        var said = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(atMs), zone).DateTime;
        var time = new TimeSpan((hour % 12) + (clock.Groups["half"].Value == "pm" ? 12 : 0), minute, 0);
        return DayOf(clock, said, time) is { } day ? new DateTimeOffset(day + time, zone.GetUtcOffset(day + time)).ToUnixTimeMilliseconds() : null;
    }

    /// <summary>The first day on which the time is still to come.</summary>
    private static DateTime? DayOf(Match clock, DateTime said, TimeSpan time)
    {
        if (!clock.Groups["month"].Success)
        {
            return said.TimeOfDay < time ? said.Date : said.Date.AddDays(1);
        }

        foreach (var year in (int[])[said.Year, said.Year + 1])
        {
            if (DateTime.TryParseExact(
                $"{clock.Groups["day"].Value} {clock.Groups["month"].Value} {year}", "d MMM yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                && day + time > said)
            {
                return day;
            }
        }

        return null;
    }

    private static int Number(Match match, string group) => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"limit reached\|(?<at>[0-9]{9,11})\b", RegexOptions.CultureInvariant)]
    private static partial Regex Epoch();

    [GeneratedRegex(
        @"resets (?:(?<month>[A-Z][a-z]{2}) (?<day>[0-9]{1,2})(?: at |, ))?(?<hour>[0-9]{1,2})(?::(?<minute>[0-9]{2}))?(?<half>am|pm) \((?<zone>[A-Za-z0-9_+/-]{1,60})\)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Clock();
}
