using System.Text;
using Muse.Contracts.Sessions;
using Muse.Sessions.Reading;
using Muse.Sessions.Reading.Codex;

namespace Muse.Sessions.Tests.Reading.Codex;

public sealed class CodexLimitsTests
{
    private const long AtMs = 1_767_261_600_000; // 2026-01-01T10:00:00Z

    [Theory]
    [InlineData("""{"limit_id":"codex","plan_type":"pro","primary":{"used_percent":12.5,"window_minutes":300,"resets_at":1767270000},"secondary":null}""", "codex 300 12.5 1767270000000 pro")]
    [InlineData("""{"primary":{"used_percent":7,"window_minutes":300,"resets_in_seconds":60},"secondary":{"used_percent":28.0,"window_minutes":10080,"resets_in_seconds":3600}}""", " 300 7 1767261660000 | 10080 28 1767265200000 ")]
    [InlineData("""{"primary":{"used_percent":85,"window_minutes":300,"reset_at":1767270000}}""", " 300 85 1767270000000 ")]
    [InlineData("""{"primary":{"used_percent":104,"window_minutes":300}}""", " 300 100  ")]
    [InlineData("null", "")]
    [InlineData("""{"primary":{"used_percent":0,"window_minutes":0,"resets_in_seconds":0},"secondary":"no"}""", "")]
    [InlineData("""{"primary":{"used_percent":-3,"window_minutes":300},"secondary":{"used_percent":"many","window_minutes":10080}}""", "")]
    public void What_each_version_says_of_the_windows_is_read(string limits, string expected)
    {
        var seen = Read(Count("10:00:00", limits));

        Assert.Equal(expected, string.Join("|", seen.Select(l => FormattableString.Invariant($"{l.Name} {l.WindowMinutes} {l.UsedPercent} {l.ResetsAtMs} {l.Plan}"))));
        Assert.All(seen, l => Assert.Equal(AtMs, l.AtMs));
    }

    [Fact]
    public void Of_many_the_first_and_the_last_of_each_window_are_kept()
    {
        var lines = Enumerable.Range(0, 30).Select(i =>
            Count($"10:{i:00}:00", $$$"""{"primary":{"used_percent":{{{i % 20}}},"window_minutes":300,"resets_at":{{{(i < 20 ? 1767270000 : 1767290000)}}}}}"""));

        var seen = Read(string.Concat(lines));

        Assert.Equal([0, 19, 0, 9], seen.Select(l => l.UsedPercent));
    }

    private static string Count(string time, string limits) =>
        $$$"""{"timestamp":"2026-01-01T{{{time}}}Z","type":"event_msg","payload":{"type":"token_count","info":null,"rate_limits":{{{limits}}}}}""" + "\n";

    private static List<LimitSeen> Read(string lines)
    {
        var reader = new CodexReader(new TranscriptPlace("thread"), CodexState.Load([]));
        var batch = new ReadBatch(0);
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            reader.ReadLine(Encoding.UTF8.GetBytes(line), 0, batch);
        }

        return [.. batch.Limits];
    }
}
