using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Muse.EndToEnd.Browser;

public sealed partial class JournalTests(ShippingStage stage) : IClassFixture<ShippingStage>
{
    /// <summary>UTC; the day on which the sessions of the stage worked, or most of them.</summary>
    private DateTimeOffset Worked => DateTimeOffset.FromUnixTimeMilliseconds(stage.StartMs).AddHours(1);

    private string Day => $"{Worked:yyyy-MM-dd}";

    [Theory]
    [InlineData(Screen.Desktop, "light")]
    [InlineData(Screen.Desktop, "dark")]
    [InlineData(Screen.Phone, "light")]
    [InlineData(Screen.Phone, "dark")]
    public async Task A_day_has_nothing_that_axe_finds_and_names_its_zone(Screen screen, string theme)
    {
        await using var visit = await stage.OpenAsync("/sessions", screen, bypassPolicy: true);
        var page = visit.Page;
        await stage.ReadAsync();
        await page.GotoAsync($"/journal?day={Day}&zone=UTC");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("UTC");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "What happened" })).ToContainTextAsync("Widen the beam");
        await Axe.AssertCleanAsync(visit, theme);
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth"), "The page scrolls sideways.");
        await SaveAsync(page, $"journal-{screen}-{theme}");
    }

    [Fact]
    public async Task The_days_are_gone_through_by_button_and_by_key_and_an_empty_one_leads_on()
    {
        await using var visit = await stage.OpenAsync("/sessions");
        var page = visit.Page;
        await stage.ReadAsync();
        await page.GotoAsync($"/journal?day={Worked.AddDays(-3):yyyy-MM-dd}&zone=UTC");
        await Expect(page.GetByText("Nothing happened on this day")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page).ToHaveURLAsync(Address(Worked.AddDays(-2)));
        await page.GetByRole(AriaRole.Button, new() { Name = "The day before" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(Address(Worked.AddDays(-3)));
        await page.GetByText("The nearest days").GetByRole(AriaRole.Link).ClickAsync();

        await Expect(page.GetByText("Widen the beam").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("t");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "The day after" })).ToBeDisabledAsync();
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task What_was_asked_opens_where_it_was_asked()
    {
        await using var visit = await stage.OpenAsync("/sessions");
        var page = visit.Page;
        await stage.ReadAsync();
        await page.GotoAsync($"/journal?day={Day}&zone=UTC");

        await page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Asked" }).GetByRole(AriaRole.Link).First.ClickAsync();

        await Expect(page).ToHaveURLAsync(ItemOfASession());
        await Expect(visit.Feed).ToContainTextAsync("Work on");
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task On_paper_there_is_the_day_alone()
    {
        await using var visit = await stage.OpenAsync("/sessions");
        var page = visit.Page;
        await stage.ReadAsync();
        await page.GotoAsync($"/journal?day={Day}&zone=UTC");
        await Expect(page.GetByText("Widen the beam").First).ToBeVisibleAsync();

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Places" })).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Search, new() { Name = "Day" })).ToBeHiddenAsync();
        await Expect(page.GetByText("Widen the beam").First).ToBeVisibleAsync();
        if (Environment.GetEnvironmentVariable("MUSE_PICTURES") is { Length: > 0 } folder)
        {
            await page.PdfAsync(new() { Path = Path.Combine(folder, "journal.pdf"), Format = "A4" });
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "journal-paper.png"), FullPage = true });
        }
    }

    [Fact]
    public async Task The_rail_and_the_command_box_lead_to_today()
    {
        await using var visit = await stage.OpenAsync("/sessions");
        var page = visit.Page;

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Places" }).GetByRole(AriaRole.Link, new() { Name = "Journal" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(Today());
        await page.GotoAsync("/sessions");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = GoToAnything() }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { NameRegex = AnyPage() }).FillAsync("journal");
        await page.GetByRole(AriaRole.Option, new() { NameRegex = JournalPage() }).ClickAsync();

        await Expect(page).ToHaveURLAsync(Today());
        visit.AssertNoComplaint();
    }

    /// <summary>A zone that is the browser's own is left out.</summary>
    private static Regex Address(DateTimeOffset day) => new($@"/journal\?day={day:yyyy-MM-dd}(&zone=UTC)?$", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static async Task SaveAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("MUSE_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
        }
    }

    [GeneratedRegex(@"/sessions/s[a-z2-7]{16}\?focus=\d+&unfold=1")]
    private static partial Regex ItemOfASession();

    [GeneratedRegex("/journal$")]
    private static partial Regex Today();

    [GeneratedRegex("^Go to anything")]
    private static partial Regex GoToAnything();

    [GeneratedRegex("^Session, page")]
    private static partial Regex AnyPage();

    [GeneratedRegex("^Journal")]
    private static partial Regex JournalPage();
}
