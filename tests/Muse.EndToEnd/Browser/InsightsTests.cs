using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Muse.Testing;
using static Microsoft.Playwright.Assertions;

namespace Muse.EndToEnd.Browser;

/// <summary>A repository in which two agents worked: one commit stands, one was undone, and one piece of work was given up.</summary>
public sealed class ShippingStage : Stage
{
    public const string Ships = "ships";
    private const string Claude = "claude-opus-4-5";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>UTC milliseconds: an hour later the first session began.</summary>
    public long StartMs { get; } = NowMs - (10L * 24 * 3600 * 1000);

    private string Repository => Path.Combine(Folders.User, "work", "lamps");

    /// <summary>Waits until the repository was read.</summary>
    public async Task ReadAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var told = JsonDocument.Parse(await Client.GetStringAsync("/api/insights?zone=UTC"));
            if (told.RootElement.GetProperty("totals").GetProperty("revertedCommits").GetInt32() > 0)
            {
                return;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "The repository was not read.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    protected override void Write()
    {
        Directory.CreateDirectory(Repository);
        var start = StartMs;
        Git(start, "init", "-q", "-b", "main");
        Git(start, "config", "user.email", "ann@example.org");
        Git(start, "commit", "-q", "--allow-empty", "-m", "Begin");
        Work(Ships, start + 3_600_000, "beam.cs", "Widen the beam");
        Work("undone", start + 9_000_000, "fuse.cs", "Change the fuse");
        Git(start + 12_000_000, "revert", "--no-edit", "HEAD");
        Work("burns", start + 16_000_000, "shade.cs", null);
    }

    private void Work(string session, long atMs, string file, string? subject)
    {
        var path = Path.Combine(Repository, file);
        File.WriteAllText(path, "on\noff\n");
        var transcript = new ClaudeTranscript(Folders.User, session, Repository, null) { AtMs = atMs, Model = Claude };
        transcript.Prompt($"Work on {file}").Call("w", "Write", new JsonObject { ["file_path"] = path, ["content"] = "on\noff\n" })
            .Result("w", "File created", report: new JsonObject
            {
                ["type"] = "create", ["filePath"] = path, ["content"] = "on\noff\n", ["structuredPatch"] = new JsonArray(),
            });
        if (subject is not null)
        {
            Git(atMs + 60_000, "add", "-A");
            transcript.AtMs = atMs + 60_000;
            transcript.Call("c", "Bash", new JsonObject { ["command"] = $"git commit -am '{subject}'" }).Result("c", Git(atMs + 60_000, "commit", "-m", subject));
        }

        transcript.Reply("Done.", outputTokens: 4000);
    }

    private string Git(long atMs, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", Repository, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        var date = DateTimeOffset.FromUnixTimeMilliseconds(atMs).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        foreach (var (name, value) in new[]
        {
            ("GIT_AUTHOR_DATE", date), ("GIT_COMMITTER_DATE", date), ("GIT_AUTHOR_NAME", "Ann"), ("GIT_COMMITTER_NAME", "Ann"),
            ("GIT_AUTHOR_EMAIL", "ann@example.org"), ("GIT_COMMITTER_EMAIL", "ann@example.org"), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_EDITOR", "true"),
        })
        {
            start.Environment[name] = value;
        }

        using var git = Process.Start(start)!;
        var printed = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return printed;
    }
}

