using System.Net;
using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Contracts.Sessions;

namespace Muse.Board.Tests.Features;

/// <summary>Pin, mute, snooze and seen.</summary>
public sealed class MarkTests : IAsyncDisposable
{
    private static readonly string Card = Live.Board.CardOf("s");
    private readonly Live.Board _board = new();

    public ValueTask DisposeAsync() => _board.DisposeAsync();

    [Theory]
    [InlineData("pin")]
    [InlineData("mute")]
    [InlineData("snooze")]
    [InlineData("seen")]
    public async Task An_unknown_card_is_404(string mark) => Assert.Equal(HttpStatusCode.NotFound, await _board.PostAsync($"/api/board/cards/none/{mark}"));

    [Theory]
    [InlineData("pin?on=maybe")]
    [InlineData("mute?on=1")]
    [InlineData("snooze?minutes=0")]
    [InlineData("snooze?minutes=99999")]
    [InlineData("snooze?minutes=soon")]
    [InlineData("snooze?untilChange=false")]
    [InlineData("snooze?on=no")]
    public async Task What_is_not_understood_is_refused(string mark)
    {
        await Asks();

        Assert.Equal(HttpStatusCode.BadRequest, await _board.PostAsync($"/api/board/cards/{Card}/{mark}"));
    }

    [Fact]
    public async Task A_pin_is_put_in_and_taken_out()
    {
        await Asks();

        Assert.Equal(HttpStatusCode.NoContent, await _board.PostAsync($"/api/board/cards/{Card}/pin"));
        Assert.True((await _board.CardAsync(Card)).Marks.Pinned);
        await _board.PostAsync($"/api/board/cards/{Card}/pin?on=false");
        Assert.False((await _board.CardAsync(Card)).Marks.Pinned);
    }

    [Fact]
    public async Task A_snooze_ends_with_its_time()
    {
        await Asks();
        await _board.PostAsync($"/api/board/cards/{Card}/snooze?minutes=10&untilChange=false");

        await _board.WaitAsync(9 * 60);
        Assert.True((await _board.CardAsync(Card)).Marks.Snoozed);
        await _board.WaitAsync(61);
        Assert.False((await _board.CardAsync(Card)).Marks.Snoozed);
    }

    [Fact]
    public async Task A_snooze_ends_with_a_change()
    {
        await Asks();
        await _board.PostAsync($"/api/board/cards/{Card}/snooze");
        await _board.SaysAsync(1, Claim.Asks, NeedReason.Permission);
        Assert.True((await _board.CardAsync(Card)).Marks.Snoozed);

        await _board.SaysAsync(1, Claim.Busy);

        Assert.False((await _board.CardAsync(Card)).Marks.Snoozed);
    }

    [Fact]
    public async Task A_snooze_lasts_through_changes_if_asked_to_and_is_ended_by_hand()
    {
        await Asks();
        await _board.PostAsync($"/api/board/cards/{Card}/snooze?minutes=10&untilChange=false");
        await _board.WaitAsync(1);
        await _board.SaysAsync(1, Claim.Busy);
        Assert.True((await _board.CardAsync(Card)).Marks.Snoozed);

        await _board.PostAsync($"/api/board/cards/{Card}/snooze?on=false");

        Assert.False((await _board.CardAsync(Card)).Marks.Snoozed);
    }

    [Fact]
    public async Task A_restart_wakes_nobody()
    {
        await Asks();
        await _board.PostAsync($"/api/board/cards/{Card}/snooze");

        await _board.Muse.RestartAsync();
        await Asks();

        Assert.Equal(("needs-you", true), await _board.CardAsync(Card) switch { var c => (c.State, c.Marks.Snoozed) });
    }

    [Fact]
    public async Task What_is_done_is_idle_once_it_was_seen()
    {
        await _board.SeenAsync(1, "s");
        await _board.SaysAsync(1, Claim.Busy);
        await _board.WaitAsync(5);
        await _board.SaysAsync(1, Claim.Idle);
        Assert.Equal("working", (await _board.CardAsync(Card)).State);
        await _board.WaitAsync(2);
        Assert.Equal(("done", true), await _board.CardAsync(Card) switch { var c => (c.State, c.Marks.Unseen) });

        await _board.PostAsync($"/api/board/cards/{Card}/seen");

        Assert.Equal(("idle", false), await _board.CardAsync(Card) switch { var c => (c.State, c.Marks.Unseen) });
    }

    [Fact]
    public async Task What_was_read_as_a_session_is_seen_as_a_card()
    {
        await _board.SeenAsync(1, "s");
        await _board.SaysAsync(1, Claim.Busy);
        await _board.WaitAsync(5);
        await _board.SaysAsync(1, Claim.Idle);
        await _board.WaitAsync(2);
        Assert.Equal("done", (await _board.CardAsync(Card)).State);

        await _board.Muse.RecordedAsync(new SessionCurated(Card, 1, null, false, false, false, _board.NowMs), new SessionCurated("no card", 1, null, false, false, false, 1));
        await _board.SettleAsync();

        Assert.Equal(("idle", false), await _board.CardAsync(Card) switch { var c => (c.State, c.Marks.Unseen) });
    }

    [Fact]
    public async Task Marks_outlive_the_card()
    {
        await _board.SeenAsync(1, "s");
        await _board.PostAsync($"/api/board/cards/{Card}/pin");
        await _board.GoneAsync(1);
        await _board.WaitAsync(26 * 3600);
        Assert.DoesNotContain((await _board.GetAsync()).Lanes, lane => lane.Cards.Count > 0);

        await _board.SeenAsync(2, "s");

        Assert.True((await _board.CardAsync(Card)).Marks.Pinned);
    }

    private async Task Asks()
    {
        await _board.SeenAsync(1, "s");
        await _board.SaysAsync(1, Claim.Asks, NeedReason.Permission);
    }
}
