using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Muse.EndToEnd.Browser;

public sealed class AccessibilityTests(ViewerStage stage) : IClassFixture<ViewerStage>
{
    private const string Check =
        """
        async () => {
          const found = await axe.run(document, { resultTypes: ['violations'] });
          return found.violations.map(v => `${v.id} (${v.impact}): ${v.help}\n  ` +
            v.nodes.slice(0, 5).map(n => `${n.target.join(' ')} ${n.any.map(a => a.message).join('; ')}`).join('\n  '));
        }
        """;

    [Theory]
    [InlineData(Screen.Desktop, "light")]
    [InlineData(Screen.Desktop, "dark")]
    [InlineData(Screen.Phone, "light")]
    [InlineData(Screen.Phone, "dark")]
    public async Task The_list_has_nothing_that_axe_finds(Screen screen, string theme)
    {
        await using var visit = await stage.OpenAsync("/sessions", screen, bypassPolicy: true);
        await Expect(visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Repair the lamp" })).ToBeVisibleAsync();

        await AssertCleanAsync(visit, theme);
    }

    [Theory]
    [InlineData(Screen.Desktop, "light")]
    [InlineData(Screen.Desktop, "dark")]
    [InlineData(Screen.Phone, "light")]
    [InlineData(Screen.Phone, "dark")]
    public async Task A_session_with_everything_unfolded_has_nothing_that_axe_finds(Screen screen, string theme)
    {
        await using var visit = await stage.OpenAsync($"/sessions/{Stage.SessionId(ViewerStage.Finished)}?detail=all", screen, bypassPolicy: true);
        await visit.Item(2).GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(visit.Page.GetByText("There are two bulbs in the drawer.")).ToBeVisibleAsync();
        await visit.Item(1).GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(visit.Page.GetByText("the fuse says QUINCE-42")).ToBeVisibleAsync();

        await AssertCleanAsync(visit, theme);
    }

    [Theory]
    [InlineData(Screen.Desktop, "light")]
    [InlineData(Screen.Desktop, "dark")]
    [InlineData(Screen.Phone, "light")]
    [InlineData(Screen.Phone, "dark")]
    public async Task The_board_and_its_evidence_have_nothing_that_axe_finds(Screen screen, string theme)
    {
        await using var visit = await stage.OpenAsync("/board?done=open", screen, bypassPolicy: true);
        await stage.HookAsync(ViewerStage.Finished, "Notification", new() { ["notification_type"] = "permission_prompt" });
        await stage.HookAsync(ViewerStage.Live, "UserPromptSubmit");
        await stage.HookAsync(ViewerStage.Growing, "Stop");
        await stage.HookAsync("over", "SessionEnd");
        await stage.HookAsync("begun", "SessionStart");
        await Expect(visit.Page.Locator("[data-card]")).ToHaveCountAsync(5);
        await AssertCleanAsync(visit, theme);

        await visit.Page.Locator("[data-action=explain]").Last.ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Table, new() { Name = "Evidence" })).ToBeVisibleAsync();
        await AssertCleanAsync(visit, theme);
    }

    [Theory]
    [InlineData("/status")]
    [InlineData("/formats")]
    public async Task The_other_pages_have_nothing_that_axe_finds(string path)
    {
        await using var visit = await stage.OpenAsync(path, bypassPolicy: true);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeAttachedAsync();

        await AssertCleanAsync(visit, "light");
    }

    private static async Task AssertCleanAsync(Visit visit, string theme)
    {
        await visit.Page.EvaluateAsync("theme => document.documentElement.dataset.theme = theme", theme);
        await visit.Page.AddScriptTagAsync(new() { Content = await File.ReadAllTextAsync(Axe()) });

        var found = await visit.Page.EvaluateAsync<JsonElement>(Check);

        Assert.True(found.GetArrayLength() == 0, string.Join('\n', found.EnumerateArray()));
        visit.AssertNoComplaint();
    }

    private static string Axe([CallerFilePath] string here = "")
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../client/node_modules/axe-core/axe.min.js"));
        if (!File.Exists(path))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "axe-core is not installed.");
            Assert.Skip("axe-core is not installed. Run npm ci in client.");
        }

        return path;
    }
}