public sealed partial class InsightsTests(ShippingStage stage) : IClassFixture<ShippingStage>
{
    [Theory]
    [InlineData(Screen.Desktop, "light")]
    [InlineData(Screen.Desktop, "dark")]
    [InlineData(Screen.Phone, "light")]
    [InlineData(Screen.Phone, "dark")]
    public async Task The_insights_have_nothing_that_axe_finds(Screen screen, string theme)
    {
        await using var visit = await stage.OpenAsync("/sessions", screen, bypassPolicy: true);
        var page = visit.Page;
        await stage.ReadAsync();
        await page.GotoAsync("/insights?zone=Asia/Kathmandu");
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Which model ships?" })).ToContainTextAsync("claude-opus-4-5");
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = WorkOnBeam() }).First).ToBeVisibleAsync();
        foreach (var table in await page.GetByText("As a table").AllAsync())
        {
            await table.ClickAsync();
        }

        await Axe.AssertCleanAsync(visit, theme);
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"), "The page scrolls sideways.");
        await SaveAsync(page, $"insights-{screen}-{theme}");
    }

    [Fact]
    public async Task A_session_that_shipped_opens_with_its_commits()
    {
        await using var visit = await stage.OpenAsync("/sessions");
        var page = visit.Page;
        await stage.ReadAsync();
        await page.GotoAsync("/insights?zone=UTC");

        await page.GetByRole(AriaRole.Region, new() { Name = "Which sessions shipped most?" }).GetByRole(AriaRole.Link).First.ClickAsync();

        await Expect(page).ToHaveURLAsync(CommitsOfASession());
        var commits = page.GetByRole(AriaRole.List, new() { Name = "Commits" });
        await Expect(commits).ToContainTextAsync("Widen the beam");
        await Expect(commits).ToContainTextAsync("high");
        await SaveAsync(page, "commits");
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task On_a_phone_the_commits_are_one_tap_away()
    {
        await using var visit = await stage.OpenAsync("/sessions", Screen.Phone, bypassPolicy: true);
        var page = visit.Page;
        await stage.ReadAsync();
        await page.GotoAsync($"/sessions/{Stage.SessionId(ShippingStage.Ships)}?panel=commits");

        await page.GetByRole(AriaRole.Button, new() { Name = "Panel" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.List, new() { Name = "Commits" })).ToContainTextAsync("Widen the beam");
        await Axe.AssertCleanAsync(visit, "dark");
        await SaveAsync(page, "commits-phone");
    }

    [Fact]
    public async Task A_day_of_the_calendar_opens_its_journal_by_the_keyboard()
    {
        await using var visit = await stage.OpenAsync("/sessions");
        var page = visit.Page;
        await stage.ReadAsync();
        await page.GotoAsync("/insights?range=30d&zone=UTC");
        var calendar = page.GetByRole(AriaRole.Slider, new() { NameRegex = Calendar() });

        await calendar.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(calendar).ToHaveAttributeAsync("aria-valuetext", Nothing());
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(OneDay());
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task A_click_opens_a_day_and_a_tap_shows_it_first()
    {
        await using var desk = await stage.OpenAsync("/sessions");
        await stage.ReadAsync();
        await desk.Page.GotoAsync("/insights?range=30d&zone=UTC");
        await DearDay(desk.Page).ClickAsync();
        await Expect(desk.Page).ToHaveURLAsync(OneDay());

        await using var phone = await stage.OpenAsync("/insights?range=30d&zone=UTC", Screen.Phone);
        await DearDay(phone.Page).TapAsync();
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Its journal" }).TapAsync();

        await Expect(phone.Page).ToHaveURLAsync(OneDay());
        await Expect(phone.Page.GetByRole(AriaRole.Region, new() { Name = "What happened" })).ToContainTextAsync("Work on");
    }

    private static ILocator DearDay(IPage page) => page.GetByRole(AriaRole.Slider, new() { NameRegex = Calendar() }).Locator("[data-level='4']").First;

    private static async Task SaveAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("MUSE_PICTURES") is { Length: > 0 } folder)
        {
            await page.EvaluateAsync("() => { document.querySelectorAll('details').forEach(d => d.open = false); document.querySelector('[role=region]')?.scrollTo(0, 0); }");
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
            await page.EvaluateAsync("() => { const region = document.querySelector('[role=region][aria-label=Insights]'); if (region) region.scrollTop = region.scrollHeight; }");
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-end.png") });
        }
    }

    [GeneratedRegex("Work on beam.cs")]
    private static partial Regex WorkOnBeam();

    [GeneratedRegex(@"/sessions/s[a-z2-7]{16}\?panel=commits")]
    private static partial Regex CommitsOfASession();

    [GeneratedRegex("Which days were dear.*UTC")]
    private static partial Regex Calendar();

    [GeneratedRegex(": nothing$")]
    private static partial Regex Nothing();

    [GeneratedRegex(@"/journal\?day=[\d-]+&zone=UTC")]
    private static partial Regex OneDay();
}
