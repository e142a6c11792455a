using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Muse.Contracts.Sessions;
using Muse.Insights.Persistence;
using Muse.Testing;
using Slice = Muse.Insights.Features.GetConcurrency.GetConcurrency;

namespace Muse.Insights.Tests.Features.GetConcurrency;

public sealed class GetConcurrencyTests : IAsyncDisposable
{
    private readonly MuseHost _muse = MuseHost.At(new FakeTimeProvider(new DateTimeOffset(2026, 7, 1, 15, 0, 0, TimeSpan.Zero)));
    private long _generation;

    public ValueTask DisposeAsync() => _muse.DisposeAsync();

    [Fact]
    public async Task Agents_that_work_in_the_same_minute_work_at_once()
    {
        await TellAsync(Wrote("a", "2026-03-10T09:00:10"), Wrote("a", "2026-03-10T09:00:50"), Wrote("a", "2026-03-10T09:01:00"), Wrote("b", "2026-03-10T09:00:30"), Wrote("b", "2026-03-10T21:14:59"));

        var told = await GetAsync("from=2026-03-10&to=2026-03-10&zone=UTC");

        Assert.Equal(new Slice.Work(4, 3, 2, 1.33), told.Totals);
        Assert.Equal(At("2026-03-10T09:00:00"), told.MostAtMs);
        Assert.Equal([(9, 3L, 2), (21, 1L, 1)], told.Hours.Select(h => (h.At, h.Work.AgentMinutes, h.Work.Most)));
    }

    [Fact]
    public async Task A_call_that_runs_is_work_and_a_subagent_is_an_agent()
    {
        var at = At("2026-03-10T09:20:00");
        await TellAsync(
            A.Read("a", 0) with { Tools = [new ToolSeen(1, at, "Bash", "ok", 20 * 60_000)] },
            A.Read("a", 0, A.Usage("u", At("2026-03-10T09:10:00"))) with { AgentId = "sub" });

        var told = await GetAsync("from=2026-03-10&to=2026-03-10&zone=UTC");

        Assert.Equal(new Slice.Work(22, 21, 2, 1.05), told.Totals);
    }

    [Fact]
    public async Task What_a_person_wrote_what_was_copied_and_what_has_no_time_is_no_work()
    {
        await TellAsync(A.Read("a", 0, A.Usage("i", At("2026-03-10T09:00:00"), inherited: true), A.Usage("z", 0)) with { Prompts = [new PromptSeen(1, At("2026-03-10T09:00:00"), false, "go")] });

        Assert.Empty((await GetAsync("from=1970-01-01&to=2026-07-01&zone=UTC")).Days);
    }

    [Theory]
    [InlineData("Pacific/Kiritimati", "2026-03-11", 23)]
    [InlineData("Etc/GMT+12", "2026-03-10", 21)]
    [InlineData("Asia/Kathmandu", "2026-03-11", 15)]
    public async Task Days_and_hours_are_those_of_the_zone(string zone, string day, int hour)
    {
        await TellAsync(Wrote("a", "2026-03-11T09:59:00"));

        var told = await GetAsync($"from=2026-03-01&to=2026-03-20&zone={Uri.EscapeDataString(zone)}");

        Assert.Equal((zone, DateOnly.Parse(day, CultureInfo.InvariantCulture), hour), (told.Zone, Assert.Single(told.Days).Date, Assert.Single(told.Hours).At));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Days_and_hours_add_up_to_the_whole_and_repeated_reads_change_nothing(int seed)
    {
        var random = new Random(seed);
        var reads = Enumerable.Range(0, 40).Select(_ => Wrote($"s{random.Next(6)}", $"2026-03-{10 + random.Next(4)}T{random.Next(24):00}:{random.Next(60):00}:00")).ToArray();
        await TellAsync(reads);
        var once = await RowsAsync();
        var again = reads.Concat(reads).ToArray();
        random.Shuffle(again);

        await TellAsync(again);

        Assert.Equal(once, await RowsAsync());
        var told = await GetAsync("from=2026-03-01&to=2026-03-31&zone=America/St_Johns");
        Assert.Equal(told.Totals.AgentMinutes, told.Days.Sum(d => d.Work.AgentMinutes));
        Assert.Equal(told.Totals.AgentMinutes, told.Hours.Sum(h => h.Work.AgentMinutes));
        Assert.Equal(told.Totals.Most, told.Days.Max(d => d.Work.Most));
    }

    [Fact]
    public async Task The_days_are_to_be_had_for_spreadsheets()
    {
        await TellAsync(Wrote("a", "2026-03-10T09:00:10"));

        var csv = await _muse.Client.GetStringAsync(new Uri("/api/stats/concurrency?from=2026-03-01&to=2026-03-31&zone=UTC&format=csv", UriKind.Relative));

        Assert.Equal("day,agent_minutes,minutes,most_agents,mean_agents,zone\r\n2026-03-10,1,1,1,1,UTC\r\n", csv);
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-02-30", "to")]
    [InlineData("from=2026-02-02&to=2026-02-01", "from")]
    [InlineData("zone=Mars/Olympus", "zone")]
    [InlineData("format=xml", "format")]
    public async Task What_is_wrong_is_named(string query, string field)
    {
        var (status, problem) = await _muse.GetProblemAsync($"/api/stats/concurrency?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    private static long At(string utc) => DateTimeOffset.Parse($"{utc}Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private static TranscriptRead Wrote(string session, string utc) => A.Read(session, 0, A.Usage($"{session} {utc}", At(utc)));

    private async Task TellAsync(params TranscriptRead[] reads)
    {
        await _muse.RecordedAsync([.. reads.Select(r => r with { Generation = ++_generation })]);
        await _muse.SettleAsync();
    }

    private async Task<string> RowsAsync()
    {
        await using var scope = _muse.Services.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<InsightsDbContext>().AgentMinutes.OrderBy(m => m.Quarter).ThenBy(m => m.SessionId).ToListAsync();
        return string.Join('\n', rows.Select(m => $"{m.Quarter} {m.SessionId} {m.AgentId} {m.Minutes}"));
    }

    private Task<Slice.Response> GetAsync(string query) => _muse.GetAsync<Slice.Response>($"/api/stats/concurrency?{query}");
}
