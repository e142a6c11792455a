using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Muse.BuildingBlocks.Persistence;
using Muse.Insights.Features.GetSessionUsage;
using Muse.Insights.Persistence;
using Muse.Insights.Prices;
using Muse.Testing;

namespace Muse.Insights.Tests.Prices;

public sealed class RepricingTests(MuseHost muse) : IClassFixture<MuseHost>
{
    private static readonly PriceSheet Other = PriceSheets.Make(new PriceOptions
    {
        Models = [new OwnPrice { Id = "house-model", Input = "1", Output = "1", CacheWrite5m = "1", CacheWrite1h = "1", CacheRead = "1" }],
    });

    [Fact]
    public async Task Other_prices_price_what_is_there_anew_without_reading_a_transcript()
    {
        await muse.RecordedAsync(A.Read("r1", 1, A.Usage("a", model: "house-model"), A.Usage("b", model: "claude-opus-5")));
        await muse.SettleAsync();
        var before = await TotalsAsync("r1");

        await RepriceAsync(Usual);
        await RepriceAsync(Other);

        Assert.Equal((300, 1), (before.CostMicroUsd, before.UnpricedResponses));
        Assert.Equal((320, 0), await CostAsync("r1"));
    }

    [Fact]
    public async Task Prices_taken_back_leave_no_trace()
    {
        await muse.RecordedAsync(A.Read("r2", 2, A.Usage("c", model: "house-model")));
        await muse.SettleAsync();

        await RepriceAsync(Other);
        await RepriceAsync(Usual);

        Assert.Equal((0, 1), await CostAsync("r2"));
    }

    [Fact]
    public async Task More_rows_than_are_priced_at_once_are_all_priced()
    {
        await muse.RecordedAsync([.. Enumerable.Range(0, 5).Select(i => A.Read(
            "r3", 100 + i, [.. Enumerable.Range(0, 900).Select(n => A.Usage($"many-{i}-{n}", model: "house-model"))]))]);
        await muse.SettleAsync();

        await RepriceAsync(Usual);
        await RepriceAsync(Other);

        Assert.Equal((4500 * 20, 0), await CostAsync("r3"));
    }

    [Fact]
    public async Task The_sums_follow_the_prices()
    {
        await muse.RecordedAsync(A.Read("r4", 4, A.Usage("d", model: "house-model"), A.Usage("e", model: "claude-opus-5"), A.Usage("f", model: "nobody-knows")));
        await muse.SettleAsync();

        await RepriceAsync(Usual);
        await RepriceAsync(Other);

        await using var scope = muse.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<InsightsDbContext>();
        var rows = await db.Usage.AsNoTracking().ToListAsync();
        Assert.Equal(
            (rows.Sum(r => r.CostMicroUsd ?? 0), rows.LongCount(r => r.CostMicroUsd is null)),
            (await db.Spend.SumAsync(s => s.CostMicroUsd), await db.Spend.SumAsync(s => s.UnpricedResponses)));
        Assert.Equal((320, 1), ((await db.SessionSpend.SingleAsync(s => s.SessionId == "r4")) switch { var s => (s.CostMicroUsd, s.UnpricedResponses) }));
    }

    private PriceSheet Usual => muse.Services.GetRequiredService<PriceSheet>();

    private async Task RepriceAsync(PriceSheet sheet)
    {
        using var repricing = new Repricing(muse.Services.GetRequiredService<MuseDatabase>(), sheet, NullLogger<Repricing>.Instance);
        await repricing.RunAsync(CancellationToken.None);
    }

    private async Task<(long MicroUsd, int Unpriced)> CostAsync(string session)
    {
        var totals = await TotalsAsync(session);
        return (totals.CostMicroUsd, totals.UnpricedResponses);
    }

    private async Task<GetSessionUsage.ModelUsage> TotalsAsync(string session) =>
        (await muse.GetAsync<GetSessionUsage.Response>($"/api/sessions/{session}/usage")).Totals;
}
