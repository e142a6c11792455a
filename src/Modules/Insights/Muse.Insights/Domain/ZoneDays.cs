namespace Muse.Insights.Domain;

/// <summary>The days of a time zone as spans of time, also where a day has 23 hours, 25, or none.</summary>
internal sealed class ZoneDays(TimeZoneInfo zone)
{
    /// <summary>The end of 2999: what is later is counted there.</summary>
    public const long LastMs = 32_503_679_999_999;

    /// <summary>Clocks of other machines may be ahead by so much; what is stated for later is not believed.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>UTC milliseconds of the first instant at which calendars show this day or a later one.</summary>
    public long StartMs(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local += Quarter; // clocks went forward over midnight
        }

        // Clocks that go back to midnight show it twice: the day begins the first time.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        var start = new DateTimeOffset(local, offset);
        while (DayOf(start) < day)
        {
            start += Quarter; // a day that a zone left out when it changed sides of the date line
        }

        return start.ToUnixTimeMilliseconds();
    }

    /// <summary>A time that calendars have: clocks of transcripts may say anything.</summary>
    public static DateTimeOffset Instant(long atMs) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(atMs, 0, LastMs));

    /// <summary>UTC milliseconds from which a response is of the future: its clock was wrong, and it stands on no day.</summary>
    public static long FutureMs(TimeProvider clock)
    {
        var ms = (clock.GetUtcNow() + Ahead).ToUnixTimeMilliseconds();
        return ms - (ms % (long)Quarter.TotalMilliseconds); // as sums can tell it
    }

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
