using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Board.Persistence;
using Muse.BuildingBlocks.Journal;
using Muse.Contracts.Board;

namespace Muse.Board.Tests.Live;

public sealed class BoardWatchTests : IAsyncDisposable
{
    private static readonly string Card = Board.CardOf("s");
    private readonly Board _board = new();

    public ValueTask DisposeAsync() => _board.DisposeAsync();

    [Fact]
    public async Task What_changes_nothing_writes_nothing()
    {
        await _board.SeenAsync(1, "s");
        await _board.SaysAsync(1, Claim.Busy);
        var written = _board.Work("board.rowsWritten");

        for (var i = 0; i < 20; i++)
        {
            await _board.WaitAsync(1);
            await _board.SeenAsync(1, "s");
            await _board.SaysAsync(1, Claim.Busy);
            await _board.SaysAsync(1, Claim.Alive, source: EvidenceSource.Output);
        }

        Assert.True(written > 0);
        Assert.Equal(written, _board.Work("board.rowsWritten"));
    }

    [Fact]
    public async Task A_restart_claims_nothing_until_somebody_says_something()
    {
        await _board.SeenAsync(1, "s");
        await _board.SaysAsync(1, Claim.Busy);
        var since = (await _board.CardAsync(Card)).SinceMs;

        await _board.Muse.RestartAsync();
        await _board.WaitAsync(5);

        var explained = await _board.ExplainAsync(Card);
        Assert.Equal(("unknown", "low"), (explained.Card.State, explained.Card.Confidence));
        Assert.Contains(explained.Explain, e => e is { Source: "registry", Claim: "busy", Fresh: false });
        await _board.SeenAsync(1, "s");
        await _board.SaysAsync(1, Claim.Busy);
        Assert.Equal(("working", since), await _board.CardAsync(Card) switch { var c => (c.State, c.SinceMs) });
    }

    [Fact]
    public async Task What_ended_while_nobody_looked_has_ended_once_all_processes_are_told_of()
    {
        await _board.SeenAsync(1, "s");
        await _board.SaysAsync(1, Claim.Busy);
        await _board.SeenAsync(2, "t", pane: "%2");
        await _board.Muse.RestartAsync();
        await _board.WaitAsync(5);
        await _board.SeenAsync(2, "t", pane: "%2");

        await _board.TellAsync(new ProcessesListed(_board.NowMs));

        Assert.Equal(("ended", "Its process ended while Muse did not run."), await _board.CardAsync(Card) switch { var c => (c.State, c.Detail) });
        Assert.NotEqual("ended", (await _board.CardAsync(Board.CardOf("t"))).State);
        await _board.WaitAsync(1);
        await _board.SeenAsync(1, "s");
        await _board.SaysAsync(1, Claim.Busy);
        Assert.Equal("working", (await _board.CardAsync(Card)).State);
    }

    [Fact]
    public async Task What_ended_has_ended_after_a_restart_too()
    {
        await _board.SeenAsync(1, "s");
        await _board.GoneAsync(1);

        await _board.Muse.RestartAsync();
        await _board.SettleAsync();
        await _board.PostAsync($"/api/board/cards/{Card}/pin");

        Assert.Equal("ended", (await _board.CardAsync(Card)).State);
    }

    [Fact]
    public async Task A_process_that_clears_its_session_takes_pane_and_registry_along()
    {
        await _board.SeenAsync(1, "s");
        await _board.SaysAsync(1, Claim.Busy);

        await _board.SeenAsync(1, "t");

        Assert.Equal(("ended", null), await _board.CardAsync(Card) switch { var c => (c.State, c.Pane) });
        Assert.Equal(("working", "%1"), await _board.CardAsync(Board.CardOf("t")) switch { var c => (c.State, c.Pane) });
    }

