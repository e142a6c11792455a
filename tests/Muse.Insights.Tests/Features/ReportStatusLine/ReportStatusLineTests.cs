using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Muse.Contracts.Sessions;
using Muse.Testing;
using Limits = Muse.Insights.Features.GetLimits.GetLimits;

namespace Muse.Insights.Tests.Features.ReportStatusLine;

public sealed class ReportStatusLineTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 15, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly MuseHost _muse;

    public ReportStatusLineTests() => _muse = MuseHost.At(_clock);

    public ValueTask DisposeAsync() => _muse.DisposeAsync();

    [Fact]
    public async Task Claude_Codes_windows_are_kept_and_a_line_is_answered()
    {
        var line = await ReportAsync(Status(five: 23.4, week: 41));

        Assert.Equal("Opus 5 (1M context) · context 42% · 5h 23% until 17:00 · week 41% until Fri 15:00", line);
        Assert.Equal(
            [("claude-code", 300, 23.4, "status-line", Now.AddHours(2)), ("claude-code", 10_080, 41.0, "status-line", Now.AddHours(48))],
            (await GetAsync()).Windows.Select(w => (w.Agent, w.WindowMinutes!.Value, w.UsedPercent, w.Source, DateTimeOffset.FromUnixTimeMilliseconds(w.EndsAtMs!.Value))));
    }

    [Fact]
    public async Task What_is_said_later_counts_whoever_says_it()
    {
        await ReportAsync(Status(five: 20, week: 41));
        _clock.Advance(TimeSpan.FromMinutes(30));
        await ReportAsync(Status(five: 60, week: 41));
        Assert.Equal((60.0, 80.0), (await GetAsync()).Windows.Where(w => w.WindowMinutes == 300).Select(w => (w.UsedPercent, w.PercentPerHour!.Value)).Single());

        _clock.Advance(TimeSpan.FromMinutes(10));
        await _muse.RecordedAsync(A.Read("s", 1) with
        {
            Errors = [new ErrorSeen(1, _clock.GetUtcNow().ToUnixTimeMilliseconds(), "rate_limit", "You've hit your session limit · resets 5pm (Etc/UTC)")],
        });
        await _muse.SettleAsync();

        Assert.Equal((100.0, "transcript"), (await GetAsync()).Windows.Where(w => w.WindowMinutes == 300).Select(w => (w.UsedPercent, w.Source)).Single());
    }

    [Fact]
    public async Task It_is_there_after_a_restart_and_what_did_not_change_is_not_written_each_time()
    {
        await ReportAsync(Status(five: 20, week: 41));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await ReportAsync(Status(five: 20, week: 41));

        await _muse.RestartAsync();

        Assert.All((await GetAsync()).Windows, w => Assert.Equal(Now.ToUnixTimeMilliseconds(), w.SaidAtMs));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await ReportAsync(Status(five: 20, week: 41));
        Assert.All((await GetAsync()).Windows, w => Assert.Equal(Now.ToUnixTimeMilliseconds() + 61_000, w.SaidAtMs));
    }

    [Theory]
    [InlineData("""{"model":{"display_name":"Opus 5"}}""", "Opus 5")]
    [InlineData("""{"model":"Opus 5","context_window":{"used_percentage":null},"rate_limits":[]}""", "")]
    [InlineData("""{"context_window":{"used_percentage":7},"rate_limits":{"five_hour":{"used_percentage":-3,"resets_at":1782925200}}}""", "context 7%")]
    [InlineData("""{"rate_limits":{"five_hour":{"used_percentage":1e300,"resets_at":1782925200},"seven_day":{"used_percentage":5,"resets_at":9e99}}}""", "")]
    [InlineData("""{"rate_limits":{"five_hour":{"used_percentage":3,"resets_at":1000},"seven_day":{"used_percentage":5,"resets_at":99999999999}}}""", "")]
    [InlineData("""{"model":{"display_name":"\u001b]0;a\u0007\u202eOpus\n5"}}""", "]0aOpus5")]
    public async Task What_makes_no_sense_is_passed_over(string json, string line)
    {
        Assert.Equal(line, await ReportAsync(json));
        Assert.Empty((await GetAsync()).Windows);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{")]
    public async Task What_is_no_object_is_refused(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _muse.Client.PostAsync("/api/limits/claude-code/status-line", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Send the JSON object that Claude Code gives", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_long_is_refused()
    {
        using var content = new StringContent(new string(' ', 300 * 1024), Encoding.UTF8, "application/json");
        using var response = await _muse.Client.PostAsync("/api/limits/claude-code/status-line", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("at most 256 KB", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string Status(double five, double week) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $$"""
        {"hook_event_name":"Status","session_id":"s","model":{"id":"claude-opus-5","display_name":"Opus 5 (1M context)"},"context_window":{"used_percentage":42},
        "rate_limits":{"five_hour":{"used_percentage":{{five}},"resets_at":{{Now.AddHours(2).ToUnixTimeSeconds()}}},
        "seven_day":{"used_percentage":{{week}},"resets_at":{{Now.AddHours(48).ToUnixTimeSeconds()}} } } }
        """);

    private async Task<string> ReportAsync(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _muse.Client.PostAsync("/api/limits/claude-code/status-line", content, TestContext.Current.CancellationToken);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<Limits.Response> GetAsync() =>
        (await _muse.Client.GetFromJsonAsync<Limits.Response>("/api/limits", TestContext.Current.CancellationToken))!;
}
