using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Muse.EndToEnd.Browser;

public sealed partial class ListTests(ViewerStage stage) : IClassFixture<ViewerStage>
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task The_list_shows_the_sessions_and_opens_one(Screen screen)
    {
        await using var visit = await stage.OpenAsync("/", screen);
        var rows = visit.Page.GetByRole(AriaRole.List, new() { Name = "Sessions" }).GetByRole(AriaRole.Listitem);

        await Expect(rows).ToHaveCountAsync(3);
        await Expect(rows.Last).ToContainTextAsync("Repair the lamp");
        await Expect(rows.Last).ToContainTextAsync("shop");
        await rows.Last.GetByRole(AriaRole.Link).ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Repair the lamp");
        await Expect(visit.Page).ToHaveURLAsync(Address());
        await Expect(visit.Item(0)).ToContainTextAsync("Repair the lamp");
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task A_session_that_is_written_now_is_said_to_be_live()
    {
        await using var visit = await stage.OpenAsync("/sessions?state=live");
        var rows = visit.Page.GetByRole(AriaRole.List, new() { Name = "Sessions" }).GetByRole(AriaRole.Listitem);

        await Expect(rows).ToHaveCountAsync(2);
        await Expect(rows.Filter(new() { HasText = "Watch the kettle" })).ToHaveCountAsync(1);
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task What_a_session_costs_grows_in_the_list_while_it_is_written()
    {
        await using var visit = await stage.OpenAsync("/sessions?sort=cost");
        var row = visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Watch the stove" });
        await Expect(row).ToContainTextAsync("$0.0");
        var before = await row.TextContentAsync();
        Assert.DoesNotContain("$1.", before!, StringComparison.Ordinal);

        stage.Append(ViewerStage.Growing, "This took long.", outputTokens: 40_000);

        await Expect(row).ToContainTextAsync("$1.0");
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task Dark_and_light_are_a_press_away_and_kept()
    {
        await using var visit = await stage.OpenAsync("/sessions");
        var page = visit.Page;
        await Expect(page.Locator("body")).ToHaveCSSAsync("color-scheme", "light dark");
        var light = await GroundAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Theme: system" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        var dark = await GroundAsync(page);
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        Assert.Equal(dark, await GroundAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Theme: dark" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");

        Assert.Equal(light, await GroundAsync(page));
        Assert.NotEqual(light, dark);
        visit.AssertNoComplaint();
    }

    private static Task<string> GroundAsync(IPage page) =>
        page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    [GeneratedRegex("/sessions/[^/?]+$")]
    private static partial Regex Address();
}
