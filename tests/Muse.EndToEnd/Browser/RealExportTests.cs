using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace Muse.EndToEnd.Browser;

/// <summary>
/// The largest real session that there is, exported and opened with scripts off. With MUSE_CORPUS, a folder of real transcripts;
/// MUSE_PICTURES is where pictures go.
/// </summary>
public sealed class RealExportTests(RealExportTests.RealStage stage, ITestOutputHelper log) : IClassFixture<RealExportTests.RealStage>
{
    [Theory]
    [InlineData("html")]
    [InlineData("md")]
    [InlineData("json")]
    public async Task The_largest_session_is_exported(string format)
    {
        Assert.SkipWhen(RealStage.Largest is null, "no corpus: set MUSE_CORPUS to a folder of transcripts");
        var session = await stage.SessionAsync();
        await stage.AskAsync($"/api/sessions/{session}/export?format={format}");
        var clock = Stopwatch.StartNew();

        var text = await stage.AskAsync($"/api/sessions/{session}/export?format={format}");

        var size = string.Create(CultureInfo.InvariantCulture, $"{text.Length / 1e6:0.00} MB from {new FileInfo(RealStage.Largest).Length / 1e6:0.00} MB in {clock.Elapsed.TotalSeconds:0.00} s");
        log.WriteLine($"{format}: {size}, at most {stage.PeakMegabytes} MB of memory");
        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(Screen.Desktop, ColorScheme.Light)]
    [InlineData(Screen.Phone, ColorScheme.Dark)]
    public async Task It_opens_with_scripts_off(Screen screen, ColorScheme scheme)
    {
        Assert.SkipWhen(RealStage.Largest is null, "no corpus: set MUSE_CORPUS to a folder of transcripts");
        var path = Path.Combine(Directory.CreateTempSubdirectory("muse-export-").FullName, "session.html");
        await File.WriteAllTextAsync(path, await stage.AskAsync($"/api/sessions/{await stage.SessionAsync()}/export"), TestContext.Current.CancellationToken);
        var requests = new List<string>();
        var clock = Stopwatch.StartNew();

        await using var visit = await stage.OpenFileAsync(path, screen, javaScript: false, scheme, page =>
        {
            page.Request += (_, request) => requests.Add(request.Url);
            return Task.CompletedTask;
        });

        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"opened after {clock.Elapsed.TotalSeconds:0.00} s"));
        Assert.DoesNotContain(requests, r => !r.StartsWith("data:", StringComparison.Ordinal) && !r.StartsWith("file:", StringComparison.Ordinal));
        var width = (await visit.Page.Locator("body").BoundingBoxAsync())!.Width; // it is there
        Assert.True(width <= (screen == Screen.Phone ? 390 : 1440), $"{width} pixels are wider than the screen");
        await PictureAsync(visit.Page, $"export-{screen}-top");
        await visit.Page.Locator("article.tool").Nth(3).ScrollIntoViewIfNeededAsync();
        await PictureAsync(visit.Page, $"export-{screen}-tools");
        await visit.Page.Locator("details.diff, article.reply").Last.ScrollIntoViewIfNeededAsync();
        await PictureAsync(visit.Page, $"export-{screen}-end");
        visit.AssertNoComplaint();
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("MUSE_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
        }
    }

    public sealed class RealStage : Stage
    {
        public static string? Largest { get; } = Environment.GetEnvironmentVariable("MUSE_CORPUS") is { Length: > 0 } folder && Directory.Exists(folder)
            ? new DirectoryInfo(folder).EnumerateFiles("*.jsonl", SearchOption.AllDirectories).Where(f => f.FullName.Contains("claude", StringComparison.Ordinal)).MaxBy(f => f.Length)?.FullName
            : null;

        public long PeakMegabytes => Pid is { } pid
            ? long.Parse(File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024
            : 0;

        public async Task<string> SessionAsync()
        {
            using var page = System.Text.Json.JsonDocument.Parse(await AskAsync("/api/sessions?sort=size&limit=1"));
            return page.RootElement.GetProperty("items")[0].GetProperty("id").GetString()!; // there is one
        }

        protected override void Write()
        {
            Transcript("small", NowMs).Prompt("So that there is something to read");
            if (Largest is { } path)
            {
                var target = Path.Combine(Folders.User, ".claude", "projects", "-home-ann-shop", "11111111-1111-4111-8111-111111111111.jsonl");
                File.WriteAllBytes(target, File.ReadAllBytes(path)); // a copy would keep that nobody may write it
            }
        }
    }
}
