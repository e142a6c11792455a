using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Muse.EndToEnd.Browser;

public sealed partial class ViewerTests(ViewerStage stage) : IClassFixture<ViewerStage>
{
    private const string Finished = ViewerStage.Finished;

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_finished_session_opens_at_its_head(Screen screen)
    {
        await using var visit = await stage.OpenAsync(Address(Finished), screen);

        await Expect(visit.Item(0)).ToBeInViewportAsync();
        await Expect(visit.Feed).ToHaveJSPropertyAsync("scrollTop", 0);
        visit.AssertNoComplaint();
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_live_session_opens_at_its_tail(Screen screen)
    {
        await using var visit = await stage.OpenAsync(Address(ViewerStage.Live), screen);

        await Expect(visit.Feed.GetByText("The kettle is hot.")).ToBeInViewportAsync();
        await Expect(visit.Item(0)).ToHaveCountAsync(0);
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task A_line_that_is_written_appears_for_who_follows_and_is_counted_for_who_does_not()
    {
        await using var visit = await stage.OpenAsync(Address(ViewerStage.Growing));
        await Expect(visit.Feed.GetByText("The stove is hot.")).ToBeInViewportAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status).GetByText("live")).ToBeAttachedAsync();

        stage.Append(ViewerStage.Growing, "The soup is boiling over.");
        await Expect(visit.Feed.GetByText("The soup is boiling over.")).ToBeInViewportAsync();

        await visit.Feed.HoverAsync();
        await visit.Page.Mouse.WheelAsync(0, -3000);
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "To the newest" })).ToBeVisibleAsync();
        stage.Append(ViewerStage.Growing, "The soup is served.");
        var more = visit.Page.GetByRole(AriaRole.Button, new() { Name = "1 new" });
        await Expect(more).ToBeVisibleAsync();
        await Expect(visit.Feed.GetByText("The soup is served.")).Not.ToBeInViewportAsync();
        await more.ClickAsync();

        await Expect(visit.Feed.GetByText("The soup is served.")).ToBeInViewportAsync();
        await Expect(more).ToHaveCountAsync(0);
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task Find_reaches_into_the_output_of_a_tool()
    {
        await using var visit = await stage.OpenAsync(Address(Finished));
        await Expect(visit.Item(1)).ToBeInViewportAsync();

        await visit.Page.Keyboard.PressAsync("f");
        await visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find in this session" }).FillAsync("quince-42");

        await Expect(visit.Page.GetByRole(AriaRole.Search).GetByRole(AriaRole.Status)).ToHaveTextAsync("1 of 1");
        await Expect(visit.Item(1).GetByText("the fuse says QUINCE-42")).ToBeInViewportAsync();
        await Expect(visit.Page).ToHaveURLAsync(FoundAddress());
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task A_subagent_unfolds_in_place_and_opens_by_itself()
    {
        await using var visit = await stage.OpenAsync(Address(Finished));
        var page = visit.Page;

        await visit.Item(2).GetByRole(AriaRole.Button).First.ClickAsync();
        var agent = page.GetByRole(AriaRole.Region, new() { Name = "Subagent Look for spare bulbs" });
        await Expect(agent.GetByText("There are two bulbs in the drawer.")).ToBeInViewportAsync();
        await agent.GetByRole(AriaRole.Button, new() { Name = "Open by itself" }).ClickAsync();

        await Expect(page.GetByText("Subagent Explore Look for spare bulbs")).ToBeVisibleAsync();
        await Expect(visit.Feed.GetByText("There are two bulbs in the drawer.")).ToBeInViewportAsync();
        await Expect(visit.Feed.GetByRole(AriaRole.Article)).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Main conversation" }).ClickAsync();
        await Expect(visit.Item(0)).ToContainTextAsync("Repair the lamp");
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task Controls_look_as_their_sheets_say_in_whatever_order_the_sheets_came()
    {
        await using var visit = await stage.OpenAsync(Address(Finished));
        var files = visit.Page.GetByRole(AriaRole.Tab, new() { Name = "Files" });

        await Expect(files).ToHaveCSSAsync("padding-left", "6px");
        await Expect(files).ToHaveCSSAsync("border-bottom-style", "solid");
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Find in this session" })).ToHaveCSSAsync("border-top-style", "solid");
    }

    private static string Address(string session) => $"/sessions/{Stage.SessionId(session)}";

    [GeneratedRegex("find=quince-42")]
    private static partial Regex FoundAddress();
}
