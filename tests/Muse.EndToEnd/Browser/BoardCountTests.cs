using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Muse.EndToEnd.Browser;

/// <summary>What depends on all cards has a board of its own.</summary>
public sealed partial class BoardCountTests(BoardStage stage) : IClassFixture<BoardStage>
{
    [Fact]
    public async Task The_tab_counts_on_every_page_what_waits_for_a_person()
    {
        await using var visit = await stage.OpenAsync("/board");
        var icon = visit.Page.Locator("link[rel=icon]");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "No agent runs here" })).ToBeVisibleAsync();
        await Expect(visit.Page).ToHaveTitleAsync("Board · Muse");

        await stage.HookAsync(BoardStage.Oven, "UserPromptSubmit");
        await Expect(visit.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Nothing needs you" })).ToBeVisibleAsync();
        await Expect(icon).ToHaveAttributeAsync("href", Plain());

        await visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Places" }).GetByRole(AriaRole.Link, new() { Name = "Status" }).ClickAsync();
        await Expect(visit.Page).ToHaveTitleAsync("Status · Muse");
        await stage.HookAsync(BoardStage.Oven, "Notification", new() { ["notification_type"] = "permission_prompt" });
        await stage.HookAsync(BoardStage.Clock, "Notification", new() { ["notification_type"] = "permission_prompt" });
        await Expect(visit.Page).ToHaveTitleAsync("(2) Status · Muse");
        await Expect(icon).ToHaveAttributeAsync("href", Drawn());

        await stage.HookAsync(BoardStage.Oven, "UserPromptSubmit");
        await stage.HookAsync(BoardStage.Clock, "SessionEnd");
        await Expect(visit.Page).ToHaveTitleAsync("Status · Muse");
        await Expect(icon).ToHaveAttributeAsync("href", Plain());
        visit.AssertNoComplaint();
    }

    [GeneratedRegex("^data:image/png;base64,")]
    private static partial Regex Drawn();

    [GeneratedRegex("/icon.svg$")]
    private static partial Regex Plain();
}
