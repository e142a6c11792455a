using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Muse.EndToEnd.Browser;

public sealed partial class StatsTests(ViewerStage stage) : IClassFixture<ViewerStage>
{
    [Theory]
    [InlineData(Screen.Desktop, "light")]
    [InlineData(Screen.Desktop, "dark")]
    [InlineData(Screen.Phone, "light")]
    [InlineData(Screen.Phone, "dark")]
    public async Task The_figures_and_their_rows_have_nothing_that_axe_finds(Screen screen, string theme)
    {
        await using var visit = await stage.OpenAsync("/stats?zone=Asia/Kathmandu", screen, bypassPolicy: true);
        var page = visit.Page;
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Which agent?" })).ToContainTextAsync("Claude Code");
        await page.GetByText("As a table").First.ClickAsync();
        await Axe.AssertCleanAsync(visit, theme);
        await AssertFitsAsync(page);

        await page.GotoAsync("/stats/responses?zone=Asia/Kathmandu&agent=claude-code");
        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Responses" })).ToContainTextAsync("opus-4-5");
        await Axe.AssertCleanAsync(visit, theme);
        await AssertFitsAsync(page);
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_day_opens_to_its_responses_and_a_response_to_its_place(Screen screen)
    {
        await using var visit = await stage.OpenAsync("/stats?range=7d&zone=UTC", screen);
        var page = visit.Page;
        var chart = page.GetByRole(AriaRole.Slider, new() { NameRegex = SpendOfUtc() });
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = ShowResponses() })).ToBeVisibleAsync();

        await chart.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(chart).ToHaveAttributeAsync("aria-valuetext", YesterdaysWords());
        await page.Keyboard.PressAsync("Enter");

        await Expect(page).ToHaveURLAsync(RowsOfOneDay());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("responses · $");
        await page.GetByRole(AriaRole.Table, new() { Name = "Responses" }).GetByRole(AriaRole.Link).First.ClickAsync();

        await Expect(page).ToHaveURLAsync(ItemOfASession());
        await Expect(visit.Feed).ToBeVisibleAsync();
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task The_zone_is_named_and_kept_in_the_address_with_what_is_stacked()
    {
        await using var visit = await stage.OpenAsync("/stats");
        var page = visit.Page;

        await page.GetByRole(AriaRole.Combobox, new() { Name = "Time zone" }).SelectOptionAsync("Pacific/Kiritimati");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Tokens" }).CheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Project" }).CheckAsync();
        await page.ReloadAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "How many tokens did each day take?" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Pacific/Kiritimati", new() { Exact = true }).Last).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Slider).First).ToHaveAttributeAsync("aria-label", "How many tokens did each day take? Days of Pacific/Kiritimati.");
        Assert.Contains("split=project", page.Url, StringComparison.Ordinal);
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task Days_without_use_say_so_and_lead_to_those_with()
    {
        await using var visit = await stage.OpenAsync("/stats?from=1999-01-01&to=1999-01-31&zone=UTC");
        var page = visit.Page;
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing was used in these days" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Show all time" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Which project?" })).ToContainTextAsync("/home/ann/shop");
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task Figures_can_be_taken_along_as_a_table()
    {
        await using var visit = await stage.OpenAsync("/stats?zone=UTC");

        var file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        using var reader = new StreamReader(await file.CreateReadStreamAsync());

        Assert.Equal("day,model,responses,tokens,cost_micro_usd,unpriced_responses,zone", await reader.ReadLineAsync());
        Assert.Contains("claude-opus-4-5", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    private static async Task AssertFitsAsync(IPage page) =>
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"), "The page scrolls sideways.");

    [GeneratedRegex("What did each day cost.*UTC")]
    private static partial Regex SpendOfUtc();

    [GeneratedRegex(@"Show [\d,]+ responses$")]
    private static partial Regex ShowResponses();

    [GeneratedRegex(@": \$[\d.]+, [\d,]+ responses; claude-opus-4-5 \$")]
    private static partial Regex YesterdaysWords();

    [GeneratedRegex(@"/stats/responses\?from=([\d-]+)&to=\1&zone=UTC")]
    private static partial Regex RowsOfOneDay();

    [GeneratedRegex(@"/sessions/s[a-z2-7]{16}\?.*focus=\d+")]
    private static partial Regex ItemOfASession();
}
