using System.Net.Http.Json;
using Microsoft.Extensions.Time.Testing;
using Muse.Contracts.Sessions;
using Muse.Testing;
using Slice = Muse.Insights.Features.GetLimits.GetLimits;

namespace Muse.Insights.Tests.Features.GetLimits;

public sealed class GetLimitsTests : IAsyncDisposable
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 15, 0, 0, TimeSpan.Zero);
    private readonly MuseHost _muse = MuseHost.At(new FakeTimeProvider(Now));
    private long _generation;

    public ValueTask DisposeAsync() => _muse.DisposeAsync();

    [Fact]
    public async Task What_was_said_last_is_told_with_its_age_and_where_it_leads()
    {
        var end = NowMs + (2 * Hour);
        await SaidAsync(Codex(-3 * Hour, 10, end), Codex(-1 * Hour, 50, end + 3000), Codex(-2 * Hour, 30, end - 2000));

        var window = Assert.Single((await GetAsync()).Windows);

        Assert.Equal(("codex", "main", "pro", 300, "current", 50.0), (window.Agent, window.Name, window.Plan, window.WindowMinutes, window.State, window.UsedPercent));
        Assert.Equal((NowMs - Hour, end + 3000, "transcript"), (window.SaidAtMs, window.EndsAtMs, window.Source));
        // 40 % in two hours: full two and a half hours after the last figure.
        Assert.Equal((20.0, NowMs + (3 * Hour / 2), 100.0), (window.PercentPerHour, window.FullAtMs, window.PercentAtEnd));
    }

    [Fact]
    public async Task A_window_that_lasts_is_not_said_to_be_used_up()
    {
        await SaidAsync(Codex(-4 * Hour, 10, NowMs + Hour), Codex(0, 30, NowMs + Hour));

        var window = Assert.Single((await GetAsync()).Windows);

        Assert.Equal((5.0, null, 35.0), (window.PercentPerHour, window.FullAtMs, window.PercentAtEnd));
    }

    [Theory]
    [InlineData(300, 14, false)]
    [InlineData(300, 15, true)]
    [InlineData(10_080, 8 * 60, false)]
    [InlineData(10_080, 9 * 60, true)]
    public async Task A_little_of_a_window_says_nothing_of_where_it_leads(int window, int minutes, bool tells)
    {
        LimitSeen[] said = [Codex(-minutes * Minute, 10, NowMs + Hour), Codex(0, 20, NowMs + Hour)];
        await SaidAsync([.. said.Select(s => s with { WindowMinutes = window })]);

        Assert.Equal(tells, Assert.Single((await GetAsync()).Windows).PercentPerHour is not null);
    }

    [Fact]
    public async Task Of_a_window_that_ended_it_is_said_that_it_ended()
    {
        await SaidAsync(Codex(-6 * Hour, 90, NowMs - Hour), Codex(-5 * Hour, 95, NowMs - Hour));

        var window = Assert.Single((await GetAsync()).Windows);

        Assert.Equal(("over", 95.0, null, null), (window.State, window.UsedPercent, window.PercentPerHour, window.FullAtMs));
    }

    [Fact]
    public async Task The_next_window_takes_the_place_of_the_one_before_and_a_week_stands_beside_five_hours()
    {
        await SaidAsync(
            Codex(-6 * Hour, 90, NowMs - Hour), Codex(-Hour, 5, NowMs + (4 * Hour)), new LimitSeen(NowMs - Hour, "main", 10_080, 61.25, NowMs + (48 * Hour), "pro"));

        Assert.Equal([(300, 5.0), (10_080, 61.25)], (await GetAsync()).Windows.Select(w => (w.WindowMinutes!.Value, w.UsedPercent)));
    }

    [Fact]
    public async Task A_turn_that_ended_at_the_limit_says_that_the_window_is_full()
    {
        await _muse.RecordedAsync(A.Read("s", 1) with
        {
            Errors = [new ErrorSeen(1, NowMs - Minute, "rate_limit", "You've hit your session limit · resets 7:20pm (Europe/Brussels)"), new ErrorSeen(2, NowMs, "rate_limit", "Slow down")],
        });
        await _muse.SettleAsync();

        var window = Assert.Single((await GetAsync()).Windows);

        Assert.Equal(("claude-code", 300, 100.0, NowMs + (140 * Minute)), (window.Agent, window.WindowMinutes, window.UsedPercent, window.EndsAtMs));
        Assert.Null(window.FullAtMs);
    }

    [Fact]
    public async Task Where_nothing_is_said_what_was_used_is_told_apart_from_what_is_reported()
    {
        await _muse.RecordedAsync(
            A.Read("s", 1, A.Usage("a", NowMs - Hour), A.Usage("b", NowMs - (20 * Hour)), A.Usage("c", NowMs - (200 * Hour))),
            A.Read("t", 2, A.Usage("d", NowMs - Hour)) with { Agent = "codex", Limits = [Codex(-Hour, 5, NowMs + Hour)] });
        await _muse.SettleAsync();

        var limits = await GetAsync();

        // Codex says how much of five hours is used, and nothing of a week.
        Assert.Equal([("claude-code", 300, 1L), ("claude-code", 10_080, 2L), ("codex", 10_080, 1L)], limits.Used.Select(u => (u.Agent, u.WindowMinutes, u.Responses)));
        Assert.Equal(20, limits.Used[0].Tokens);
    }

    [Fact]
    public async Task The_order_in_which_it_is_told_does_not_matter()
    {
        LimitSeen[] said = [.. Enumerable.Range(0, 6).Select(i => Codex(-i * Hour / 2, 40 - (5 * i), NowMs + Hour + (i * 1000)))];
        var random = new Random(5);
        var answers = new HashSet<Slice.Window>();
        for (var i = 0; i < 4; i++)
        {
            random.Shuffle(said);
            foreach (var limit in said)
            {
                await _muse.RecordedAsync(A.Read("s", ++_generation) with { Agent = "codex", Limits = [limit] });
            }

            await _muse.SettleAsync();
            answers.Add(Assert.Single((await GetAsync()).Windows));
        }

        Assert.Equal(40, Assert.Single(answers).UsedPercent);
    }

    private static long NowMs => Now.ToUnixTimeMilliseconds();

    private static LimitSeen Codex(long afterMs, double percent, long endMs) => new(NowMs + afterMs, "main", 300, percent, endMs, "pro");

    private async Task SaidAsync(params LimitSeen[] limits)
    {
        await _muse.RecordedAsync(A.Read("s", ++_generation) with { Agent = "codex", Limits = limits });
        await _muse.SettleAsync();
    }

    private async Task<Slice.Response> GetAsync() =>
        (await _muse.Client.GetFromJsonAsync<Slice.Response>("/api/limits", TestContext.Current.CancellationToken))!;
}
