using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Muse.BuildingBlocks.Persistence;
using Muse.Insights.Prices;
using Muse.Testing;
using Slice = Muse.Insights.Features.GetStats.GetStats;

namespace Muse.Insights.Tests.Features.GetStats;

public sealed class GetStatsTests(MuseHost muse) : IClassFixture<MuseHost>
{
    [Fact]
    public async Task Sums_by_day_by_model_by_project_and_by_agent_agree()
    {
        var random = new Random(7);
        string[] models = ["claude-opus-5", "claude-haiku-4-5", "nobody-knows"];
        await muse.RecordedAsync([.. Enumerable.Range(0, 40).Select(i => A.Read(
            $"g{i}", 1000 + i, [.. Enumerable.Range(0, 5).Select(n => A.Usage(
                $"g{i}-{n}", At(2015, 3, 1) + random.NextInt64(30L * 24 * 3_600_000), random.Next(100), models[random.Next(3)]))]) with
            {
                ProjectPath = i % 4 == 0 ? null : $"/p{i % 4}",
                Agent = i % 2 == 0 ? "codex" : "claude-code",
            })]);
        await muse.SettleAsync();

        foreach (var zone in new[] { "UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati" })
        {
            var totals = new HashSet<Slice.Usage>();
            foreach (var by in Slice.Groupings)
            {
                var stats = await GetAsync($"from=2015-02-20&to=2015-04-10&zone={zone}&by={by}");
                totals.Add(stats.Totals);
                totals.Add(stats.Groups.Select(g => g.Usage).Aggregate(Slice.Usage.None, (a, b) => a + b));
                Assert.Equal(zone, stats.Zone);
                Assert.Equal([("nobody-knows", stats.Totals.UnpricedResponses)], stats.Unpriced.Select(u => (u.Model!, u.Responses)));
            }

            Assert.Equal(200, Assert.Single(totals).Responses);
        }
    }

    [Theory]
    [InlineData("Asia/Kathmandu", "2021-05-01", 18, 14, "2021-05-01")] // 23:59 at +05:45
    [InlineData("Asia/Kathmandu", "2021-05-01", 18, 15, "2021-05-02")]
    [InlineData("Pacific/Kiritimati", "2021-05-01", 10, 0, "2021-05-02")] // midnight at +14
    [InlineData("Etc/GMT+12", "2021-05-01", 11, 59, "2021-04-30")]
    [InlineData("Europe/Berlin", "2021-10-31", 22, 59, "2021-10-31")] // the day of 25 hours
    [InlineData("Europe/Berlin", "2021-10-31", 23, 0, "2021-11-01")]
    [InlineData("Europe/Berlin", "2021-03-27", 23, 0, "2021-03-28")] // the day of 23 hours
    [InlineData("Europe/Berlin", "2021-03-28", 22, 0, "2021-03-29")]
    public async Task A_response_stands_under_the_day_of_the_zone(string zone, string utcDay, int hour, int minute, string day)
    {
        var date = DateOnly.Parse(utcDay, null);
        var project = $"/days/{zone}/{utcDay}/{hour}/{minute}";
        var at = At(date.Year, date.Month, date.Day) + (((hour * 60L) + minute) * 60_000);
        await muse.RecordedAsync(A.Read($"d{project.GetHashCode(StringComparison.Ordinal)}", at, A.Usage(project, at)) with { ProjectPath = project });
        await muse.SettleAsync();

        var before = await GetAsync($"from=2021-01-01&to={DateOnly.Parse(day, null).AddDays(-1):yyyy-MM-dd}&zone={Uri.EscapeDataString(zone)}&by=project");
        var on = await GetAsync($"from={day}&to={day}&zone={Uri.EscapeDataString(zone)}&by=project");
        var days = await GetAsync($"from={day}&to={day}&zone={Uri.EscapeDataString(zone)}&by=day");

        Assert.DoesNotContain(before.Groups, g => g.Key == project);
        Assert.Contains(on.Groups, g => g.Key == project);
        Assert.Equal(day, Assert.Single(days.Groups).Key);
    }

