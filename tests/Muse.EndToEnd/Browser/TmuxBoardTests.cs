using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;
using static Muse.EndToEnd.Browser.TmuxStage;

namespace Muse.EndToEnd.Browser;

/// <summary>What a person does from the board reaches a program in a real terminal, and comes back.</summary>
public sealed partial class TmuxBoardTests(TmuxStage stage) : IClassFixture<TmuxStage>
{
    private const string Calls = "Needs you";
    private const string Idle = "Idle";

    /// <summary>Writes down each step that is shown, however short.</summary>
    private const string Steps =
        """
        () => {
          window.steps = new Set();
          const look = () => document.querySelectorAll('[data-delivery]').forEach(it => it.textContent.includes('tune it') && window.steps.add(it.dataset.state));
          new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
        }
        """;

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_permission_is_answered_on_its_card_and_the_card_moves(Screen screen)
    {
        var project = $"oven-{screen}";
        await using var visit = await stage.OpenAsync("/board", screen);
        await stage.StartAsync(project, "allow make oven");
        var card = Card(visit.Page, Calls, project);
        var yes = card.GetByRole(AriaRole.Button, new() { Name = "1 Yes", Exact = true });
        await Expect(yes).ToBeVisibleAsync();
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "2 Yes, and always allow this in the project" })).ToBeVisibleAsync();

        if (screen == Screen.Phone)
        {
            Assert.True((await yes.BoundingBoxAsync())!.Height >= 40, "A thumb does not reach it.");
            await Expect(card.GetByText("make oven", new() { Exact = true })).ToBeVisibleAsync();
            await yes.TapAsync();
        }
        else
        {
            await card.Locator("[data-open]").FocusAsync();
            await visit.Page.Keyboard.PressAsync("1");
            await visit.Page.GetByRole(AriaRole.Region, new() { Name = "Lanes" }).FocusAsync();
        }

        await visit.Page.Mouse.MoveAsync(5, 5);
        await Expect(Card(visit.Page, Idle, project)).ToBeVisibleAsync();
        await Expect(card).ToHaveCountAsync(0);
        Assert.False(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"), "The page scrolls sideways.");
        visit.AssertNoComplaint();
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_reply_is_drafted_by_hand_outlives_a_reload_is_queued_and_delivered(Screen screen)
    {
        var project = $"radio-{screen}";
        await using var visit = await stage.OpenAsync("/board", screen);
        await stage.StartAsync(project);
        // For a moment the card of the process still stands beside that of its session.
        await Expect(Card(visit.Page, Idle, project)).ToHaveCountAsync(1);
        await Expect(Card(visit.Page, Idle, project).GetByRole(AriaRole.Link)).ToBeVisibleAsync();

        var box = await WriteAsync(visit.Page, Card(visit.Page, Idle, project), screen);
        await box.PressSequentiallyAsync("tune it");
        await visit.Page.ReloadAsync();
        await Expect(Card(visit.Page, Idle, project).Or(visit.Page.GetByRole(AriaRole.Dialog)).First).ToBeVisibleAsync();
        box = screen == Screen.Phone ? Box(visit.Page) : await WriteAsync(visit.Page, Card(visit.Page, Idle, project), screen);
        await Expect(box).ToHaveValueAsync("tune it");
        await visit.Page.EvaluateAsync(Steps);
        await box.PressAsync("Control+Enter");
        await Expect(Sent(visit.Page, project, screen, "tune it")).ToContainTextAsync("taken");
        Assert.Contains("queued", await visit.Page.EvaluateAsync<string[]>("() => [...window.steps]"));
        visit.AssertNoComplaint();
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task What_is_written_to_a_process_goes_on_to_its_session_once_that_is_known(Screen screen)
    {
        var project = $"moss-{screen}";
        await File.WriteAllTextAsync(Path.Combine(stage.Project(project), "name-later"), "", TestContext.Current.CancellationToken);
        await using var visit = await stage.OpenAsync("/board", screen);
        var started = stage.StartAsync(project);
        var card = visit.Page.Locator("[data-card]").Filter(new() { HasText = project });
        await Expect(card).ToHaveCountAsync(1);
        var process = await card.GetAttributeAsync("data-card");
        var box = await WriteAsync(visit.Page, card, screen);
        await box.PressSequentiallyAsync("water it");

        File.Delete(Path.Combine(stage.Project(project), "name-later"));

        await Expect(visit.Page.Locator($"[data-card={process}]")).ToHaveCountAsync(0);
        await Expect(Box(visit.Page)).ToHaveValueAsync("water it");
        await Expect(Box(visit.Page)).ToBeFocusedAsync();
        Assert.NotEqual(process, await card.GetAttributeAsync("data-card"));
        await started;
        visit.AssertNoComplaint();
    }

    [Theory]
    [InlineData(Screen.Desktop, "dark")]
    [InlineData(Screen.Phone, "light")]
    public async Task A_cards_panel_shows_its_terminal_and_what_it_asks_and_has_nothing_that_axe_finds(Screen screen, string theme)
    {
        var project = $"fan-{screen}";
        await using var visit = await stage.OpenAsync("/board", screen, bypassPolicy: true);
        await stage.StartAsync(project, "allow make wind");
        var card = Card(visit.Page, Calls, project);
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "3 No" })).ToBeVisibleAsync();
        await Axe.AssertCleanAsync(visit, theme);

        await card.Locator("[data-open]").FocusAsync();
        await visit.Page.Keyboard.PressAsync("p");
        await Expect(visit.Page).ToHaveURLAsync(Panel());
        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Terminal" })).ToContainTextAsync("Do you want to proceed?");
        await Axe.AssertCleanAsync(visit, theme);

        await visit.Page.Keyboard.PressAsync("3");
        await Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Terminal" })).ToContainTextAsync("● Not run.");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(Card(visit.Page, Idle, project)).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task An_agent_is_started_from_the_board_with_its_first_prompt(Screen screen)
    {
        var project = $"lamp-{screen}";
        var folder = stage.Project(project);
        await using var visit = await stage.OpenAsync("/board", screen, bypassPolicy: true);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "New agent" }).ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "New agent" });
        await dialog.GetByLabel("Folder").FillAsync("/no/such/folder");
        await dialog.GetByLabel("First prompt").FillAsync("light it");
        await Axe.AssertCleanAsync(visit, "light");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no folder '/no/such/folder'.");

        await dialog.GetByLabel("Folder").FillAsync(folder);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        var card = visit.Page.Locator("[data-card]").Filter(new() { HasText = project });
        await Expect(card).ToHaveCountAsync(1);
        await Expect(card.Locator("[data-delivery]")).ToContainTextAsync("taken");
    }

    [Fact]
    public async Task What_its_own_runtime_is_told_is_not_handed_on_to_agents()
    {
        await stage.StartAsync("shelf");

        var handedOn = stage.Tmux("show-environment", "-g");

        Assert.Contains("PATH=", handedOn, StringComparison.Ordinal);
        Assert.DoesNotContain("DOTNET_GCgen0size", handedOn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_past_session_is_resumed_from_its_page_and_not_twice()
    {
        await using var visit = await stage.OpenAsync($"/sessions/{Stage.SessionId(Past)}");
        var resume = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Resume in tmux" });
        await resume.ClickAsync();
        await Expect(visit.Page.GetByText("Resumed in tmux, muse:")).ToBeVisibleAsync();

        await visit.Page.GotoAsync("/board");
        await Expect(Card(visit.Page, Idle, "attic")).ToContainTextAsync("Sweep the attic");
        await visit.Page.GoBackAsync();
        await resume.ClickAsync();

        await Expect(visit.Page.GetByText("The session runs already, in the tmux pane muse:")).ToBeVisibleAsync();
    }

    private static ILocator Box(IPage page) => page.GetByRole(AriaRole.Textbox, new() { Name = "Reply" });

    private static ILocator Sent(IPage page, string project, Screen screen, string text) =>
        (screen == Screen.Phone ? page.GetByRole(AriaRole.Dialog) : page.Locator("[data-card]").Filter(new() { HasText = project }))
        .Locator("[data-delivery]").Filter(new() { HasText = text });

    private static async Task<ILocator> WriteAsync(IPage page, ILocator card, Screen screen)
    {
        if (screen == Screen.Phone)
        {
            await card.GetByRole(AriaRole.Button, new() { Name = "Reply:" }).TapAsync();
        }
        else
        {
            await card.Locator("[data-open]").FocusAsync();
            await page.Keyboard.PressAsync("r");
        }

        await Expect(Box(page)).ToBeFocusedAsync();
        return Box(page);
    }

    [GeneratedRegex(@"/board\?card=s\w+$")]
    private static partial Regex Panel();
}
