using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Muse.EndToEnd.Browser;

/// <summary>Tags with colours and rules, made and changed on a page of their own.</summary>
public sealed class TagTests(ViewerStage stage) : IClassFixture<ViewerStage>
{
    [Fact]
    public async Task A_tag_with_a_rule_is_made_changed_and_deleted()
    {
        await using var visit = await stage.OpenAsync("/sessions");
        var page = visit.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Tags" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Tags");
        await page.GetByRole(AriaRole.Button, new() { Name = "New tag" }).ClickAsync();

        // What is wrong is said at its field.
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("!!");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("letters, digits");
        await Expect(dialog.GetByLabel("Name")).ToHaveAttributeAsync("aria-invalid", "true");
        await dialog.GetByLabel("Name").FillAsync("Watching");
        await dialog.GetByRole(AriaRole.Checkbox).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert).Filter(new() { HasText = "at least one" })).ToBeVisibleAsync();

        await dialog.GetByLabel("teal").CheckAsync();
        await dialog.GetByLabel("Title").FillAsync("watch the");
        await Expect(dialog.GetByRole(AriaRole.Status)).ToHaveTextAsync("Catches 2 sessions now.");
        await PictureAsync(page, "tag-editor-Desktop");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        var tag = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "watching" });
        await Expect(tag.GetByText("“watch the” in the title")).ToBeVisibleAsync();
        await Expect(tag.GetByText("2 sessions")).ToBeVisibleAsync();
        await PictureAsync(page, "tags-Desktop");

        await tag.GetByRole(AriaRole.Button, new() { Name = "Change watching" }).ClickAsync();
        await dialog.GetByLabel("Name").FillAsync("hot");
        await dialog.GetByLabel("Title").FillAsync("stove");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var renamed = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "hot" });
        await Expect(renamed.GetByText("1 session", new() { Exact = true })).ToBeVisibleAsync();

        await renamed.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await page.GotoAsync("/tags");
        await renamed.GetByRole(AriaRole.Button, new() { Name = "Delete hot" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("taken off 1 session");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete the tag" }).ClickAsync();
        await Expect(page.GetByText("There are no tags yet")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(Screen.Desktop, "light")]
    [InlineData(Screen.Phone, "dark")]
    public async Task The_page_and_its_dialog_have_nothing_that_axe_finds(Screen screen, string theme)
    {
        await using var visit = await stage.OpenAsync("/tags", screen, bypassPolicy: true);
        await Axe.AssertCleanAsync(visit, theme);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "New tag" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await Expect(visit.Page.GetByLabel("Project")).ToBeVisibleAsync();

        await Axe.AssertCleanAsync(visit, theme);
        await PictureAsync(visit.Page, $"tag-new-{screen}");
    }

    [Fact]
    public async Task The_palette_goes_there()
    {
        await using var visit = await stage.OpenAsync("/sessions");
        await Expect(visit.Page.GetByRole(AriaRole.Listitem).First).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Control+k");
        await visit.Page.GetByLabel("Session, page, action or words").FillAsync("tags");
        await Expect(visit.Page.GetByRole(AriaRole.Option, new() { Name = "Tags page" })).ToHaveAttributeAsync("aria-selected", "true");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Tags");
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("MUSE_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
        }
    }
}