    [Fact]
    public async Task Other_prices_change_the_sums_as_they_change_the_rows()
    {
        await muse.RecordedAsync(A.Read("r", 9000, A.Usage("r1", At(2019, 1, 1), model: "own"), A.Usage("r2", At(2019, 1, 2), model: "own")));
        await muse.SettleAsync();
        const string Range = "from=2019-01-01&to=2019-01-02&by=model";

        await RepriceAsync(muse.Services.GetRequiredService<PriceSheet>());
        var before = (await GetAsync(Range)).Totals;
        await RepriceAsync(PriceSheets.Make(new PriceOptions
        {
            Models = [new OwnPrice { Id = "own", Input = "1", Output = "1", CacheWrite5m = "1", CacheWrite1h = "1", CacheRead = "1" }],
        }));
        var priced = (await GetAsync(Range)).Totals;
        await RepriceAsync(muse.Services.GetRequiredService<PriceSheet>());

        Assert.Equal((0, 2), (before.CostMicroUsd, before.UnpricedResponses));
        Assert.Equal(before with { CostMicroUsd = 40, UnpricedResponses = 0 }, priced);
        Assert.Equal(before, (await GetAsync(Range)).Totals);
    }

    [Fact]
    public async Task The_last_thirty_days_by_day_are_told_if_nothing_is_asked()
    {
        var stats = await GetAsync("");

        Assert.Equal(("day", 29), (stats.By, stats.To.DayNumber - stats.From.DayNumber));
        Assert.NotEmpty(stats.Zone);
        Assert.Equal(16, stats.Prices.Version.Length);
    }

    [Fact]
    public async Task A_table_names_its_columns_and_holds_no_formula()
    {
        await muse.RecordedAsync(A.Read("c", 9100, A.Usage("c1", At(2018, 1, 1), model: "=1+\"2\",3")));
        await muse.SettleAsync();

        var response = await muse.Client.GetAsync("/api/stats?from=2018-01-01&to=2018-01-01&zone=UTC&by=model&format=csv");

        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.StartsWith("model,responses,input_tokens,", lines[0], StringComparison.Ordinal);
        Assert.Equal("\"'=1+\"\"2\"\",3\",1,1,2,3,4,10,0,0,0,1,UTC", lines[1]);
    }

    [Theory]
    [InlineData("day", "model")]
    [InlineData("day", "agent")]
    [InlineData("project", "model")]
    [InlineData("model", "project")]
    public async Task The_parts_of_a_group_are_the_whole_of_it(string by, string split)
    {
        await muse.RecordedAsync([.. Enumerable.Range(0, 12).Select(i => A.Read(
            $"parts{i}", 9200 + i, A.Usage($"parts{i}", At(2016, 1, 1 + (i % 3)), i, i % 2 == 0 ? "claude-opus-5" : null)) with
            {
                ProjectPath = i % 4 == 0 ? null : "/p",
                Agent = i % 3 == 0 ? "codex" : "claude-code",
            })]);
        await muse.SettleAsync();

        var stats = await GetAsync($"from=2016-01-01&to=2016-01-03&zone=UTC&by={by}&split={split}");

        Assert.Equal(12, stats.Totals.Responses);
        Assert.All(stats.Groups, g => Assert.Equal(
            (g.Usage.Responses, g.Usage.Tokens(), g.Usage.CostMicroUsd, g.Usage.UnpricedResponses),
            (g.Parts.Sum(p => p.Responses), g.Parts.Sum(p => p.Tokens), g.Parts.Sum(p => p.CostMicroUsd), g.Parts.Sum(p => p.UnpricedResponses))));
        Assert.All(stats.Groups, g => Assert.Equal(g.Parts.Count, g.Parts.Select(p => p.Key).Distinct().Count()));
    }

