using CsCheck;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Web;
using Muse.Contracts.Sessions;
using Muse.Insights.Domain;
using Muse.Insights.Git;
using Muse.Testing;

namespace Muse.Insights.Tests.Features.GetJournal;

public sealed class JournalDaysTests : IAsyncDisposable
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati", "Etc/GMT+12", "Pacific/Apia", "America/Havana", "Australia/Lord_Howe",
    ];

    private readonly JournalHost _journal = new();

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    [Fact]
    public async Task A_session_across_midnight_stands_on_both_days_with_what_each_cost()
    {
        await _journal.TellAsync(
            JournalHost.Asked("s1", "2026-03-10T22:58:00", "Widen"), JournalHost.Response("s1", "2026-03-10T22:59:59.999"), JournalHost.Response("s1", "2026-03-10T23:00:00"));

        var (before, after) = (await _journal.GetAsync("2026-03-10", "Europe/Berlin"), await _journal.GetAsync("2026-03-11", "Europe/Berlin"));

        Assert.Equal((2L, false, true), (before.Sessions[0].Responses, before.Sessions[0].BeganBefore, before.Sessions[0].WentOn));
        Assert.Equal((1L, true, false), (after.Sessions[0].Responses, after.Sessions[0].BeganBefore, after.Sessions[0].WentOn));
        Assert.Equal(before.Sessions[0].CostMicroUsd, 2 * after.Sessions[0].CostMicroUsd);
        Assert.Equal((1, 0), (before.Asks.Count, after.Asks.Count));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29", 23)]
    [InlineData("Europe/Berlin", "2025-10-26", 25)]
    [InlineData("Australia/Lord_Howe", "2025-10-05", 23.5)]
    [InlineData("Pacific/Kiritimati", "2026-03-29", 24)]
    [InlineData("Etc/GMT+12", "2026-03-29", 24)]
    [InlineData("Pacific/Apia", "2011-12-30", 0)]
    public async Task A_day_is_as_long_as_its_zone_makes_it(string zone, string day, double hours)
    {
        var told = await _journal.GetAsync(day, zone);

        Assert.Equal((zone, DateOnly.Parse(day, null)), (told.Zone, told.Day));
        Assert.Equal(hours, (told.ToMs - told.FromMs) / 3_600_000.0);
    }

    [Theory]
    [InlineData("Pacific/Kiritimati", "2026-03-11T09:59:59", "2026-03-11")]
    [InlineData("Pacific/Kiritimati", "2026-03-11T10:00:00", "2026-03-12")]
    [InlineData("Etc/GMT+12", "2026-03-11T11:59:59", "2026-03-10")]
    [InlineData("Etc/GMT+12", "2026-03-11T12:00:00", "2026-03-11")]
    [InlineData("Europe/Berlin", "2026-03-29T21:59:59", "2026-03-29")]
    [InlineData("Europe/Berlin", "2026-03-29T22:00:00", "2026-03-30")]
    [InlineData("Europe/Berlin", "2025-10-26T22:59:59", "2025-10-26")]
    [InlineData("Europe/Berlin", "2025-10-26T23:00:00", "2025-10-27")]
    public async Task Everything_stands_on_the_day_that_calendars_of_the_zone_show(string zone, string utc, string day)
    {
        await _journal.TellAsync(JournalHost.Asked("s1", utc, "Widen") with { Errors = [new ErrorSeen(1, JournalHost.At(utc), "overloaded", "")] });
        var date = DateOnly.Parse(day, null);

        var told = await _journal.GetAsync(day, zone);
        var (before, after) = (await _journal.GetAsync($"{date.AddDays(-1):yyyy-MM-dd}", zone), await _journal.GetAsync($"{date.AddDays(1):yyyy-MM-dd}", zone));

        Assert.Equal((1, 1, 1), (told.Sessions.Count, told.Asks.Count, told.Errors.Count));
        Assert.Equal((0, 0), (before.Totals.Sessions, after.Totals.Sessions));
        Assert.Equal((date, date), (before.Next, after.Previous));
    }

    [Fact]
    public async Task A_day_costs_in_the_journal_what_it_costs_in_the_figures()
    {
        var random = new Random(11);
        await _journal.TellAsync([.. Enumerable.Range(0, 60).Select(i => JournalHost.Response(
            $"p{i % 7}", JournalHost.Now.AddMinutes(-random.Next(4 * 24 * 60)).UtcDateTime.ToString("s"), i % 9 == 0 ? "nobody-knows" : "claude-opus-5"))]);

        foreach (var (zone, day) in Zones.SelectMany(z => Enumerable.Range(26, 6).Select(d => (z, new DateOnly(2026, 6, 1).AddDays(d - 1).ToString("yyyy-MM-dd", null)))))
        {
            var (told, stats) = (await _journal.GetAsync(day, zone), await _journal.StatsAsync(day, zone));
            Assert.Equal(
                (stats.Totals.Responses, stats.Totals.CostMicroUsd, stats.Totals.UnpricedResponses),
                (told.Sessions.Sum(s => s.Responses), told.Sessions.Sum(s => s.CostMicroUsd), told.Sessions.Sum(s => s.UnpricedResponses)));
        }
    }

    [Fact]
    public void A_day_begins_where_the_one_before_ends() => Gen.Select(Gen.Int[0, Zones.Length - 1], Gen.Int[0, 20_000]).Sample((zone, day) =>
    {
        var days = new ZoneDays(TimeZoneInfo.FindSystemTimeZoneById(Zones[zone]));
        var date = new DateOnly(1971, 1, 1).AddDays(day);
        return days.StartMs(date) <= days.StartMs(date.AddDays(1)) && days.StartMs(date.AddDays(1)) - days.StartMs(date) <= 49 * 3_600_000L;
    });

    [Fact]
    public async Task Rows_made_again_tell_the_same_day()
    {
        var at = JournalHost.Now.AddHours(-3).ToUnixTimeMilliseconds();
        new ClaudeTranscript(_journal.Muse, "again", "/home/ann/shop", null) { AtMs = at }.Prompt("Widen the beam").Call("c", "Bash", new() { ["command"] = "make" })
            .Result("c", "no rule to make target", isError: true).Reply("It does not build.");
        await _journal.Muse.SettleAsync();
        var before = await _journal.TextAsync("2026-07-01", "json");

        await _journal.Muse.RestartAsync(ForgetTheVersion);
        var pump = _journal.Muse.Services.GetRequiredService<JournalPump>();
        do
        {
            await _journal.Muse.SettleAsync();
        }
        while (pump.Rebuilding.Count > 0);

        Assert.Contains("Widen the beam", before, StringComparison.Ordinal);
        Assert.Contains("Bash", before, StringComparison.Ordinal);
        Assert.Equal(before, await _journal.TextAsync("2026-07-01", "json"));
    }

    [Fact]
    public async Task A_request_reads_no_transcript_and_runs_no_git()
    {
        await _journal.TellAsync(JournalHost.Asked("s1", "2026-03-10T09:00:00", "Widen"));
        var work = _journal.Muse.Services.GetRequiredService<WorkCounters>();
        var before = (work[GitProgram.ProcessesStarted], work["ingest.bytesRead"], work["ingest.sweeps"]);

        await _journal.GetAsync("2026-03-10");

        Assert.Equal(before, (work[GitProgram.ProcessesStarted], work["ingest.bytesRead"], work["ingest.sweeps"]));
    }

    /// <summary>As after an update whose rules are others.</summary>
    private void ForgetTheVersion()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_journal.Muse.Folder, "muse.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE muse_cursors SET version = 0 WHERE consumer = 'insights'";
        command.ExecuteNonQuery();
    }
}
