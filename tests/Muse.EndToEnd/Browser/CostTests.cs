using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static Muse.EndToEnd.Browser.BoardStage;

namespace Muse.EndToEnd.Browser;

public sealed partial class CostTests(BoardStage stage) : IClassFixture<BoardStage>
{
    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task What_a_session_costs_stands_on_its_card_and_leads_to_the_rows_behind_it(Screen screen)
    {
        await using var visit = await stage.OpenAsync("/board", screen);
        await stage.HookAsync(Bell, "UserPromptSubmit");
        var card = Card(visit.Page, "Working", Bell);
        await Expect(card).ToContainTextAsync("ctx <1 %");
        await Expect(card.GetByText("<$0.01")).ToHaveAttributeAsync("title", ApiEquivalent());

        await card.GetByRole(AriaRole.Link).First.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cost <$0.01, API-equivalent; show the usage" }).ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Row, new() { Name = "Cost, API-equivalent" })).ToContainTextAsync("$0.00");
        Assert.Contains("panel=usage", visit.Page.Url, StringComparison.Ordinal);
        Assert.False(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"), "The page scrolls sideways.");

        await visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = ItsResponses() }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Table, new() { Name = "Responses" }).GetByRole(AriaRole.Link).First).ToBeVisibleAsync();
        Assert.Contains("/stats/responses?session=", visit.Page.Url, StringComparison.Ordinal);
        visit.AssertNoComplaint();
    }

    [GeneratedRegex("^Show its ")]
    private static partial Regex ItsResponses();

    [GeneratedRegex("API-equivalent")]
    private static partial Regex ApiEquivalent();
}
