using System.Globalization;
using Muse.Insights.Domain;

namespace Muse.Insights.Tests.Domain;

public sealed class LimitNoticeTests
{
    [Theory]
    [InlineData("You've hit your session limit · resets 7:20pm (Europe/Brussels)", "2026-07-01T15:00:00Z", 300, "2026-07-01T17:20:00Z")]
    [InlineData("You've hit your session limit · resets 7:20pm (Europe/Brussels)", "2026-07-01T17:20:00Z", 300, "2026-07-02T17:20:00Z")] // that one is over
    [InlineData("You've hit your weekly limit · resets Jul 23 at 6pm (America/Los_Angeles)", "2026-07-20T01:00:00Z", 10080, "2026-07-24T01:00:00Z")]
    [InlineData("You've hit your limit · resets Jan 2 at 12am (UTC)", "2026-12-30T10:00:00Z", 0, "2027-01-02T00:00:00Z")]
    [InlineData("5-hour limit reached ∙ resets 12pm (Asia/Kathmandu)", "2026-03-01T00:00:00Z", 300, "2026-03-01T06:15:00Z")]
    [InlineData("Limit reached · resets 7pm (America/Sao_Paulo)", "2026-03-01T00:00:00Z", 0, "2026-03-01T22:00:00Z")]
    [InlineData("You've hit your session limit · resets 3am (Europe/Berlin)", "2026-10-24T22:30:00Z", 300, "2026-10-25T02:00:00Z")] // the night of 25 hours
    [InlineData("Claude AI usage limit reached|1760000000", "2025-10-09T05:00:00Z", 0, "2025-10-09T08:53:20Z")]
    public void The_end_is_the_next_such_time_in_the_zone_that_is_named(string text, string at, int minutes, string end)
    {
        var read = LimitNotice.Read(text, Ms(at))!;

        Assert.Equal((minutes, 100.0, Ms(end)), (read.WindowMinutes, read.UsedPercent, read.ResetsAtMs));
    }

    [Theory]
    [InlineData("You've hit your monthly spend limit · raise it at the console")]
    [InlineData("resets 7pm (Nowhere/At_All)")]
    [InlineData("resets 13pm (UTC)")]
    [InlineData("resets Foo 23 at 6pm (UTC)")]
    [InlineData("resets Feb 30 at 6pm (UTC)")]
    [InlineData("")]
    public void What_names_no_end_is_no_window(string text) => Assert.Null(LimitNotice.Read(text, Ms("2026-07-01T15:00:00Z")));

    private static long Ms(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