    [Fact]
    public async Task A_table_of_parts_has_a_line_for_each()
    {
        await muse.RecordedAsync(A.Read("split", 9300, A.Usage("split1", At(2017, 1, 1), model: "claude-opus-5"), A.Usage("split2", At(2017, 1, 1), model: "own")));
        await muse.SettleAsync();

        var lines = (await muse.Client.GetStringAsync("/api/stats?from=2017-01-01&to=2017-01-01&zone=UTC&split=model&format=csv")).Split("\r\n");

        Assert.Equal(
            ["day,model,responses,tokens,cost_micro_usd,unpriced_responses,zone", "2017-01-01,claude-opus-5,1,20,300,0,UTC", "2017-01-01,own,1,20,0,1,UTC", ""],
            lines);
    }

    [Fact]
    public async Task The_first_day_is_that_of_the_zone_and_not_of_what_has_no_time()
    {
        await using var fresh = new MuseHost();
        Assert.Null((await fresh.GetAsync<Slice.Response>("/api/stats")).FirstDay);

        await fresh.RecordedAsync(A.Read("first", 1, A.Usage("untimed", 0), A.Usage("first", At(2021, 5, 1) + (23L * 3_600_000))));
        await fresh.SettleAsync();

        Assert.Equal(new DateOnly(2021, 5, 1), (await fresh.GetAsync<Slice.Response>("/api/stats?zone=UTC")).FirstDay);
        Assert.Equal(new DateOnly(2021, 5, 2), (await fresh.GetAsync<Slice.Response>("/api/stats?zone=Europe/Berlin")).FirstDay);
    }

    [Theory]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=1969-12-31", "from")]
    [InlineData("from=2021-01-02&to=2021-01-01", "from")]
    [InlineData("to=2021-13-01", "to")]
    [InlineData("zone=Middle/Earth", "zone")]
    [InlineData("by=hour", "by")]
    [InlineData("split=day", "split")]
    [InlineData("format=xml", "format")]
    public async Task A_parameter_that_is_none_is_named(string query, string name)
    {
        var (status, problem) = await muse.GetProblemAsync($"/api/stats?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(name, out _));
    }

    [Fact]
    public async Task What_cannot_be_is_in_no_sum_and_is_counted_apart()
    {
        await using var fresh = new MuseHost();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await fresh.RecordedAsync(A.Read(
            "strange", 1, A.Usage("right", At(2021, 5, 1)), A.Usage("much", At(2021, 5, 1), output: Pricing.MostTokens + 1), A.Usage("less", At(2021, 5, 1), input: -1),
            A.Usage("late", now + (3L * 24 * 3_600_000)), A.Usage("never", long.MaxValue)));
        await fresh.SettleAsync();

        foreach (var by in Slice.Groupings)
        {
            var stats = await fresh.GetAsync<Slice.Response>($"/api/stats?from=1970-01-01&to=2999-12-31&zone=UTC&by={by}");
            Assert.Equal(new Slice.Excluded(2, 2), stats.Excluded);
            Assert.Equal((3, 20, 2), (stats.Totals.Responses, stats.Totals.OutputTokens, stats.Totals.InputTokens));
            Assert.Equal(stats.Totals, stats.Groups.Select(g => g.Usage).Aggregate((a, b) => a + b));
        }

        Assert.Equal(["less", "much"], await IdsAsync("excluded=absurd"));
        Assert.Equal(["late", "never"], await IdsAsync("excluded=future"));
        Assert.Equal(["less", "much", "right"], await IdsAsync("zone=UTC"));

        async Task<IEnumerable<string>> IdsAsync(string query) =>
            (await fresh.GetAsync<System.Text.Json.JsonElement>($"/api/stats/responses?{query}")).GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("id").GetString()!).Order();
    }

    [Fact]
    public async Task A_thousand_years_are_answered() =>
        Assert.Equal(new DateOnly(2999, 12, 31), (await GetAsync("from=1970-01-01&to=2999-12-31&zone=Asia/Kathmandu")).To);

    private static long At(int year, int month, int day) => new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private Task<Slice.Response> GetAsync(string query) => muse.GetAsync<Slice.Response>($"/api/stats?{query}");

    private async Task RepriceAsync(PriceSheet sheet)
    {
        using var repricing = new Repricing(muse.Services.GetRequiredService<MuseDatabase>(), sheet, NullLogger<Repricing>.Instance);
        await repricing.RunAsync(CancellationToken.None);
    }
}
