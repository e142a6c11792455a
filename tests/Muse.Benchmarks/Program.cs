using System.Diagnostics;
using System.Text.Json;
using Muse.Benchmarks;
using Muse.Benchmarks.Corpus;

// muse bench [--home DIR] [--json] [--quick] [--huge GB] [--insights] [--secrets [FOLDER [--show]]]: every figure with its baseline or budget, from one run; with --insights or --secrets those alone.
var options = args.Where(a => a.StartsWith("--", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
var program = Value("--program") ?? Path.Combine(Environment.CurrentDirectory, "artifacts", "muse", "muse-host");
var home = Value("--home");
var onlyInsights = options.Contains("--insights");
var made = home is null && !onlyInsights && !options.Contains("--secrets") ? Directory.CreateTempSubdirectory("muse-bench-home-").FullName : null;
// The runtime still compiles what was hot for some seconds after the work ended.
var settling = TimeSpan.FromSeconds(20);
var results = new List<Measure>();
void Report(string what, double value, string unit, string beside)
{
    results.Add(new Measure(what, Math.Round(value, 3), unit, beside));
    if (!options.Contains("--json"))
    {
        Console.WriteLine($"{what,-52} {value,12:N2} {unit,-8} {beside}");
    }
}

if (options.Contains("--secrets"))
{
    var figures = new SecretFigures(Report);
    figures.Rate();
    if (Value("--secrets") is { } transcripts && Directory.Exists(transcripts))
    {
        figures.Strikes(transcripts, options.Contains("--show"));
    }

    return 0;
}

await new InsightsFigures(Report).RunAsync();
if (onlyInsights)
{
    return 0;
}

new SecretFigures(Report).Rate();
try
{
    var (sessions, bytes) = options.Contains("--quick") ? (100, 100_000_000L) : (1000, 1_000_000_000L);
    if (made is not null)
    {
        new CorpusGenerator(made, 1).WriteHome(sessions, bytes);
    }

    await IngestAndFirstStart(home ?? made!);
    if (made is not null)
    {
        await OneLargeSession("45 MB session", 45_000_000);
        if (Value("--huge") is { } gigabytes)
        {
            await OneLargeSession($"{gigabytes} GB session", (long)(double.Parse(gigabytes, System.Globalization.CultureInfo.InvariantCulture) * 1e9));
        }

        await Live();
    }
}
finally
{
    if (made is not null)
    {
        Directory.Delete(made, recursive: true);
    }
}

if (options.Contains("--json"))
{
    Console.WriteLine(JsonSerializer.Serialize(results, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
}

return 0;

async Task IngestAndFirstStart(string folder)
{
    var files = Directory.EnumerateFiles(folder, "*.jsonl", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).ToList();
    var size = files.Sum(f => new FileInfo(f).Length);
    Report("corpus", size / 1e6, "MB", $"{files.Count} files");
    _ = Floors.PlainRead(files);
    var plain = Floors.PlainRead(files);
    var (bare, malformed) = Floors.BareScan(files);
    if (made is not null && malformed > 0)
    {
        throw new InvalidOperationException($"{malformed} lines of the made-up corpus are not JSON: nothing measured over it would say anything.");
    }

    Report("plain read", plain, "MB/s", "");
    Report("bare Utf8JsonReader scan", bare, "MB/s", $"{malformed} lines are not JSON");

    var archive = ArchiveFigures.Of(files);
    Report("plain copy, flushed", archive.CopyRate, "MB/s", "");
    Report("keep in frames, flushed", archive.KeepRate, "MB/s", "without the rests it takes for others");
    Report("kept size", archive.Ratio * 100, "%", "of the plain bytes");
    Report("20 KB of a kept file, opened for it", archive.RangeMs, "ms", "median");

    var clock = Stopwatch.StartNew();
    await using var host = await BenchHost.StartAsync(program, folder);
    var listening = clock.Elapsed.TotalSeconds;
    Report("first start: listening", listening, "s", "");
    while ((await host.GetAsync("/api/sessions?limit=50")).GetProperty("items").GetArrayLength() == 0)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
    }

    Report("first start: list usable", clock.Elapsed.TotalSeconds, "s", "budget 2");
    await host.CaughtUpAsync();
    var seconds = clock.Elapsed.TotalSeconds;
    Report("first start: everything read and projected", seconds, "s", "budget 10 (1 GB)");
    var rate = size / 1e6 / (seconds - listening);
    Report("ingest, from listening to everything projected", rate, "MB/s", $"{rate / bare:P1} of the bare scan (at least 30 %)");
    Report("CPU so far", host.CpuSeconds, "s", "");
    Report("memory after ingest", host.ResidentMb, "MB", "");
    var search = new SearchFigures(host, folder, Report);
    await search.IndexAsync(files, seconds);
    var pages = new PageFigures(host, Report);
    await pages.OfArchiveAsync();
    await host.AtRestAsync();
    await Task.Delay(settling, TimeProvider.System);
    await IdleAsync(host, "idle, nobody watching");
    Report("memory at rest after the first reading", host.ResidentMb, "MB", "with the pages of the files it maps");
    await pages.OfSessionsAsync();

    if (made is not null)
    {
        await search.QueriesAsync();
        await search.ScansAsync();
    }

    await host.StopAsync();
    clock.Restart();
    await host.StartAgainAsync();
    await host.GetAsync("/api/sessions?limit=50");
    Report("next start, all indexed: list on screen", clock.Elapsed.TotalSeconds, "s", "budget 1");
}

async Task OneLargeSession(string name, long size)
{
    var folder = Directory.CreateTempSubdirectory("muse-bench-large-").FullName;
    try
    {
        // A small session first, so that what is measured is the large one and not the first page of a process.
        new CorpusGenerator(folder, 2).WriteClaude("small", 500_000);
        await using var host = await BenchHost.StartAsync(program, folder);
        await host.CaughtUpAsync();
        var small = (await host.GetAsync("/api/sessions?limit=1")).GetProperty("items")[0].GetProperty("id").GetString();
        var pages = new PageFigures(host, Report);
        Report($"{name}: first window of the process", (await pages.TimedAsync($"/api/sessions/{small}?anchor=tail&limit=200", 1)).Ms, "ms", "");
        new CorpusGenerator(folder, 3).WriteClaude("large", size);
        string? id = null;
        while (id is null)
        {
            var ids = (await host.GetAsync("/api/sessions?limit=2")).GetProperty("items").EnumerateArray().Select(s => s.GetProperty("id").GetString());
            id = ids.FirstOrDefault(known => known != small);
        }

        var first = await pages.TimedAsync($"/api/sessions/{id}?anchor=tail&limit=200", 1);
        Report($"{name}: tail, first time, not indexed yet", first.Ms, "ms", "budget 100");
        Report($"{name}: memory at that time", host.ResidentMb, "MB", "budget 300");
        await host.CaughtUpAsync();
        await host.IndexedAsync();
        var window = await pages.TimedAsync($"/api/sessions/{id}?anchor=tail&limit=200", 40);
        Report($"{name}: window of 200, median", window.Ms, "ms", $"budget 5; {window.WireBytes / 1000.0:N1} KB gzip (30)");
        Report($"{name}: memory at the end", host.ResidentMb, "MB", "");
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

async Task Live()
{
    const int streams = 50;
    const int lines = 100;
    const int warmUp = 50;
    var folder = Directory.CreateTempSubdirectory("muse-bench-live-").FullName;
    try
    {
        var generator = new CorpusGenerator(folder, 3);
        var path = generator.WriteClaude("live", 2_000_000);
        await using var host = await BenchHost.StartAsync(program, folder);
        await host.CaughtUpAsync();
        await host.IndexedAsync();
        var id = (await host.GetAsync("/api/sessions?limit=1")).GetProperty("items")[0].GetProperty("id").GetString();
        using var stop = new CancellationTokenSource();
        var watchers = Enumerable.Range(0, streams).Select(_ => new Watcher(host.Client, $"/api/sessions/{id}/stream", stop.Token)).ToList();
        await Task.WhenAll(watchers.Select(w => w.Ready));
        async Task<double> AppendAsync(string marker)
        {
            var seen = watchers[0].Expect(marker);
            var sent = Stopwatch.GetTimestamp();
            await File.AppendAllTextAsync(path, generator.ReplyLine(Path.GetFileNameWithoutExtension(path), marker) + "\n");
            var latency = Stopwatch.GetElapsedTime(sent, await seen).TotalMilliseconds;
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, 500 - Stopwatch.GetElapsedTime(sent).TotalMilliseconds)), TimeProvider.System);
            return latency;
        }

        for (var i = 0; i < warmUp; i++)
        {
            await AppendAsync($"early-{i}-");
        }

        await Task.Delay(settling, TimeProvider.System);
        var delivered = watchers.Sum(w => w.Events);
        var before = host.CpuSeconds;
        var clock = Stopwatch.StartNew();
        var latencies = new List<double>();
        for (var i = 0; i < lines; i++)
        {
            latencies.Add(await AppendAsync($"marker-{i}-"));
        }

        var elapsed = clock.Elapsed.TotalSeconds;
        Report("line appended to text at a subscriber, p50", latencies.Order().ElementAt(lines / 2), "ms", "budget 10");
        Report("line appended to text at a subscriber, p99", latencies.Order().ElementAt(lines * 99 / 100), "ms", "budget 50");
        Report($"{streams} subscribers and 2 lines a second", (host.CpuSeconds - before) / elapsed * 100, "% core", "budget 3");
        Report("of them delivered", (watchers.Sum(w => w.Events) - delivered) / (double)(streams * lines) * 100, "%", "budget 100");
        await host.AtRestAsync();
        await Task.Delay(settling, TimeProvider.System);
        await IdleAsync(host, $"idle, {streams} streams open");
        Report($"memory, {streams} streams open", host.ResidentMb, "MB", "budget 200");
        await stop.CancelAsync();
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

async Task IdleAsync(BenchHost host, string what)
{
    var (before, clock) = (host.CpuSeconds, Stopwatch.StartNew());
    await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System);
    Report(what, (host.CpuSeconds - before) / clock.Elapsed.TotalSeconds * 100, "% core", "budget 1");
}
