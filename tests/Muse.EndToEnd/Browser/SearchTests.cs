using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Muse.EndToEnd.Browser;

public sealed class SearchTests(ViewerStage stage) : IClassFixture<ViewerStage>
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_hit_in_a_tools_output_opens_on_its_item_unfolded(Screen screen)
    {
        await using var visit = await stage.OpenAsync("/sessions", screen);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Search" }).ClickAsync();
        await Field(visit).PressSequentiallyAsync("quince", new() { Delay = 20 });

        var hit = Results(visit).GetByRole(AriaRole.Link).Filter(new() { HasText = "the fuse says" });
        await Expect(hit.Locator("mark")).ToHaveTextAsync("QUINCE");
        await Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/search\\?q=quince$"));
        await Expect(Results(visit).GetByRole(AriaRole.Heading)).ToContainTextAsync("Repair the lamp");
        await hit.ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Repair the lamp");
        await Expect(visit.Item(1)).ToContainTextAsync("the fuse says QUINCE-42");
        await Expect(visit.Item(1)).ToBeInViewportAsync();
        await visit.Page.GoBackAsync();
        await Expect(Field(visit)).ToHaveValueAsync("quince");
        visit.AssertNoComplaint();
    }

    // Fails when a long title makes the list wider than its page, and so hides when a hit was.
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_long_title_is_cut(Screen screen)
    {
        await using var visit = await stage.OpenAsync("/search?q=quince", screen);
        var title = Results(visit).GetByRole(AriaRole.Heading).GetByRole(AriaRole.Link);
        await title.EvaluateAsync("title => title.textContent = 'a long title '.repeat(60)");

        var (age, page) = (await Results(visit).Locator("[data-hit] time").BoundingBoxAsync(), visit.Page.ViewportSize!);
        Assert.True(age!.X + age.Width <= page.Width, $"{age.X} + {age.Width} is beyond {page.Width}");
    }

    [Fact]
    public async Task Hits_are_walked_and_opened_by_key()
    {
        await using var visit = await stage.OpenAsync("/search?q=hot");
        await Expect(Results(visit).GetByRole(AriaRole.Heading)).ToHaveCountAsync(2);
        await visit.Page.Locator("main").ClickAsync(new() { Position = new() { X = 5, Y = 600 } });

        await visit.Page.Keyboard.PressAsync("j");
        await visit.Page.Keyboard.PressAsync("j");
        await visit.Page.Keyboard.PressAsync("k");
        await Expect(visit.Page.Locator("[data-hit]").First).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("/");
        await Expect(Field(visit)).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sessions/[^?]+\\?focus=\\d+&unfold=1"));
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task Filters_are_chips_and_a_mistake_is_explained()
    {
        await using var visit = await stage.OpenAsync("/search?q=step tool:Bash");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing holds these words" })).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Take out tool:Bash" }).ClickAsync();
        await Expect(Results(visit).GetByRole(AriaRole.Heading)).ToHaveCountAsync(3);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add the filter role:user" }).ClickAsync();
        await Expect(Field(visit)).ToHaveValueAsync("step role:user");
        await Field(visit).FillAsync("step is:happy");

        // What the browser notes of a refused request is no fault of the page.
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("'is:' takes error, not 'happy'");
    }

    [Fact]
    public async Task Parts_and_patterns_are_found_in_the_bytes()
    {
        await using var visit = await stage.OpenAsync("/search?q=INCE-4&mode=substring");
        await Expect(Results(visit).Locator("mark")).ToHaveTextAsync("INCE-4");
        await Expect(visit.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "1 hit in" })).ToBeVisibleAsync();

        await visit.Page.GetByLabel("Regular expression").CheckAsync();
        await Field(visit).FillAsync("fuse says \\w+");
        await Expect(Results(visit).Locator("mark")).ToHaveTextAsync("fuse says QUINCE");
        visit.AssertNoComplaint();
    }

    // The bytes hold many more than a page shows: the others are counted, and find shows them all.
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task Further_hits_in_a_session_are_told_and_a_way_to_them(Screen screen)
    {
        await using var visit = await stage.OpenAsync("/search?q=tep role:assistant project:shop&mode=substring", screen);
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Take out role:assistant" })).ToBeVisibleAsync();
        await Expect(Results(visit).GetByText("and 130 more hits in this session").First).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "450 hits in" })).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Find them there" }).First.ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find in this session" })).ToHaveValueAsync("tep");
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task The_box_finds_sessions_pages_and_words()
    {
        await using var visit = await stage.OpenAsync("/search?q=quince");
        await Expect(Results(visit).Locator("mark")).ToHaveTextAsync("QUINCE");
        await visit.Page.Keyboard.PressAsync("Control+k");
        var box = visit.Page.GetByRole(AriaRole.Combobox);
        await box.FillAsync("lamp");
        await Expect(visit.Page.GetByRole(AriaRole.Option).First).ToContainTextAsync("Repair the lamp");

        await box.FillAsync("quince");
        await visit.Page.GetByRole(AriaRole.Option).Filter(new() { HasText = "the fuse says" }).ClickAsync();

        await Expect(visit.Item(1)).ToContainTextAsync("the fuse says QUINCE-42");
        visit.AssertNoComplaint();
    }

    [Theory]
    [InlineData(Screen.Desktop, "light")]
    [InlineData(Screen.Desktop, "dark")]
    [InlineData(Screen.Phone, "light")]
    [InlineData(Screen.Phone, "dark")]
    public async Task The_page_has_nothing_that_axe_finds(Screen screen, string theme)
    {
        await using var visit = await stage.OpenAsync("/search", screen, bypassPolicy: true);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Search everything that was said and done" })).ToBeVisibleAsync();
        await Axe.AssertCleanAsync(visit, theme);

        await Field(visit).FillAsync("step");
        await Expect(Results(visit).GetByRole(AriaRole.Heading)).ToHaveCountAsync(3);
        await Axe.AssertCleanAsync(visit, theme);
    }

    private static ILocator Field(Visit visit) => visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search all sessions" });

    private static ILocator Results(Visit visit) => visit.Page.GetByRole(AriaRole.List, new() { Name = "Results" });
}
