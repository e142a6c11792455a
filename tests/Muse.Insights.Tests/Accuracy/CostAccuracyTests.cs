using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;
using Muse.Testing;
using Rows = Muse.Insights.Features.ListResponses.ListResponses;
using Stats = Muse.Insights.Features.GetStats.GetStats;

namespace Muse.Insights.Tests.Accuracy;

/// <summary>A made-up archive whose use is known, read from its files by the whole of Muse (docs/cost-accuracy.md).</summary>
public sealed class CostAccuracyTests
{
    /// <summary>Another seed is another archive: what other tools said of this one is kept beside the tests.</summary>
    private const int Seed = 20_260_301;
    private static readonly DateTimeOffset Start = new(2026, 2, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tokens_and_dollars_are_the_truth_to_the_unit(bool plain)
    {
        await using var muse = new MuseHost();
        var truth = WriteTo(muse.Home, plain);
        await muse.SettleAsync();

        var counted = Sum(await RowsAsync(muse));

        Assert.Equal(truth.Sums.Select(s => (s.Key, s.Value)), counted.Select(s => (s.Key, s.Value)));
        var all = truth.Sums.Values.Aggregate((a, b) => a + b);
        foreach (var by in Stats.Groupings)
        {
            var stats = await muse.GetAsync<Stats.Response>($"/api/stats?from=2026-02-01&to=2026-03-01&zone=UTC&by={by}");
            var sum = stats.Groups.Select(g => g.Usage).Aggregate((a, b) => a + b);
            Assert.Equal(
                all,
                new Used(sum.InputTokens, sum.CacheWrite5mTokens, sum.CacheWrite1hTokens, sum.CacheReadTokens, sum.OutputTokens, sum.Responses, sum.CostMicroUsd));
        }
    }

    // What ccusage and tokscale said of this archive is kept in Golden/oracles.json, with their versions. Where they differ from the
    // truth, it is by exactly the records that the rules of OtherTools name.
    [Fact]
    public void What_other_tools_count_differs_by_what_is_explained_and_by_nothing_else()
    {
        var home = Directory.CreateTempSubdirectory("muse-oracles-").FullName;
        var truth = WriteTo(home);
        var explained = OtherTools.Count(home);
        Directory.Delete(home, recursive: true);

        var said = new SortedDictionary<(string, string, string, string), Used>(Oracles("oracles.json").ToDictionary(
            o => (o.Tool, o.Agent, o.Day, o.Model), o => new Used(o.Input, o.Write, 0, o.Read, o.Output)));

        Assert.Equal(explained, said);
        Assert.Equal(truth.Sums.Keys, said.Keys.Where(k => k.Item1 != "tokscale").Concat(said.Keys.Where(k => k.Item2 == "gemini")).Select(k => (k.Item2, k.Item3, k.Item4)).Order());
    }

    // The same archive without what the tools do not see: each response once, for five minutes in the cache, below any band.
    [Fact]
    public void What_stands_once_is_counted_alike_by_all_and_costs_the_same()
    {
        var home = Directory.CreateTempSubdirectory("muse-oracles-").FullName;
        var truth = WriteTo(home, plain: true);
        Directory.Delete(home, recursive: true);

        var said = Oracles("oracles-plain.json");

        Assert.Equal(truth.Sums.Keys, said.Select(o => (o.Agent, o.Day, o.Model)).Distinct().Order());
        Assert.All(said, o =>
        {
            var used = truth.Sums[(o.Agent, o.Day, o.Model)];
            Assert.Equal((used.Input, used.Write5m, used.Read, used.Output), (o.Input, o.Write, o.Read, o.Output));
            Assert.InRange((o.Cost ?? used.MicroUsd / 1e6) / (used.MicroUsd / 1e6), 0.999, 1.001);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Files_that_are_copied_split_and_found_in_any_order_change_no_total(int seed)
    {
        await using var muse = new MuseHost();
        var truth = WriteTo(muse.Home);
        var random = new Random(seed);
        foreach (var path in Directory.GetFiles(Path.Combine(muse.Home, ".claude"), "*.jsonl", SearchOption.AllDirectories))
        {
            Disturb(path, random);
        }

        await muse.SettleAsync();

        Assert.Equal(
            truth.Sums.Values.Aggregate((a, b) => a + b),
            Sum(await RowsAsync(muse)).Values.Aggregate((a, b) => a + b));
    }

    [Fact]
    public async Task Responses_without_any_name_are_counted_by_their_place()
    {
        await using var muse = new MuseHost();
        const string Line = """{"type":"assistant","message":{"role":"assistant","model":"claude-opus-4-6","content":[],"usage":{"input_tokens":100,"output_tokens":50}},"timestamp":"2026-02-02T10:00:05Z"}""";
        A.Transcript(muse, "nameless").Prompt("go").Raw(Line).Raw(Line.Replace("\"input_tokens\":100", "\"input_tokens\":200", StringComparison.Ordinal));
        await muse.SettleAsync();

        Assert.Equal([100L, 200L], (await RowsAsync(muse)).Select(r => r.InputTokens).Order());
    }

    [Fact]
    public async Task Growing_line_by_line_ends_where_reading_at_once_does()
    {
        await using var muse = new MuseHost();
        var truth = WriteTo(muse.Home);
        var files = Directory.GetFiles(muse.Home, "*.jsonl", SearchOption.AllDirectories).ToDictionary(p => p, File.ReadAllLines);
        foreach (var (path, lines) in files)
        {
            await File.WriteAllLinesAsync(path, lines.Take(lines.Length / 3));
        }

        await muse.SettleAsync();
        foreach (var (path, lines) in files)
        {
            await File.AppendAllLinesAsync(path, lines.Skip(lines.Length / 3));
        }

        await muse.SettleAsync();

        Assert.Equal(truth.Sums, Sum(await RowsAsync(muse)));
    }

    [Fact]
    public async Task Figures_made_anew_are_those_of_before()
    {
        await using var muse = new MuseHost();
        var truth = WriteTo(muse.Home);
        await muse.SettleAsync();
        var before = await muse.Client.GetStringAsync("/api/stats?from=2026-02-01&to=2026-03-01&zone=UTC&split=model");

        ForgetVersion(muse);
        await muse.RestartAsync();
        await RebuiltAsync(muse);

        Assert.Equal(truth.Sums, Sum(await RowsAsync(muse)));
        Assert.Equal(before, await muse.Client.GetStringAsync("/api/stats?from=2026-02-01&to=2026-03-01&zone=UTC&split=model"));
    }

    /// <summary>As after an update whose rules are others: the rows are made anew from the transcripts.</summary>
    private static void ForgetVersion(MuseHost muse)
    {
        using var connection = muse.Services.GetRequiredService<MuseDatabase>().Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE muse_cursors SET version = 0 WHERE consumer = 'insights'";
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private static async Task RebuiltAsync(MuseHost muse)
    {
        var pump = muse.Services.GetRequiredService<JournalPump>();
        do
        {
            await muse.SettleAsync();
        }
        while (pump.Rebuilding.Count > 0);
    }

    /// <summary>Not a test of anything: for tests/CostOracles, which runs other tools over the same archive.</summary>
    [Fact]
    public void The_archive_is_written_where_somebody_asks_for_it()
    {
        var folder = Environment.GetEnvironmentVariable("MUSE_COST_CORPUS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "Set MUSE_COST_CORPUS to the folder that is to hold the made-up home.");

        WriteTo(Directory.CreateDirectory(Path.Combine(folder!, "traps")).FullName);
        WriteTo(Directory.CreateDirectory(Path.Combine(folder!, "plain")).FullName, plain: true);
    }

    private static Truth WriteTo(string home, bool plain = false)
    {
        var (truth, random) = (new Truth(), new Random(Seed));
        new ClaudeCorpus(truth, random, home, plain).Write(Start);
        new CodexCorpus(truth, random, home, plain).Write(Start);
        new GeminiCorpus(truth, random, home, plain).Write(Start);
        return truth;
    }

    /// <summary>A copy in another project, and the file cut in two sessions in between.</summary>
    private static void Disturb(string path, Random random)
    {
        var lines = File.ReadAllLines(path);
        var isAgent = Path.GetFileName(path).StartsWith("agent-", StringComparison.Ordinal);
        var folder = isAgent ? Path.GetDirectoryName(path)! : Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(path)!, "..", $"-copy-{random.Next()}")).FullName;
        var at = random.Next(1, lines.Length);
        File.WriteAllLines(Path.Combine(folder, $"{(isAgent ? "agent-" : "")}{random.NextInt64():x16}.jsonl"), lines);
        File.WriteAllLines(Path.Combine(folder, $"{(isAgent ? "agent-" : "")}{random.NextInt64():x16}.jsonl"), lines[at..]);
        File.WriteAllLines(path, lines[..at]);
    }

    private static Oracle[] Oracles(string file, [System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        JsonElement.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Golden", file))).GetProperty("rows")
            .Deserialize<Oracle[]>(JsonSerializerOptions.Web)!; // a list is not null

    private sealed record Oracle(string Tool, string Agent, string Day, string Model, long Input, long Write, long Read, long Output, double? Cost);

    private static async Task<IReadOnlyList<Rows.Row>> RowsAsync(MuseHost muse) =>
        (await muse.GetAsync<Rows.Response>("/api/stats/responses?limit=10000&zone=UTC")).Rows;

    private static SortedDictionary<(string Agent, string Day, string Model), Used> Sum(IEnumerable<Rows.Row> rows)
    {
        var sums = new SortedDictionary<(string, string, string), Used>();
        foreach (var row in rows)
        {
            var day = DateTimeOffset.FromUnixTimeMilliseconds(row.AtMs).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            var key = (row.Agent, day, row.Model ?? "");
            sums[key] = sums.GetValueOrDefault(key) + new Used(
                row.InputTokens, row.CacheWrite5mTokens, row.CacheWrite1hTokens, row.CacheReadTokens, row.OutputTokens, 1, row.CostMicroUsd ?? 0);
        }

        return sums;
    }
}
