using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Muse.EndToEnd.Browser;

/// <summary>An address that names an item shows it, and goes on showing it.</summary>
public sealed partial class LinkTests(LongStage stage) : IClassFixture<LongStage>
{
    private const int Prompt = 5000;

    /// <summary>A tool call, which a phone leaves out unless it is asked for.</summary>
    private const int Call = 5002;

    /// <summary>Looks at an item in every frame for some time; says in how many it was out of view.</summary>
    private const string Watch =
        """
        async ([id, forMs]) => {
          const feed = document.querySelector('[role=feed]');
          const began = performance.now();
          let frames = 0, away = 0;
          while (performance.now() - began < forMs) {
            await new Promise(done => requestAnimationFrame(done));
            const item = feed.querySelector(`[data-item="${id}"]`)?.getBoundingClientRect();
            const fold = feed.getBoundingClientRect();
            frames += 1;
            if (item === undefined || item.bottom <= fold.top || item.top >= fold.bottom) away += 1;
          }
          return { frames, away };
        }
        """;

    [Theory]
    [InlineData(Screen.Desktop, 0)]
    [InlineData(Screen.Desktop, 100)]
    [InlineData(Screen.Desktop, Prompt)]
    [InlineData(Screen.Desktop, Call)]
    [InlineData(Screen.Desktop, LongStage.Items - 1)]
    [InlineData(Screen.Phone, 0)]
    [InlineData(Screen.Phone, 103)]
    [InlineData(Screen.Phone, Prompt)]
    [InlineData(Screen.Phone, Call)]
    [InlineData(Screen.Phone, LongStage.Items - 1)]
    public async Task A_link_to_an_item_opens_with_it_in_view(Screen screen, int ordinal)
    {
        await using var visit = await stage.OpenAsync(Address($"?focus={ordinal}"), screen);

        await Expect(visit.Item(ordinal)).ToBeInViewportAsync();
        await AssertStaysAsync(visit, ordinal);
        await Expect(visit.Item(ordinal)).ToHaveAttributeAsync("data-active", "true");
        visit.AssertNoComplaint();
    }

