using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Testing;

namespace Muse.Board.Tests.Features;

public sealed class StreamBoardTests : IAsyncDisposable
{
    private readonly Live.Board _board = new();

    public ValueTask DisposeAsync() => _board.DisposeAsync();

    [Theory]
    [InlineData("/api/board/stream")]
    [InlineData("/api/events?topics=board")]
    public async Task A_change_is_told_with_its_journal_number(string address)
    {
        await _board.SeenAsync(1, "s");
        using var stream = await _board.Muse.ListenAsync(address);
        var hello = await stream.NextAsync();

        await _board.SaysAsync(1, Claim.Asks, NeedReason.Plan);

        var card = await stream.NextAsync("card");
        Assert.Equal("fresh", hello.Data.GetProperty("verdict").GetString());
        Assert.Equal(("needs-you", "plan"), (card.Data.GetProperty("state").GetString(), card.Data.GetProperty("reason").GetString()));
        Assert.True(long.Parse(card.Id, null) > long.Parse(hello.Id, null));
    }

    [Theory]
    [InlineData("/api/board/stream")]
    [InlineData("/api/events?topics=board,sessions")]
    public async Task Who_comes_back_after_a_restart_hears_what_changed(string address)
    {
        await _board.SeenAsync(1, "s");
        using var first = await _board.Muse.ListenAsync(address);
        var seen = (await first.NextAsync()).Id;
        first.Dispose();
        await _board.SaysAsync(1, Claim.Asks, NeedReason.Plan);

        await _board.Muse.RestartAsync();
        await _board.SettleAsync();
        using var second = await _board.Muse.ListenAsync(address, seen);

        Assert.Equal("resumed", (await second.NextAsync()).Data.GetProperty("verdict").GetString());
        var card = (await second.NextAsync("card")).Data;
        Assert.Equal(("unknown", "s"), (card.GetProperty("state").GetString(), card.GetProperty("nativeId").GetString()));
    }

    [Theory]
    [InlineData("99999")]
    [InlineData("nonsense")]
    [InlineData("-1")]
    public async Task A_number_from_elsewhere_is_a_gap(string id)
    {
        using var stream = await _board.Muse.ListenAsync("/api/board/stream", id);

        Assert.Equal("gap", (await stream.NextAsync()).Data.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_card_that_gives_way_to_its_sessions_is_told_as_gone_before_that_one_comes()
    {
        await _board.SeenAsync(1, null);
        var provisional = Assert.Single((await _board.GetAsync()).Lanes.SelectMany(l => l.Cards)).Id;
        using var stream = await _board.Muse.ListenAsync("/api/board/stream");
        var seen = (await stream.NextAsync()).Id;

        await _board.SeenAsync(1, "s");

        var gone = (await stream.NextAsync("gone")).Data;
        Assert.Equal((provisional, Live.Board.CardOf("s")), (gone.GetProperty("id").GetString(), gone.GetProperty("replacedBy").GetString()));
        Assert.Equal(Live.Board.CardOf("s"), (await stream.NextAsync("card")).Data.GetProperty("id").GetString());
        using var again = await _board.Muse.ListenAsync("/api/board/stream", seen);
        Assert.Equal(provisional, (await again.NextAsync("gone")).Data.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Figures_are_told_without_a_number_of_their_own()
    {
        await _board.SeenAsync(1, "s");
        using var stream = await _board.Muse.ListenAsync("/api/board/stream");
        await stream.NextAsync();

        A.Transcript(_board.Muse, "s").Prompt("Mend the lamp");
        await _board.SettleAsync();
        await _board.WaitAsync(1);

        var card = await stream.NextAsync("card");
        while (card.Data.GetProperty("rollup").ValueKind == System.Text.Json.JsonValueKind.Null)
        {
            card = await stream.NextAsync("card");
        }

        Assert.Equal("Mend the lamp", card.Data.GetProperty("rollup").GetProperty("lastAsk").GetString());
    }

    [Fact]
    public async Task A_quiet_stream_beats_every_fifteen_seconds()
    {
        using var stream = await _board.Muse.ListenAsync("/api/board/stream");
        var hello = await stream.NextAsync();

        _board.Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(("beat", hello.Id), await stream.NextAsync() switch { var e => (e.Type, e.Id) });
    }
}
