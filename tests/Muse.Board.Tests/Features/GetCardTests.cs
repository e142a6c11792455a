using System.Net;
using Muse.Board.Domain;
using Muse.Board.Evidence;

namespace Muse.Board.Tests.Features;

public sealed class GetCardTests : IAsyncDisposable
{
    private readonly Live.Board _board = new();

    public ValueTask DisposeAsync() => _board.DisposeAsync();

    [Fact]
    public async Task Explains_by_the_last_evidence_of_each_source()
    {
        await _board.SeenAsync(1, "s");
        await _board.SaysAsync(1, Claim.Idle, source: EvidenceSource.Screen);
        await _board.WaitAsync(2);
        await _board.SaysAsync(1, Claim.Busy);

        var card = await _board.ExplainAsync(Live.Board.CardOf("s"));

        Assert.Equal(("working", "registry"), (card.Card.State, card.Card.Source));
        Assert.Equal(
            ["registry busy True True", "process alive True False", "screen idle True False"],
            card.Explain.Select(e => $"{e.Source} {e.Claim} {e.Fresh} {e.Decided}").OrderByDescending(e => e.EndsWith("True True", StringComparison.Ordinal)).ThenBy(e => e, StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_unknown_card_is_404()
    {
        var (status, problem) = await _board.Muse.GetProblemAsync("/api/board/cards/none");

        Assert.Equal((HttpStatusCode.NotFound, "card-not-found"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task An_id_that_cannot_be_one_is_refused() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await _board.Muse.GetProblemAsync($"/api/board/cards/{new string('x', 65)}")).Status);
}
