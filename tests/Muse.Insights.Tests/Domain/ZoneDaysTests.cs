using CsCheck;
using Muse.Insights.Domain;

namespace Muse.Insights.Tests.Domain;

public sealed class ZoneDaysTests
{
    // Half and quarter hours, +14, midnights that are skipped or come twice, and a day that never was.
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati", "America/Havana", "America/Sao_Paulo", "Pacific/Apia",
        "Australia/Lord_Howe", "Asia/Beirut",
    ];

    private static readonly long FirstMs = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly long LastMs = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    [Fact]
    public void A_day_that_never_was_has_no_time()
    {
        var apia = new ZoneDays(TimeZoneInfo.FindSystemTimeZoneById("Pacific/Apia"));

        Assert.Equal(apia.StartMs(new DateOnly(2011, 12, 31)), apia.StartMs(new DateOnly(2011, 12, 30)));
        Assert.Equal(24 * 3_600_000, apia.StartMs(new DateOnly(2011, 12, 30)) - apia.StartMs(new DateOnly(2011, 12, 29)));
    }

    [Fact]
    public void Every_instant_lies_in_the_span_of_its_day() => Gen.Select(Gen.Int[0, Zones.Length - 1], Gen.Long[FirstMs, LastMs]).Sample((zone, at) =>
    {
        var days = new ZoneDays(TimeZoneInfo.FindSystemTimeZoneById(Zones[zone]));
        var day = days.DayOf(DateTimeOffset.FromUnixTimeMilliseconds(at));

        return days.StartMs(day) <= at && at < days.StartMs(day.AddDays(1)) && days.StartMs(day) % (15 * 60_000) == 0;
    });
}
