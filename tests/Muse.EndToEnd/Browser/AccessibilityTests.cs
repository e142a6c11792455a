using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Muse.EndToEnd.Browser;

public sealed class AccessibilityTests(ViewerStage stage) : IClassFixture<ViewerStage>
{
    [Theory]
    [InlineData(Screen.Desktop, "light")]
    [InlineData(Screen.Desktop, "dark")]
    [InlineData(Screen.Phone, "light")]
    [InlineData(Screen.Phone, "dark")]
    public async Task The_list_has_nothing_that_axe_finds(Screen screen, string theme)
    {
        await using var visit = await stage.OpenAsync("/sessions", screen, bypassPolicy: true);
        await Expect(visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Repair the lamp" })).ToBeVisibleAsync();

        await Axe.AssertCleanAsync(visit, theme);
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

        await Axe.AssertCleanAsync(visit, theme);
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
        await Axe.AssertCleanAsync(visit, theme);

        await visit.Page.Locator("[data-action=explain]").Last.ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Table, new() { Name = "Evidence" })).ToBeVisibleAsync();
        await Axe.AssertCleanAsync(visit, theme);
    }

    [Theory]
    [InlineData("/status")]
    [InlineData("/formats")]
    public async Task The_other_pages_have_nothing_that_axe_finds(string path)
    {
        await using var visit = await stage.OpenAsync(path, bypassPolicy: true);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeAttachedAsync();

        await Axe.AssertCleanAsync(visit, "light");
    }
}
