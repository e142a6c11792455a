using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Muse.EndToEnd.Browser;

/// <summary>What goes into the file is chosen, and what is secret in it told, before it is fetched.</summary>
public sealed class ExportDialogTests(ViewerStage stage) : IClassFixture<ViewerStage>
{
    private static readonly string Finished = Stage.SessionId(ViewerStage.Finished);

    [Fact]
    public async Task A_session_is_downloaded_with_the_keyboard_alone()
    {
        await using var visit = await stage.OpenAsync($"/sessions/{Finished}");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Repair the lamp");

        await visit.Page.Keyboard.PressAsync("e");
        var dialog = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Export" });
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("No secrets were found.");
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Page" }).FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = "Tool output" }).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Space");
        await dialog.GetByRole(AriaRole.Link, new() { Name = "Download" }).FocusAsync();
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Keyboard.PressAsync("Enter"));

        var text = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal($"repair-the-lamp-{Finished[..8]}.md", download.SuggestedFilename);
        Assert.StartsWith("# Repair the lamp", text, StringComparison.Ordinal);
        Assert.Contains("There are two bulbs in the drawer.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("QUINCE-42", text, StringComparison.Ordinal);
        await Expect(dialog).ToHaveCountAsync(0);
        visit.AssertNoComplaint();
    }

    [Theory]
    [InlineData(Screen.Desktop, "light")]
    [InlineData(Screen.Phone, "dark")]
    public async Task The_dialog_has_nothing_that_axe_finds(Screen screen, string theme)
    {
        await using var visit = await stage.OpenAsync($"/sessions/{Finished}", screen, bypassPolicy: true);
        await PictureAsync(visit.Page, $"head-{screen}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "No secrets" })).ToBeVisibleAsync();

        await Axe.AssertCleanAsync(visit, theme);
        await PictureAsync(visit.Page, $"dialog-{screen}");
    }

    private static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("MUSE_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
        }
    }
}
