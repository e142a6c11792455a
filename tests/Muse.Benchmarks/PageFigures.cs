using System.Diagnostics;
using System.Net.Http.Headers;

namespace Muse.Benchmarks;

/// <summary>How long answers take over HTTP, as a page asks for them.</summary>
internal sealed class PageFigures(BenchHost host, Action<string, double, string, string> report)
{
    private const int Times = 40;

    /// <summary>What pages ask of the whole archive.</summary>
    public async Task OfArchiveAsync()
    {
        var list = await TimedAsync("/api/sessions?limit=50", Times);
        report("session list page, median", list.Ms, "ms", $"budget 10; {list.WireBytes / 1000.0:N1} KB gzip");
        await MedianAsync("stats by day, whole archive", "/api/stats?from=1970-01-01&to=2999-12-31&by=day");
        await MedianAsync("insights of 90 days over HTTP", "/api/insights");
        await MedianAsync("board", "/api/board");
        await MedianAsync("open loops, a page of 50", "/api/open-loops?limit=50");
    }

    /// <summary>What a session's page asks beside its window, of twenty sessions one after another.</summary>
    public async Task OfSessionsAsync()
    {
        var ids = (await host.GetAsync("/api/sessions?limit=20")).GetProperty("items").EnumerateArray().Select(s => s.GetProperty("id").GetString()).ToList();
        foreach (var part in new[] { "related", "lineage", "brief", "health", "files" })
        {
            var times = new List<double>();
            foreach (var id in ids.Concat(ids))
            {
                times.Add((await TimedAsync($"/api/sessions/{id}/{part}", 1)).Ms);
            }

            report($"session's {part}, median", Median(times), "ms", "budget 10");
        }
    }

    /// <summary>The median of several, and the bytes of one answer, packed.</summary>
    public async Task<(double Ms, long WireBytes)> TimedAsync(string path, int times)
    {
        var (all, wire) = (new List<double>(), 0L);
        for (var i = 0; i < times; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
            var start = Stopwatch.GetTimestamp();
            using var response = await host.Client.SendAsync(request);
            wire = (await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
            all.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return (Median(all), wire);
    }

    private async Task MedianAsync(string what, string path) =>
        report($"{what}, median", (await TimedAsync(path, Times)).Ms, "ms", "budget 10");

    private static double Median(List<double> all) => all.Order().ElementAt(all.Count / 2);
}
