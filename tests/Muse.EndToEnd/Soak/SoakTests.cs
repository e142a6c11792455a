using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Muse.EndToEnd.Cli;
using Muse.Testing;

namespace Muse.EndToEnd.Soak;

/// <summary>
/// Twenty panes at once against what their programs say of themselves. MUSE_SOAK_MINUTES asks for more than one minute, MUSE_SOAK_REPORT
/// names a file for the figures; the real programs take part where MUSE_AGENTS_DIR and MUSE_AGENT_TOOLS say where they are.
/// </summary>
public sealed class SoakTests : IAsyncLifetime
{
    private const int Panes = 20;
    private const long TooLongMs = 3_000;
    private readonly MuseFolders _folders = new();
    private readonly List<string> _figures = [];
    private SoakTmux _tmux = null!; // made by InitializeAsync
    private Process? _model;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _tmux = new SoakTmux(_folders);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _tmux.Dispose();
        if (_model is not null)
        {
            _model.Kill();
            await _model.WaitForExitAsync();
            _model.Dispose();
        }

        await CleanAsync();
    }

    /// <summary>Programs that lost their terminal write a last file or two, one into a folder that is being deleted.</summary>
    private async Task CleanAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
            try
            {
                _folders.Dispose();
                return;
            }
            catch (IOException) when (attempt < 10)
            {
                // Not the last of them yet.
            }
        }
    }

    [Fact]
    public async Task Twenty_panes_are_never_shown_wrong_for_longer_than_three_seconds()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/tmux"), "tmux is not installed.");
        var minutes = double.Parse(Environment.GetEnvironmentVariable("MUSE_SOAK_MINUTES") ?? "1", CultureInfo.InvariantCulture);
        var panes = await PanesAsync();
        _folders
            .With("Muse__Board__Live__Watch", "true")
            .With("Muse__Board__Live__SocketFolder", _tmux.Folder)
            .With("Muse__Board__Live__Home", _folders.User);
        var (process, client) = await MuseProcess.ServeAsync(_folders, "up", "--port", $"{MuseProcess.FreePort()}");
        await using var muse = process;
        using var http = client;
        var startedMs = SoakPane.NowMs;
        using var listening = new CancellationTokenSource();
        var reading = ReadAsync(http, panes, listening.Token);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        var leading = panes.ConvertAll(p => p.LeadAsync(stop.Token));
        await MeasureAsync("active", muse, stop.Token);
        await Task.WhenAll(leading);
        var endMs = SoakPane.NowMs;

        // What the runtime compiles after the work is not what it costs to watch.
        await Task.Delay(TimeSpan.FromSeconds(minutes < 5 ? 2 : 30), TimeProvider.System, Ct);
        using var quiet = new CancellationTokenSource(TimeSpan.FromSeconds(minutes < 5 ? 5 : 120));
        await MeasureAsync("quiet", muse, quiet.Token);
        _figures.Add((await http.GetStringAsync(new Uri("/api/debug/runtime", UriKind.Relative), Ct))[..]);
        await listening.CancelAsync();
        await reading;
        var wrong = panes.SelectMany(p => Timeline.Wrong(p.Truth, p.Shown, SoakPane.Fits, TooLongMs, endMs)
            .Select(w => $"{p.Name}: at {w.FromMs} for {w.ForMs} ms {w.Shown} in place of {w.True}")).ToList();
        _figures.AddRange(panes.Select(p => $"{p.Name}: {p.Truth.Count} true states, {p.Shown.Count} shown, found after {p.Shown.BeganMs - Math.Max(startedMs, p.Truth.BeganMs ?? 0)} ms"));
        _figures.AddRange(wrong);
        Report();
        Assert.Empty(wrong);
        Assert.All(panes, p => Assert.True(p.Truth.Count > 1 && p.Shown.Count > 1, $"{p.Name} was never led anywhere"));
    }

    private async Task<List<SoakPane>> PanesAsync()
    {
        var program = StandInClaude.InstallIn(Path.Combine(_folders.User, "bin"), _folders.User);
        var panes = await RealAsync();
        for (var i = panes.Count; i < Panes; i++)
        {
            panes.Add(new ScriptedPane(_tmux, $"scripted-{i}", Project($"scripted-{i}"), i, program));
        }

        return panes;
    }

    private async Task<List<SoakPane>> RealAsync()
    {
        if (Environment.GetEnvironmentVariable("MUSE_AGENTS_DIR") is not { Length: > 0 } agents || Environment.GetEnvironmentVariable("MUSE_AGENT_TOOLS") is not { Length: > 0 } tools)
        {
            return [];
        }

        var portFile = Path.Combine(_folders.User, "port");
        var scenarios = Path.Combine(tools, "mock-llm", "scenarios");
        _model = Process.Start(new ProcessStartInfo(
            "node",
            [
                Path.Combine(tools, "mock-llm", "server.mjs"), "--port", "0", "--port-file", portFile,
                .. ((string[])["claude", "codex", "gemini"]).SelectMany(n => (string[])["--scenario", Path.Combine(scenarios, n + ".json")]),
            ]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        while (!File.Exists(portFile))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }

        var port = (await File.ReadAllTextAsync(portFile, Ct)).Trim();
        Start("claude", "--permission-mode", "manual");
        Start("codex");
        Start("gemini", "-m", "gemini-2.5-flash");
        await Task.Delay(TimeSpan.FromSeconds(15), TimeProvider.System, Ct);
        return
        [
            new RealPane(_tmux, "claude", Project("claude"), 101, "❯", "esc to interrupt", "Do you want to proceed?"),
            new RealPane(_tmux, "codex", Project("codex"), 102, "› ", "esc to interrupt", "Would you like to run"),
            new RealPane(_tmux, "gemini", Project("gemini"), 103, "Type your message", "(esc to cancel", "Allow execution"),
        ];

        void Start(string agent, params string[] arguments)
        {
            using var started = Process.Start(new ProcessStartInfo(
                "bash",
                [
                    Path.Combine(tools, "agents", $"run-{agent}.sh"), "-a", agents, "-H", _folders.User, "-p", Project(agent), "-m", port, "-t", agent, "-L", "default",
                    "-e", $"TMUX_TMPDIR={Path.GetDirectoryName(_tmux.Folder)}", "--", .. arguments,
                ]) { UseShellExecute = false })!;
            started.WaitForExit();
            Assert.Equal(0, started.ExitCode);
        }
    }

    private string Project(string name) => Directory.CreateDirectory(Path.Combine(_folders.User, "projects", name)).FullName;

    private static async Task ReadAsync(HttpClient client, List<SoakPane> panes, CancellationToken end)
    {
        var byProject = panes.ToDictionary(p => p.Name, StringComparer.Ordinal);
        var live = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var response = await client.GetAsync(new Uri("/api/board/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, end);
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(end));
            var type = "";
            while (await lines.ReadLineAsync(end) is { } line)
            {
                type = line.StartsWith("event: ", StringComparison.Ordinal) ? line["event: ".Length..] : type;
                if (type == "card" && line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    Show(JsonElement.Parse(line["data: ".Length..]));
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The soak ends.
        }

        void Show(JsonElement card)
        {
            if (card.GetProperty("project").GetString() is not { } project || !byProject.TryGetValue(project, out var pane))
            {
                return;
            }

            var (id, state) = (card.GetProperty("id").GetString()!, card.GetProperty("state").GetString()!);
            // The end of a session is not news of the one that came after it in the same pane.
            if (state == "ended" && live.GetValueOrDefault(project) != id)
            {
                return;
            }

            live[project] = id;
            var reason = card.GetProperty("reason").GetString();
            pane.Shown.Say(SoakPane.NowMs, reason is null ? state : $"{state}/{reason}");
        }
    }

    /// <summary>CPU and memory of the process until then.</summary>
    private async Task MeasureAsync(string what, MuseProcess muse, CancellationToken until)
    {
        using var process = Process.GetProcessById(muse.Pid);
        var (cpu, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        while (!until.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Ct);
            if ((int)clock.Elapsed.TotalSeconds % 120 == 60)
            {
                process.Refresh();
                _figures.Add($"{what} at {clock.Elapsed.TotalSeconds:F0} s: {process.WorkingSet64 / 1e6:F0} MB, {process.Threads.Count} threads");
            }
        }

        Assert.False(process.HasExited, $"Muse has ended:\n{muse.Output}");
        process.Refresh();
        var percent = (process.TotalProcessorTime - cpu) / clock.Elapsed * 100;
        _figures.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {percent:F2} % of a core over {clock.Elapsed.TotalSeconds:F0} s, {process.WorkingSet64 / 1e6:F0} MB"));
    }

    private void Report()
    {
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', _figures));
        if (Environment.GetEnvironmentVariable("MUSE_SOAK_REPORT") is { Length: > 0 } report)
        {
            File.WriteAllLines(report, _figures);
        }
    }
}
