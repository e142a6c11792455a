using Muse.Board.Deliveries;

namespace Muse.Board.Tests.Deliveries;

/// <summary>A delivery to a real program, with its end.</summary>
/// <param name="Arrived">How often the program's own transcript holds it.</param>
internal sealed record Sent(string Kind, DeliveryView End, int? Arrived = null)
{
    private const long SlowMs = 5_000;

    /// <summary>20 KB of many lines.</summary>
    public static string Long(int i) => string.Concat(Enumerable.Range(0, 3_500).Select(n => n % 14 == 13 ? $"{n}of{i}\n" : $"{n}of{i} "))[..20_000].Trim();

    public static int Count(List<string> prompts, Sent sent) => prompts.Count(p => p.Trim().Normalize() == DeliveryText.Clean(sent.End.Text).Trim().Normalize());

    /// <summary>A line of how those of a kind ended, and how long the consumed ones took.</summary>
    public static string Figures(string kind, List<Sent> sent)
    {
        var times = sent.Where(s => s.End.State == "consumed").Select(s => s.End.EndedAtMs!.Value - s.End.CreatedAtMs).Order().ToList();
        var states = string.Join(", ", sent.GroupBy(s => s.End.State, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}"));
        return times.Count == 0 ? $"{kind}: {states}" : $"{kind}: {states}; {times[times.Count / 2]} ms p50, {times[(int)Math.Min(times.Count - 1, times.Count * 0.99)]} ms p99";
    }

    private static string Phases(DeliveryView d) =>
        $"typed after {d.TypedAtMs - d.CreatedAtMs} ms, submitted after {d.SubmittedAtMs - d.CreatedAtMs} ms, {d.State} after {d.EndedAtMs - d.CreatedAtMs} ms";

    /// <summary>Nothing arrived twice, and each end is what truly happened.</summary>
    public static void AssertTrue(IReadOnlyList<Sent> all)
    {
        Assert.All(all, s => Assert.True(s.Arrived <= 1, $"{s.Kind} arrived {s.Arrived} times"));
        Assert.All(all.Where(s => s.End.State == "consumed"), s => Assert.True(s.Arrived == 1, $"{s.Kind} '{s.End.Text[..Math.Min(60, s.End.Text.Length)]}' is consumed and did not arrive: {s.End.Evidence}"));
        Assert.All(all.Where(s => s.End.State == "refused"), s => Assert.True(s.Arrived == 0, $"{s.Kind} is refused and arrived"));
    }

    /// <summary>Written where MUSE_DELIVERIES_REPORT says, and into the test's output.</summary>
    public static async Task ReportAsync(IReadOnlyList<Sent> all, string agent)
    {
        var lines = all.GroupBy(s => s.Kind, StringComparer.Ordinal).Select(g => $"{agent} {Figures(g.Key, [.. g])}")
            .Concat(all.Where(s => s.End.State != "consumed").Select(s => $"{agent} {s.Kind}: {s.End.State} {s.End.Reason} arrived {s.Arrived}"))
            .Concat(all.Where(s => s.End.EndedAtMs - s.End.CreatedAtMs > SlowMs).Select(s => $"{agent} {s.Kind} was slow: {Phases(s.End)}")).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', lines));
        if (Environment.GetEnvironmentVariable("MUSE_DELIVERIES_REPORT") is { Length: > 0 } report)
        {
            await File.AppendAllLinesAsync(report, lines, TestContext.Current.CancellationToken);
        }
    }
}
