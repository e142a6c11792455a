using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace Muse.EndToEnd.Browser;

public sealed class ScrollTests(LongStage stage) : IClassFixture<LongStage>
{
    /// <summary>In pixels: what rounding may move an item by.</summary>
    private const double Slack = 3;

    /// <summary>
    /// Scrolls by most of a screen, again and again, until the item asked for is in view. After each step the first item
    /// that is wholly in view is held to its place for as long as pages arrive and some frames more.
    /// </summary>
    private const string Walk =
        """
        async ([direction, last, slack]) => {
          const feed = document.querySelector('[role=feed]');
          const frame = () => new Promise(done => requestAnimationFrame(done));
          const topOf = id => feed.querySelector(`[data-item="${id}"]`)?.getBoundingClientRect().top;
          const seen = new Set(), jumps = [];
          let pages = 0, steps = 0;
          const began = performance.now();
          const look = () => {
            const fold = feed.getBoundingClientRect();
            const drawn = [...feed.querySelectorAll('[data-item]')].filter(item => {
              const at = item.getBoundingClientRect();
              return at.bottom > fold.top && at.top < fold.bottom;
            });
            for (const item of drawn) seen.add(item.dataset.item);
            return drawn.map(item => item.dataset.item).find(id => topOf(id) >= fold.top);
          };
          look();
          while (!seen.has(String(last)) && performance.now() - began < 400000) {
            steps += 1;
            feed.scrollTop += direction * feed.clientHeight * 0.9;
            await frame(); await frame();
            const held = look();
            const top = topOf(held);
            let worst = 0, busy = false;
            for (let left = 1; left > 0; left -= 1) {
              await frame();
              if (feed.ariaBusy === 'true') { busy = true; left = 3; }
              const now = topOf(held);
              worst = Math.max(worst, now === undefined ? Infinity : Math.abs(now - top));
            }
            if (busy) pages += 1;
            if (worst > slack) jumps.push({ held, moved: worst === Infinity ? 'away' : worst, step: steps, busy });
          }
          return { seen: seen.size, pages, steps, tookMs: Math.round(performance.now() - began), jumps,
            missing: Array.from({ length: 10000 }, (_, n) => String(n)).filter(n => !seen.has(n)).slice(0, 20) };
        }
        """;

    [Fact]
    public async Task Ten_thousand_items_are_read_downwards_without_a_jump()
    {
        await using var visit = await stage.OpenAsync(Address());
        await Expect(visit.Item(0)).ToBeInViewportAsync();

        AssertSteady(await visit.Page.EvaluateAsync<JsonElement>(Walk, new object[] { 1, LongStage.Items - 1, Slack }));
        visit.AssertNoComplaint();
    }

    [Fact]
    public async Task Ten_thousand_items_are_read_upwards_without_a_jump()
    {
        await using var visit = await stage.OpenAsync($"{Address()}?focus={LongStage.Items - 1}");
        await Expect(visit.Item(LongStage.Items - 1)).ToBeInViewportAsync();

        AssertSteady(await visit.Page.EvaluateAsync<JsonElement>(Walk, new object[] { -1, 0, Slack }));
        visit.AssertNoComplaint();
    }

    private static void AssertSteady(JsonElement walk)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(walk.ToString());
        Assert.Equal(LongStage.Items, walk.GetProperty("seen").GetInt32());
        Assert.Equal("[]", walk.GetProperty("jumps").ToString());
        // Else nothing was put before or after what was on the screen, and nothing was tested.
        Assert.True(walk.GetProperty("pages").GetInt32() > 10, $"Pages arrived after {walk.GetProperty("pages")} steps only.");
    }

    private static string Address() => $"/sessions/{Stage.SessionId(LongStage.Session)}";
}