    [Theory]
    [InlineData(Screen.Desktop, 301)]
    [InlineData(Screen.Phone, 302)]
    public async Task A_link_into_a_subagent_opens_with_the_item_in_view(Screen screen, int ordinal)
    {
        await using var visit = await stage.OpenAsync(Address($"?agent={LongStage.Agent}&focus={ordinal}"), screen);

        await Expect(visit.Item(ordinal)).ToBeInViewportAsync();
        await AssertStaysAsync(visit, ordinal);
        await Expect(visit.Page.GetByText("Subagent a1")).ToBeVisibleAsync();
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task A_linked_item_stays_in_view_while_pages_arrive_around_it()
    {
        await using var visit = await OpenSmallAsync($"?focus={Prompt}", out var pages);

        await Expect(visit.Item(Prompt)).ToBeInViewportAsync();
        await Expect(visit.Feed).ToHaveAttributeAsync("aria-busy", "true");
        pages.SetResult();
        await Expect(visit.Feed).ToHaveAttributeAsync("aria-busy", "false");
        await AssertStaysAsync(visit, Prompt);
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task A_linked_item_is_let_go_when_the_reader_scrolls()
    {
        await using var visit = await OpenSmallAsync($"?focus={Prompt}", out var pages);
        await Expect(visit.Item(Prompt)).ToBeInViewportAsync();
        await Expect(visit.Feed).ToHaveAttributeAsync("aria-busy", "true");

        await visit.Feed.HoverAsync();
        await visit.Page.Mouse.WheelAsync(0, -600);
        await Expect(visit.Item(Prompt)).Not.ToBeInViewportAsync();
        pages.SetResult();
        await Expect(visit.Feed).ToHaveAttributeAsync("aria-busy", "false");

        var watched = await WatchAsync(visit, Prompt);
        Assert.Equal(watched.Frames, watched.Away);
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task Find_shows_an_item_far_away_and_lets_the_reader_go_on_typing()
    {
        await using var visit = await stage.OpenAsync(Address());
        await Expect(visit.Item(0)).ToBeInViewportAsync();
        var field = visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find in this session" });

        await visit.Page.Keyboard.PressAsync("f");
        await field.FillAsync("Turn 1777 is");

        await Expect(visit.Item(7111)).ToBeInViewportAsync();
        await AssertStaysAsync(visit, 7111);
        await Expect(field).ToBeFocusedAsync();
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task An_item_picked_in_the_outline_is_in_view_again_after_going_back()
    {
        await using var visit = await stage.OpenAsync(Address($"?focus={Prompt}"));
        await Expect(visit.Item(Prompt)).ToBeInViewportAsync();

        await visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Outline" }).GetByRole(AriaRole.Button, new() { Name = "Turn 1255" }).ClickAsync();
        await Expect(visit.Item(5020)).ToBeFocusedAsync();
        await Expect(visit.Page).ToHaveURLAsync(PickedAddress());
        await visit.Page.GotoAsync("/sessions");
        await Expect(visit.Page.GetByRole(AriaRole.List, new() { Name = "Sessions" })).ToBeVisibleAsync();
        await visit.Page.GoBackAsync();

        await Expect(visit.Item(5020)).ToBeInViewportAsync();
        await AssertStaysAsync(visit, 5020);
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task Another_level_of_detail_opens_where_the_reader_was()
    {
        await using var visit = await stage.OpenAsync(Address($"?focus={Call}"));
        await Expect(visit.Item(Call)).ToBeInViewportAsync();

        await visit.Page.GetByLabel("Level of detail").SelectOptionAsync("talk");

        await Expect(visit.Item(Call)).ToHaveCountAsync(0);
        await Expect(visit.Item(Call + 1)).ToBeInViewportAsync();
        await AssertStaysAsync(visit, Call + 1);
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task A_link_to_an_item_that_is_gone_offers_the_beginning()
    {
        await using var visit = await stage.OpenAsync(Address($"?focus={LongStage.Items}"));

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Open from the beginning" }).ClickAsync();

        await Expect(visit.Item(0)).ToBeInViewportAsync();
        await Expect(visit.Page).Not.ToHaveURLAsync(AnyFocus());
    }

    private static string Address(string query = "") => $"/sessions/{Stage.SessionId(LongStage.Session)}{query}";

    private static async Task<(int Frames, int Away)> WatchAsync(Visit visit, int ordinal)
    {
        var watched = await visit.Page.EvaluateAsync<JsonElement>(Watch, new object[] { ordinal, 2000 });
        return (watched.GetProperty("frames").GetInt32(), watched.GetProperty("away").GetInt32());
    }

    private static async Task AssertStaysAsync(Visit visit, int ordinal)
    {
        var watched = await WatchAsync(visit, ordinal);
        Assert.True(watched.Frames > 10, $"Only {watched.Frames} frames were drawn.");
        Assert.Equal(0, watched.Away);
    }

    /// <summary>A window so small that pages before and after it are wanted at once; they come when the test says so.</summary>
    private Task<Visit> OpenSmallAsync(string query, out TaskCompletionSource pages)
    {
        var gate = pages = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return stage.OpenAsync(Address(query), prepare: page => page.RouteAsync(WindowRequest(), async route =>
        {
            var address = route.Request.Url;
            if (address.Contains("before=", StringComparison.Ordinal) || address.Contains("after=", StringComparison.Ordinal))
            {
                await gate.Task;
            }

            await route.ContinueAsync(new() { Url = address.Replace("limit=200", "limit=40", StringComparison.Ordinal) });
        }));
    }

    [GeneratedRegex(@"/api/sessions/\w+\?limit=200")]
    private static partial Regex WindowRequest();

    [GeneratedRegex("focus=5020")]
    private static partial Regex PickedAddress();

    [GeneratedRegex("focus=")]
    private static partial Regex AnyFocus();
}
