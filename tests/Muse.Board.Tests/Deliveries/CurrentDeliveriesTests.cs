using System.Net;
using Muse.Board.Deliveries;
using Muse.Board.Evidence;
using Muse.Board.Features.ListCurrentDeliveries;

namespace Muse.Board.Tests.Deliveries;

public sealed class CurrentDeliveriesTests
{
    [Fact]
    public async Task What_is_refused_is_listed_until_it_is_put_away()
    {
        await using var board = new DeliveryBoard();
        await board.SeenAsync(Claim.Asks);
        await board.ReplyAsync("yes");
        var refused = Assert.Single(await CurrentAsync(board));

        var (put, _) = await board.PostAsync($"/api/board/deliveries/{refused.Id}/dismiss");

        Assert.Equal(("refused", "yes"), (refused.State, refused.Text));
        Assert.Equal(HttpStatusCode.OK, put);
        Assert.Empty(await CurrentAsync(board));
    }

    [Fact]
    public async Task What_is_taken_is_listed_for_a_moment_and_cannot_be_put_away()
    {
        await using var board = new DeliveryBoard();
        await board.SeenAsync();
        board.Confirms();
        await board.ReplyAsync("go on");
        var taken = await board.EndsAsync("consumed");

        Assert.Equal(taken.Id, Assert.Single(await CurrentAsync(board)).Id);
        var (status, problem) = await board.PostAsync($"/api/board/deliveries/{taken.Id}/dismiss");
        Assert.Equal((HttpStatusCode.Conflict, "not-to-put-away"), (status, problem.GetProperty("code").GetString()));
    }

    private static async Task<IReadOnlyList<DeliveryView>> CurrentAsync(DeliveryBoard board) =>
        (await board.Muse.GetAsync<ListCurrentDeliveries.Response>("/api/board/deliveries")).Deliveries;
}
