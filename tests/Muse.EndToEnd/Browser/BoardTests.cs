using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static Muse.EndToEnd.Browser.BoardStage;

namespace Muse.EndToEnd.Browser;

public sealed partial class BoardTests(BoardStage stage) : IClassFixture<BoardStage>
{
    private const string Calls = "Needs you";
    private const string Works = "Working";

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_permission_is_there_within_a_second_and_goes_when_it_is_answered(Screen screen)
    {
        await using var visit = await stage.OpenAsync("/board", screen);
        await stage.HookAsync(Oven, "UserPromptSubmit");
        await Expect(Card(visit.Page, Works, Oven)).ToBeVisibleAsync();

        await AskAsync(Oven, "make oven");
        await Expect(Card(visit.Page, Calls, Oven)).ToContainTextAsync("Bash: make oven", new() { Timeout = 1000 });
        await Expect(Card(visit.Page, Calls, Oven)).ToContainTextAsync("permission");
        await Expect(Card(visit.Page, Works, Oven)).ToHaveCountAsync(0);
        Assert.False(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"), "The page scrolls sideways.");

        await stage.HookAsync(Oven, "PostToolUse", new() { ["tool_name"] = "Bash" });
        await Expect(Card(visit.Page, Works, Oven)).ToBeVisibleAsync();
        await Expect(Card(visit.Page, Calls, Oven)).ToHaveCountAsync(0);
        visit.AssertNoComplaint();
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_snoozed_card_is_out_of_sight_until_it_changes(Screen screen)
    {
        await using var visit = await stage.OpenAsync("/board", screen);
        await AskAsync(Clock, "make clock");
        await Card(visit.Page, Calls, Clock).HoverAsync();
        await Button(Card(visit.Page, Calls, Clock), "Snooze").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Until it changes" }).ClickAsync();

        await Expect(Card(visit.Page, Calls, Clock)).ToHaveCountAsync(0);
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = Snoozed() }).First.ClickAsync();
        await Expect(Card(visit.Page, $"{Calls}, snoozed", Clock)).ToBeVisibleAsync();

        await visit.Page.Mouse.MoveAsync(5, 5);
        await stage.HookAsync(Clock, "PostToolUse", new() { ["tool_name"] = "Bash" });
        await Expect(Card(visit.Page, Works, Clock)).ToBeVisibleAsync();
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task A_pin_outlives_a_reload()
    {
        await using var visit = await stage.OpenAsync("/board");
        await stage.HookAsync(Radio, "UserPromptSubmit");
        await Card(visit.Page, Works, Radio).HoverAsync();
        await Button(Card(visit.Page, Works, Radio), "Pin").ClickAsync();
        await Expect(visit.Page.GetByText("Pinned", new() { Exact = true })).ToBeVisibleAsync();

        await visit.Page.ReloadAsync();

        await Expect(Button(Card(visit.Page, Works, Radio), "Pin")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(Lane(visit.Page, Works).GetByRole(AriaRole.Listitem).First).ToContainTextAsync($"Repair the {Radio}");
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task A_card_that_is_pointed_at_stays_until_it_is_left()
    {
        await using var visit = await stage.OpenAsync("/board");
        await stage.HookAsync(Heater, "UserPromptSubmit");
        var card = Card(visit.Page, Works, Heater);
        await card.HoverAsync();
        var before = (await card.BoundingBoxAsync())!;

        await AskAsync(Heater, "make heater");
        await Expect(card).ToContainTextAsync("permission");
        var after = (await card.BoundingBoxAsync())!;
        Assert.Equal((before.X, before.Y), (after.X, after.Y));

        await visit.Page.Mouse.MoveAsync(5, 5);
        await Expect(Card(visit.Page, Calls, Heater)).ToBeVisibleAsync();
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task Keys_move_mark_explain_and_open()
    {
        await using var visit = await stage.OpenAsync("/sessions");
        await Expect(visit.Page.GetByRole(AriaRole.List, new() { Name = "Sessions" })).ToBeVisibleAsync();
        await AskAsync(Fan, "make fan");
        await visit.Page.Keyboard.PressAsync("g");
        await visit.Page.Keyboard.PressAsync("b");
        var card = Card(visit.Page, Calls, Fan);
        var link = card.GetByRole(AriaRole.Link);
        await Expect(card).ToBeVisibleAsync();
        for (var press = 0; press < 6 && !await link.EvaluateAsync<bool>("it => it === document.activeElement"); press++)
        {
            await visit.Page.Keyboard.PressAsync("j");
        }

        await Expect(link).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("m");
        await Expect(Button(card, "Mute")).ToHaveAttributeAsync("aria-pressed", "true");
        await visit.Page.Keyboard.PressAsync("e");
        var evidence = visit.Page.GetByRole(AriaRole.Table, new() { Name = "Evidence" });
        await Expect(evidence.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("hook");
        await Expect(evidence.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("asks: permission");
        await Expect(visit.Page).ToHaveURLAsync(Explained());
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(evidence).ToHaveCountAsync(0);
        await visit.Page.Keyboard.PressAsync("?");
        await Expect(visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" })).ToContainTextAsync("snooze");
        await visit.Page.Keyboard.PressAsync("Escape");

        await link.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"Repair the {Fan}");
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task What_happens_before_the_stream_is_open_is_not_missed()
    {
        await using var visit = await stage.OpenAsync("/board");
        await stage.HookAsync(Bell, "UserPromptSubmit");
        await Expect(Card(visit.Page, Works, Bell)).ToBeVisibleAsync();

        await visit.Page.RouteAsync("**/api/events?*", route => route.AbortAsync());
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "reconnecting" })).ToBeVisibleAsync();
        await AskAsync(Bell, "make bell");
        await visit.Page.UnrouteAllAsync();

        await Expect(Card(visit.Page, Calls, Bell)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_board_that_cannot_be_loaded_says_so_and_tries_again()
    {
        await using var visit = await stage.OpenAsync("/board", prepare: page => page.RouteAsync("**/api/board", route => route.AbortAsync()));
        var again = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" });
        await Expect(again).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Muse does not answer. Is it running?");

        await visit.Page.UnrouteAllAsync();
        await again.ClickAsync();

        await Expect(again).ToHaveCountAsync(0);
    }

    private Task AskAsync(string session, string command) => stage.HookAsync(
        session, "PermissionRequest", new() { ["tool_name"] = "Bash", ["tool_input"] = new JsonObject { ["command"] = command } });

    private static ILocator Button(ILocator card, string action) => card.GetByRole(AriaRole.Button, new() { Name = $"{action}:" });

    [GeneratedRegex(@"^\d+ snoozed$")]
    private static partial Regex Snoozed();

    [GeneratedRegex(@"/board\?explain=s\w+$")]
    private static partial Regex Explained();
}
