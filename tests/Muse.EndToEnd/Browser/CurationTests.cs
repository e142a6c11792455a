using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Muse.EndToEnd.Browser;

/// <summary>What one person says on one device, the other device shows by itself.</summary>
public sealed partial class CurationTests(ViewerStage stage) : IClassFixture<ViewerStage>
{
    private static readonly string Finished = Stage.SessionId(ViewerStage.Finished);

    /// <summary>Told to every page within a second; a page that draws on a busy machine may take another.</summary>
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 2_000 };

    [Fact]
    public async Task A_star_and_a_tag_given_at_the_desk_stand_on_the_phone()
    {
        await using var desk = await stage.OpenAsync($"/sessions/{Finished}");
        await using var phone = await stage.OpenAsync("/sessions", Screen.Phone);
        var row = Row(phone, "Repair the lamp");
        await Expect(row).ToBeVisibleAsync();
        await LiveAsync(phone);

        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Star" }).ClickAsync();
        await Expect(row.GetByText("starred")).ToBeVisibleAsync(Soon);

        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Title, marks and tags" }).ClickAsync();
        await desk.Page.GetByLabel("Another tag").FillAsync("Later");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Tag", Exact = true }).ClickAsync();
        await Expect(row.GetByText("later")).ToBeVisibleAsync(Soon);

        await desk.Page.GetByLabel("Title", new() { Exact = true }).FillAsync("The lamp in the hall");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Expect(phone.Page.GetByText("The lamp in the hall")).ToBeVisibleAsync(Soon);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Give back" }).ClickAsync();
        await Expect(row).ToBeVisibleAsync();
        desk.AssertNoComplaint();
        phone.AssertNoComplaint();
    }

    [Fact]
    public async Task What_is_read_on_the_phone_is_read_at_the_desk()
    {
        await using var desk = await stage.OpenAsync("/sessions");
        var row = Row(desk, "Watch the stove");
        await row.GetByRole(AriaRole.Link).FocusAsync();
        await desk.Page.Keyboard.PressAsync("u");
        await Expect(row.GetByText("unread")).ToBeAttachedAsync();

        await using var phone = await stage.OpenAsync($"/sessions/{Stage.SessionId(ViewerStage.Growing)}", Screen.Phone);
        await Expect(phone.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Watch the stove");

        await Expect(row.GetByText("unread")).ToHaveCountAsync(0);
        desk.AssertNoComplaint();
    }

    [Fact]
    public async Task Keys_mark_the_row_and_an_archived_one_goes()
    {
        await using var visit = await stage.OpenAsync("/sessions");
        var row = Row(visit, "Watch the kettle");
        await Expect(row).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Link).FocusAsync();

        await visit.Page.Keyboard.PressAsync("t");
        await Expect(row.GetByText("pinned")).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Link).FocusAsync();
        await visit.Page.Keyboard.PressAsync("t");
        await Expect(row.GetByText("pinned")).ToHaveCountAsync(0);
        await row.GetByRole(AriaRole.Link).FocusAsync();
        await visit.Page.Keyboard.PressAsync("e");
        await Expect(row).ToHaveCountAsync(0);

        await visit.Page.GetByLabel("Marks").SelectOptionAsync("archived");
        await row.GetByRole(AriaRole.Link).FocusAsync();
        await visit.Page.Keyboard.PressAsync("e");
        await Expect(row).ToHaveCountAsync(0);
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task A_filter_is_kept_as_a_view_for_all_devices()
    {
        await using var desk = await stage.OpenAsync("/sessions?is=unread");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Save view" }).ClickAsync();
        await desk.Page.GetByLabel("Name of the view").FillAsync("To read");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(desk.Page.GetByLabel("Saved view")).ToHaveValueAsync("To read");

        await using var phone = await stage.OpenAsync("/sessions", Screen.Phone);
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "Filters" }).ClickAsync();
        await phone.Page.GetByLabel("Saved view").SelectOptionAsync("To read");

        await Expect(phone.Page).ToHaveURLAsync(Unread());
        phone.AssertNoComplaint();
    }

    [Fact]
    public async Task A_note_on_an_item_is_marked_there_and_links_another_session()
    {
        await using var visit = await stage.OpenAsync($"/sessions/{Finished}?detail=all");
        await visit.Item(0).HoverAsync();
        await visit.Item(0).GetByRole(AriaRole.Button, new() { Name = "Write a note on this" }).ClickAsync();
        await visit.Page.GetByLabel("Note on item 0").FillAsync($"Mind **the fuse**, see [[{Stage.SessionId(ViewerStage.Live)}]] <img src=x onerror=alert(1)>");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        var panel = visit.Page.GetByRole(AriaRole.Tabpanel);
        await Expect(panel.Locator("strong")).ToHaveTextAsync("the fuse");
        await Expect(panel.Locator("img")).ToHaveCountAsync(0);
        await Expect(visit.Item(0).GetByText("has a note")).ToBeAttachedAsync();
        await Expect(panel.GetByRole(AriaRole.Link)).ToHaveTextAsync(Kettle());

        await visit.Page.GotoAsync($"/sessions/{Stage.SessionId(ViewerStage.Live)}?panel=notes");
        await Expect(visit.Page.GetByRole(AriaRole.Tabpanel).GetByRole(AriaRole.Link)).ToHaveTextAsync("Repair the lamp");
        visit.AssertNoComplaint();
    }

    [Theory]
    [InlineData(Screen.Desktop, "light")]
    [InlineData(Screen.Phone, "dark")]
    public async Task Notes_brief_health_tags_and_open_loops_have_nothing_that_axe_finds(Screen screen, string theme)
    {
        await using var visit = await stage.OpenAsync("/open-loops?days=365", screen, bypassPolicy: true);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Open loops");
        await Axe.AssertCleanAsync(visit, theme);
        foreach (var tab in new[] { "notes", "brief", "health" })
        {
            await visit.Page.GotoAsync($"/sessions/{Finished}?panel={tab}");
            if (screen == Screen.Phone)
            {
                await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Panel", Exact = true }).ClickAsync();
            }

            await Expect(visit.Page.GetByRole(AriaRole.Tabpanel)).ToBeVisibleAsync();
            await Axe.AssertCleanAsync(visit, theme);
        }

        await visit.Page.GotoAsync($"/sessions/{Finished}");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Title, marks and tags" }).ClickAsync();
        await Expect(visit.Page.GetByLabel("Another tag")).ToBeVisibleAsync();
        await Axe.AssertCleanAsync(visit, theme);
    }

    private static ILocator Row(Visit visit, string title) => visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = title });

    /// <summary>A page hears nothing before its stream is open.</summary>
    private static Task LiveAsync(Visit visit) => Expect(visit.Page.GetByText("live", new() { Exact = true }).First).ToBeAttachedAsync();

    [GeneratedRegex(@"\?.*is=unread")]
    private static partial Regex Unread();

    [GeneratedRegex("kettle")]
    private static partial Regex Kettle();
}
