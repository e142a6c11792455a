using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Muse.EndToEnd.Browser;

/// <summary>Several sessions are marked with one request, and that can be taken back.</summary>
public sealed class BulkTests(ViewerStage stage) : IClassFixture<ViewerStage>
{
    [Fact]
    public async Task Keys_select_a_range_and_what_is_done_to_it_is_taken_back()
    {
        await using var visit = await stage.OpenAsync("/sessions");
        var page = visit.Page;
        var rows = Rows(page);
        await Expect(rows).ToHaveCountAsync(3);
        var requests = 0;
        page.Request += (_, request) => requests += request.Method == "POST" && request.Url.EndsWith("/api/sessions/marks", StringComparison.Ordinal) ? 1 : 0;

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Shift+X");
        var bar = page.GetByRole(AriaRole.Toolbar, new() { Name = "Selected sessions" });
        await Expect(bar).ToContainTextAsync("3 selected");
        await PictureAsync(page, "bulk-Desktop");
        await bar.GetByRole(AriaRole.Button, new() { Name = "Star" }).ClickAsync();

        await Expect(rows.GetByText("starred")).ToHaveCountAsync(3);
        Assert.Equal(1, requests);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(rows.GetByText("starred")).ToHaveCountAsync(0);

        await bar.GetByRole(AriaRole.Button, new() { Name = "Tag" }).ClickAsync();
        await page.GetByLabel("Another tag").FillAsync("three");
        await page.Keyboard.PressAsync("Enter");
        await Expect(rows.GetByText("three", new() { Exact = true })).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(rows.GetByText("three", new() { Exact = true })).ToHaveCountAsync(0);

        await bar.GetByRole(AriaRole.Button, new() { Name = "Archive" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(0);
        await Expect(bar).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeVisibleAsync();
        visit.AssertNoComplaint();

        await page.GotoAsync("/sessions?is=archived");
        await page.Keyboard.PressAsync("j");
        await Expect(rows).ToHaveCountAsync(3);
        await rows.Nth(0).HoverAsync();
        await rows.Nth(0).GetByRole(AriaRole.Checkbox).ClickAsync();
        await rows.Nth(2).HoverAsync();
        await rows.Nth(2).GetByRole(AriaRole.Checkbox).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await bar.GetByRole(AriaRole.Button, new() { Name = "Unarchive" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_finger_selects_rows_after_the_button()
    {
        await using var visit = await stage.OpenAsync("/sessions", Screen.Phone);
        var page = visit.Page;
        var rows = Rows(page);
        await Expect(rows.First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Select" }).TapAsync();
        await rows.Nth(0).GetByRole(AriaRole.Link).TapAsync();
        await rows.Nth(1).GetByRole(AriaRole.Checkbox).TapAsync();

        await Expect(page.GetByRole(AriaRole.Toolbar)).ToContainTextAsync("2 selected");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sessions$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await PictureAsync(page, "bulk-Phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear the selection" }).TapAsync();
        await Expect(page.GetByRole(AriaRole.Toolbar)).ToHaveCountAsync(0);
        visit.AssertNoComplaint();
    }

    [Theory]
    [InlineData(Screen.Desktop, "dark")]
    [InlineData(Screen.Phone, "light")]
    public async Task A_selection_has_nothing_that_axe_finds(Screen screen, string theme)
    {
        await using var visit = await stage.OpenAsync("/sessions", screen, bypassPolicy: true);
        await Expect(Rows(visit.Page).First).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("j");
        await visit.Page.Keyboard.PressAsync("x");
        await Expect(visit.Page.GetByRole(AriaRole.Toolbar)).ToBeVisibleAsync();

        await Axe.AssertCleanAsync(visit, theme);
    }

    private static ILocator Rows(IPage page) => page.GetByRole(AriaRole.List, new() { Name = "Sessions" }).GetByRole(AriaRole.Listitem);

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("MUSE_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
        }
    }
}