    [Fact]
    public async Task A_session_that_is_resumed_is_back()
    {
        await _board.SeenAsync(1, "s");
        await _board.SaysAsync(1, Claim.Busy);
        await _board.GoneAsync(1);
        await _board.WaitAsync(60);

        await _board.SeenAsync(2, "s", pane: "%2");
        await _board.SaysAsync(2, Claim.Idle);

        Assert.Equal(("idle", "%2", 2), await _board.CardAsync(Card) switch { var c => (c.State, c.Pane, c.Pid) });
    }

    [Fact]
    public async Task A_process_without_a_session_has_a_card_and_hands_its_marks_on()
    {
        await _board.SeenAsync(1, null);
        var provisional = Assert.Single((await _board.GetAsync()).Lanes.SelectMany(l => l.Cards)).Id;
        await _board.PostAsync($"/api/board/cards/{provisional}/pin");

        await _board.SeenAsync(1, "s");

        var card = Assert.Single((await _board.GetAsync()).Lanes.SelectMany(l => l.Cards));
        Assert.Equal((Card, true), (card.Id, card.Marks.Pinned));
    }

    [Fact]
    public async Task A_card_may_come_and_give_way_in_one_round()
    {
        // Of a hundred pairs told at once, most are taken in one round.
        await _board.TellAsync([.. Enumerable.Range(1, 100).SelectMany(pid => (string?[])[null, $"s{pid}"], (pid, native) =>
            new ProcessSeen("claude-code", Board.Process(pid), null, "/home/ann/shop", native, _board.NowMs))]);

        Assert.Equal(100, (await _board.GetAsync()).Lanes.SelectMany(l => l.Cards).Count(c => c.SessionId is not null));
    }

    [Fact]
    public async Task Time_alone_makes_old_evidence_worthless()
    {
        await _board.TellAsync(new SessionSays(
            "codex", "s", null, new EvidenceItem(EvidenceSource.Hook, Claim.Busy, null, null, _board.NowMs, _board.NowMs + 60_000), _board.NowMs, MakesCard: true));
        Assert.Equal("working", (await _board.CardAsync(Board.CardOf("s", "codex"))).State);

        await _board.WaitAsync(61);

        Assert.Equal("unknown", (await _board.CardAsync(Board.CardOf("s", "codex"))).State);
    }

    [Fact]
    public async Task A_lasting_disagreement_is_noticed_once()
    {
        await _board.SeenAsync(1, "s");
        await _board.SaysAsync(1, Claim.Busy);
        await _board.WaitAsync(5);
        await _board.SaysAsync(1, Claim.Idle, source: EvidenceSource.Screen);
        Assert.Equal(0, _board.Work("board.disagreements"));

        await _board.WaitAsync(3.1);
        await _board.WaitAsync(30);

        Assert.Equal(1, _board.Work("board.disagreements"));
        Assert.NotNull((await _board.ExplainAsync(Card)).DisagreeSinceMs);
    }

    [Fact]
    public async Task Every_change_is_a_fact_of_its_own()
    {
        await _board.SeenAsync(1, "s");
        await _board.SaysAsync(1, Claim.Busy);
        await _board.SaysAsync(1, Claim.Busy);

        var facts = _board.Muse.Services.GetRequiredService<FactJournal>().ReadAfter(
            _board.Muse.Services.GetRequiredService<BuildingBlocks.Persistence.MuseDatabase>(), 0, 100).Select(f => f.Fact).OfType<CardChanged>();

        Assert.Equal(["1 unknown", "2 working"], facts.Select(f => $"{f.Revision} {f.State}"));
    }

    [Fact]
    public async Task Cards_that_ended_a_day_ago_leave_the_board_and_later_the_table()
    {
        await _board.SeenAsync(1, "s");
        await _board.GoneAsync(1);

        await _board.WaitAsync(25 * 3600);

        Assert.Empty((await _board.GetAsync()).Lanes.SelectMany(l => l.Cards));
        await using var scope = _board.Muse.Services.CreateAsyncScope();
        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<BoardDbContext>().Cards.CountAsync(c => c.Removed));
    }
}
