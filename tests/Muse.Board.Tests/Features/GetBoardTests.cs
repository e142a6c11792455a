using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Testing;

namespace Muse.Board.Tests.Features;

public sealed class GetBoardTests : IAsyncDisposable
{
    private readonly Live.Board _board = new();

    public ValueTask DisposeAsync() => _board.DisposeAsync();

    [Fact]
    public async Task An_empty_board_has_its_lanes_and_needs_nobody()
    {
        var board = await _board.GetAsync();

        Assert.Equal((0, "needs-you working idle ended"), (board.NeedsYou, string.Join(' ', board.Lanes.Select(l => l.Name))));
        Assert.All(board.Lanes, lane => Assert.Empty(lane.Cards));
    }

    [Fact]
    public async Task Cards_stand_in_the_lane_of_their_state_the_longest_waiting_first()
    {
        await Two(Claim.Asks, "first", 1);
        await _board.WaitAsync(5);
        await Two(Claim.Asks, "second", 2);
        await Two(Claim.Busy, "third", 3);
        await Two(Claim.Idle, "fourth", 4);
        await _board.SeenAsync(5, "fifth");
        await _board.GoneAsync(5);

        var board = await _board.GetAsync();

        Assert.Equal(["first, second", "third", "fourth", "fifth"], board.Lanes.Select(l => string.Join(", ", l.Cards.Select(c => c.NativeId))));
        Assert.Equal(2, board.NeedsYou);
        Assert.Equal(("needs-you", "permission", "registry", "high", "%1", "shop"), board.Lanes[0].Cards[0] switch
        {
            var c => (c.State, c.Reason!, c.Source!, c.Confidence, c.Pane!, c.Project!),
        });
    }

    [Fact]
    public async Task What_is_muted_or_snoozed_calls_for_nobody_and_stands_last()
    {
        await Two(Claim.Asks, "a", 1);
        await Two(Claim.Asks, "b", 2);
        await Two(Claim.Asks, "c", 3);

        await _board.PostAsync($"/api/board/cards/{Live.Board.CardOf("a")}/mute");
        await _board.PostAsync($"/api/board/cards/{Live.Board.CardOf("b")}/snooze");
        var board = await _board.GetAsync();

        Assert.Equal((1, "c, a, b"), (board.NeedsYou, string.Join(", ", board.Lanes[0].Cards.Select(c => c.NativeId))));
    }

    [Fact]
    public async Task A_card_shows_what_its_transcript_says()
    {
        await _board.SeenAsync(1, "s");
        A.Transcript(_board.Muse, "s").Prompt("Mend the lamp").Reply("It shines.", outputTokens: 42);
        await _board.SettleAsync();

        var card = await _board.CardAsync(Live.Board.CardOf("s"));

        Assert.Equal(
            ("Mend the lamp", "It shines.", "reply", "claude-opus-4-5", 152L, 110L, 42L),
            card.Rollup switch { var r => (r!.LastAsk, r.LastAction, r.LastActionKind, r.Model, r.ContextTokens, r.InputTokens, r.OutputTokens) });
        Assert.Equal(("main", "shop", 1), (card.Branch, card.Project, card.Rollup?.Activity[^1]));
    }

    // 3 tokens in at 5 dollars a million, 7 into the cache at 6.25, 100 from it at half a dollar, 42 out at 25: 1158.75.
    [Fact]
    public async Task A_card_shows_what_its_session_costs_and_how_full_its_context_is()
    {
        await _board.SeenAsync(1, "s");
        A.Transcript(_board.Muse, "s").Prompt("Mend the lamp").Reply("It shines.", outputTokens: 42);
        await _board.SettleAsync();

        var card = await _board.CardAsync(Live.Board.CardOf("s"));

        Assert.Equal((1159L, 0L, 152L, 200_000L), card.Rollup switch { var r => (r!.CostMicroUsd, r.UnpricedResponses, r.ContextTokens, r.ContextWindow) });
    }

    [Fact]
    public async Task Hostile_text_is_harmless()
    {
        await _board.SeenAsync(1, "s");
        await _board.SaysAsync(1, Claim.Asks, NeedReason.Permission, detail: "\u001b[31mrm\u202e -rf\u0007\n/");

        Assert.Equal("rm -rf /", (await _board.CardAsync(Live.Board.CardOf("s"))).Detail);
    }

    [Fact]
    public async Task A_hundred_cards_are_read_fast()
    {
        for (var i = 0; i < 100; i++)
        {
            await _board.TellAsync(new ProcessSeen("claude-code", Live.Board.Process(i), null, "/home/ann/shop", $"s{i}", _board.NowMs));
        }

        for (var i = 0; i < 40; i++)
        {
            await _board.GetAsync();
        }

        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 20; i++)
        {
            await _board.GetAsync();
        }

        // The budget is ten on a quiet machine; a busy one gets five times that.
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds / 20, 0, 50);
    }

    private async Task Two(Claim claim, string nativeId, int pid)
    {
        await _board.SeenAsync(pid, nativeId);
        await _board.SaysAsync(pid, claim, claim == Claim.Asks ? NeedReason.Permission : null);
    }
}
