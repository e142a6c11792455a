using System.Diagnostics;
using Muse.Benchmarks.Corpus;

namespace Muse.Benchmarks;

/// <summary>How fast what was said is found: by words from the index, by parts and patterns from the bytes beside ripgrep.</summary>
internal sealed class SearchFigures(BenchHost host, string folder, Action<string, double, string, string> report)
{
    private const int Requests = 60;

    public async Task IndexAsync(IReadOnlyList<string> files, double caughtUpSeconds)
    {
        var clock = Stopwatch.StartNew();
        var cpu = host.CpuSeconds;
        await host.IndexedAsync();
        var seconds = clock.Elapsed.TotalSeconds;
        var said = (await host.GetAsync("/api/debug/runtime")).GetProperty("work").GetProperty("search.bytesIndexed").GetInt64() / 1e6;
        var size = (await host.GetAsync("/api/search/status")).GetProperty("sizeBytes").GetInt64() / 1e6;
        report("first start: everything searchable", caughtUpSeconds + seconds, "s", "budget 60 (1 GB)");
        var (bare, bareSize) = BareIndex.Insert(files);
        report("bare FTS5 insert of the same texts", bare, "MB/s", $"index {bareSize:P0} of the text");
        report("indexing", said / seconds, "MB/s", $"{said / seconds / bare:P0} of the bare insert (at least 60 %); {said:N0} MB of text, {host.CpuSeconds - cpu:N1} CPU s");
        report("index on disk", size, "MB", $"{size / said:P0} of the text");
    }

    public async Task QueriesAsync()
    {
        var text = new MadeUpText(1);
        var words = Enumerable.Range(0, Requests).Select(_ => text.Word()).ToList();
        await Each("word", words);
        await Each("two words", words.Zip(words.Skip(1).Append("var"), (a, b) => $"{a} {b}"));
        await Each("phrase", words.Select(word => $"\"var {word}\""));
        await Each("prefix", words.Select(word => $"{word[..Math.Min(4, word.Length)]}*"));
        await Each("filtered", words.Select((word, i) => $"{word} {(i % 2 == 0 ? "tool:Bash" : $"project:project-{i % 23}")}"));
        await Each("commonest word", Enumerable.Repeat("var", Requests));
        await Each("commonest word, filtered", Enumerable.Range(0, Requests).Select(i => $"var {(i % 2 == 0 ? "tool:Edit" : $"project:project-{i % 23} agent:claude-code")}"));
    }

    public async Task ScansAsync()
    {
        await Beside("substring that is nowhere", "substring", "not-to-be-found", "-F");
        await Beside("substring beyond ASCII", "substring", "größer als", "-F");
        await Beside("regex with a literal", "regex", "kalo\\w+ = rensu\\w*\\(");
        await Beside("regex of alternatives", "regex", "notthere|nowhere");
        await Beside("regex with a group", "regex", "(?:kalo|rensu)zzq\\d+");
        await Beside("regex with a class", "regex", "[xz]q[0-9]{3}w");
        await Beside("anchored regex", "regex", "^nothing begins so$");
        await Beside("regex over white space", "regex", "suvel\\s+missing");
        // Nothing can be looked for in the bytes: every line is tried.
        await Beside("regex without a literal", "regex", "[0-9]{3}-[0-9]{3}-[0-9]{4}x");
        await Beside("regex of classes", "regex", "[a-f]{3}[0-9]{12}");
        var (first, _) = await ScanAsync("substring", "suvel");
        report("substring: first hit", first * 1000, "ms", "budget 100");
    }

    private async Task Each(string what, IEnumerable<string> queries)
    {
        var times = new List<double>();
        foreach (var query in queries)
        {
            var clock = Stopwatch.StartNew();
            await host.GetAsync($"/api/search?q={Uri.EscapeDataString(query)}");
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        report($"search, {what}: p95", times[times.Count * 95 / 100], "ms", $"budget 20; median {times[times.Count / 2]:N1}");
    }

    /// <summary>The better of three each: the first of either fills caches.</summary>
    private async Task Beside(string what, string mode, string text, params string[] arguments)
    {
        var (theirs, ours) = (double.MaxValue, double.MaxValue);
        for (var i = 0; i < 3; i++)
        {
            theirs = Math.Min(theirs, await RipgrepAsync(["-i", .. arguments, "-e", text]));
            ours = Math.Min(ours, (await ScanAsync(mode, text)).All);
        }

        report($"scan, {what}", ours, "s", $"ripgrep {theirs:N2} s: {theirs / ours:P0} of its speed (at least 50 %)");
    }

    private async Task<double> RipgrepAsync(string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var rg = Process.Start(new ProcessStartInfo("rg", ["--hidden", "--no-ignore", "--count", .. arguments, folder]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        await rg.StandardOutput.ReadToEndAsync();
        await rg.WaitForExitAsync();
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Seconds to the first hit and to the end.</summary>
    private async Task<(double First, double All)> ScanAsync(string mode, string text)
    {
        var clock = Stopwatch.StartNew();
        var first = 0.0;
        using var response = await host.Client.GetAsync($"/api/search?mode={mode}&q={Uri.EscapeDataString(text)}", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            first = first == 0.0 && line == "event: hits" ? clock.Elapsed.TotalSeconds : first;
        }

        return (first, clock.Elapsed.TotalSeconds);
    }
}
