using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Muse.EndToEnd.Cli;
using Muse.Testing;

namespace Muse.EndToEnd.Browser;

/// <summary>The real program with made-up transcripts, and one browser in front of it; a class of tests shares it.</summary>
public abstract class Stage : IAsyncLifetime
{
    private const string Machine = "test";
    private const string Folder = "/home/ann/shop";
    private readonly MuseFolders _folders = new MuseFolders().With("Muse__Sessions__Machine", Machine);
    private MuseProcess? _process;
    private HttpClient? _client;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _missing;

    public static long NowMs => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public static string SessionId(string native) => A.SessionId(native);

    public async ValueTask InitializeAsync()
    {
        var chromium = Array.Find(["/usr/bin/chromium", "/usr/bin/google-chrome"], File.Exists);
        _missing = !File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html"))
            ? "The client is not built. Run npm run build in client, then build this project again."
            : chromium is null ? "There is no chromium. Install it, or run ./muse test as root." : null;
        if (_missing is not null)
        {
            return;
        }

        Write();
        (_process, _client) = await MuseProcess.ServeAsync(_folders, "up", "--port", $"{MuseProcess.FreePort()}");
        await ReadToTheEndAsync(_client);
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(20_000);
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu"],
        });
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _client?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folders.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A page of a browser that nobody used before. Skips the test when something that it needs is not there.</summary>
    public async Task<Visit> OpenAsync(
        string path, Screen screen = Screen.Desktop, bool bypassPolicy = false, Func<IPage, Task>? prepare = null)
    {
        SkipIfMissing();
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = _client!.BaseAddress!.ToString(),
            BypassCSP = bypassPolicy,
            ColorScheme = ColorScheme.Light,
            ViewportSize = screen == Screen.Phone ? new() { Width = 390, Height = 844 } : new() { Width = 1440, Height = 900 },
            HasTouch = screen == Screen.Phone,
            IsMobile = screen == Screen.Phone,
        });
        context.SetDefaultTimeout(15_000);
        var visit = new Visit(context, await context.NewPageAsync());
        if (prepare is not null)
        {
            await prepare(visit.Page);
        }

        await visit.Page.GotoAsync(path);
        return visit;
    }

    /// <summary>A page of a file, as somebody opens it who was given it, in a browser that nobody used before.</summary>
    public async Task<Visit> OpenFileAsync(string path, Screen screen, bool javaScript, ColorScheme scheme = ColorScheme.Light, Func<IPage, Task>? prepare = null)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            ColorScheme = scheme,
            JavaScriptEnabled = javaScript,
            ViewportSize = screen == Screen.Phone ? new() { Width = 390, Height = 844 } : new() { Width = 1440, Height = 900 },
            HasTouch = screen == Screen.Phone,
            IsMobile = screen == Screen.Phone,
        });
        var visit = new Visit(context, await context.NewPageAsync());
        if (prepare is not null)
        {
            await prepare(visit.Page);
        }

        await visit.Page.GotoAsync(new Uri(path).AbsoluteUri);
        return visit;
    }

    /// <summary>What the program answers, without a browser. Skips the test when something that it needs is not there.</summary>
    public Task<string> AskAsync(string path)
    {
        SkipIfMissing();
        return _client!.GetStringAsync(new Uri(path, UriKind.Relative));
    }

    /// <summary>Sends what Claude Code's hook would. Open a page first: that says whether anything runs.</summary>
    public async Task HookAsync(string session, string name, JsonObject? fields = null)
    {
        var payload = fields ?? [];
        payload["hook_event_name"] = name;
        payload["session_id"] = session;
        payload["cwd"] = Folder;
        using var content = new StringContent(payload.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _client!.PostAsync("/api/hooks/claude-code", content);
        response.EnsureSuccessStatusCode();
    }

    private void SkipIfMissing()
    {
        if (_missing is not null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", _missing);
            Assert.Skip(_missing);
        }
    }

    /// <summary>Asks the program without a browser. Open a page first: that says whether anything runs.</summary>
    protected HttpClient Client => _client!;

    /// <summary>What the program is given: its home, and settings for it.</summary>
    protected MuseFolders Folders => _folders;

    /// <summary>Of the program; null if it does not run.</summary>
    protected int? Pid => _process?.Pid;

    /// <summary>Writes the transcripts of this stage before the program starts.</summary>
    protected abstract void Write();

    protected ClaudeTranscript Transcript(string session, long atMs, string? agentId = null) =>
        new(_folders.User, session, Folder, agentId) { AtMs = atMs };

    private static async Task ReadToTheEndAsync(HttpClient client)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var document = JsonDocument.Parse(await client.GetStringAsync("/api/ingest"));
            var ingest = document.RootElement;
            if (ingest.GetProperty("state").GetString() == "idle" && ingest.GetProperty("filesTotal").GetInt32() > 0
                && ingest.GetProperty("bytesDone").GetInt64() >= ingest.GetProperty("bytesTotal").GetInt64())
            {
                return;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60), $"The transcripts were not read: {ingest}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}

public enum Screen
{
    Desktop,
    Phone,
}
