using Muse.Testing;
using Slice = Muse.Insights.Features.ListPrices.ListPrices;

namespace Muse.Insights.Tests.Features.ListPrices;

public sealed class ListPricesTests(MuseHost muse) : IClassFixture<MuseHost>
{
    [Fact]
    public async Task The_prices_in_use_are_told_with_their_sources_days_and_bands()
    {
        var prices = await GetAsync();

        Assert.Contains(prices.Sources, s => s is { Licence: "MIT", Version: "0.1.8" });
        var model = Assert.Single(prices.Models, m => m.Id == "claude-opus-4-6");
        Assert.Equal(("anthropic", 1_000_000L, 6L, false), (model.Provider, model.ContextWindow, model.FastFactor, model.IsOwn));
        Assert.Equal([null, new DateOnly(2026, 3, 13)], model.Periods.Select(p => p.From));
        Assert.Equal(new Slice.Rates(5_000_000, 25_000_000, 6_250_000, 10_000_000, 500_000), model.Periods[1].Rates);
        Assert.Equal((200_000, 10_000_000L), (model.Periods[0].Bands[0].AboveTokens, model.Periods[0].Bands[0].Rates.InputMicroUsd));
    }

    [Fact]
    public async Task What_was_used_without_a_price_is_listed_with_its_reason()
    {
        await muse.RecordedAsync(A.Read(
            "p1", 1, A.Usage("a", model: "somebody-elses"), A.Usage("b", atMs: 5000, model: "somebody-elses"), A.Usage("c", model: null),
            A.Usage("d", model: "gpt-5"), A.Usage("e", model: "claude-opus-5"), A.Usage("f", model: "odd\u001b[31mname")));
        await muse.SettleAsync();

        var unpriced = (await GetAsync()).Unpriced;

        Assert.Equal(
            [("somebody-elses", "unknown-model", 2L), (null, "no-model", 1L), ("gpt-5", "incomplete-price", 1L)],
            unpriced.Where(u => u.Model?.StartsWith("odd", StringComparison.Ordinal) != true).Select(u => (u.Model, u.Reason, u.Responses)));
        Assert.Equal((20L, 20L, 5000L), (unpriced[0].InputTokens, unpriced[0].OutputTokens, unpriced[0].LastAtMs));
        Assert.DoesNotContain(unpriced, u => u.Model?.Contains('\u001b', StringComparison.Ordinal) == true);
    }

    private Task<Slice.Response> GetAsync() => muse.GetAsync<Slice.Response>("/api/insights/prices");
}
