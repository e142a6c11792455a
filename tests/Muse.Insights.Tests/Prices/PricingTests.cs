using CsCheck;
using Muse.Insights.Prices;

namespace Muse.Insights.Tests.Prices;

public sealed class PricingTests
{
    private const long March12 = 1773273600000; // 2026-03-12T00:00:00Z
    private const long March13 = 1773360000000; // 2026-03-13T00:00:00Z

    private static readonly PriceSheet Sheet = PriceSheets.Make(new PriceOptions());

    private static readonly string[] Models =
        ["claude-opus-4-6", "claude-sonnet-4-5", "claude-haiku-4-5", "gpt-5.4", "gpt-6-sol", "gemini-2.5-pro", "nobody-knows-it"];

    private static readonly Gen<string> AnyModel = Gen.Int[0, 6].Select(i => Models[i]);

    private static readonly Gen<ResponseTokens> AnyTokens =
        from at in Gen.Long[March12 - 10, March13 + 10]
        from input in Gen.Long[0, 300_000]
        from write5m in Gen.Long[0, 50_000]
        from read in Gen.Long[0, 500_000]
        from output in Gen.Long[0, 64_000]
        select new ResponseTokens(at, input, write5m, 0, read, output, 0, Fast: false);

    // Worked out by hand: tokens times US dollars for a million tokens is micro-dollars.
    [Theory]
    [InlineData("claude-opus-5", 1000, 2000, 3000, 4000, 500, 5000 + 12500 + 30000 + 2000 + 12500)]
    [InlineData("claude-opus-4-1-20250805", 10, 0, 0, 0, 1, 150 + 75)]
    [InlineData("claude-haiku-4-5-20251001", 1000, 1000, 1000, 1000, 1000, 1000 + 1250 + 2000 + 100 + 5000)]
    [InlineData("claude-opus-5-5", 100, 0, 0, 1000, 10, 400 + 200 + 200)]
    [InlineData("gpt-5-codex", 1000, 0, 0, 8000, 100, 1250 + 1000 + 1000)]
    [InlineData("gpt-6-sol", 1000, 1000, 0, 10_000, 100, 2000 + 2500 + 2000 + 1000)]
    [InlineData("gemini-3-flash-preview", 1000, 0, 0, 1000, 1000, 500 + 50 + 3000)]
    public void A_response_costs_the_sum_of_its_kinds(string model, long input, long write5m, long write1h, long read, long output, long microUsd)
    {
        Assert.Equal(microUsd, Cost(model, new ResponseTokens(March13, input, write5m, write1h, read, output, 0, Fast: false)));
    }

    // 0.1 dollars for a million: a tenth of a micro-dollar for a token.
    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(14, 1)]
    [InlineData(15, 2)]
    public void Half_a_micro_dollar_is_rounded_up_once_for_the_response(long cachedTokens, long microUsd)
    {
        Assert.Equal(microUsd, Cost("claude-haiku-4-5", new ResponseTokens(March13, 0, 0, 0, cachedTokens, 0, 0, Fast: false)));
    }

    [Theory]
    [InlineData(200_000, 200_000 * 3)]
    [InlineData(200_001, 200_001 * 6)]
    public void A_band_begins_above_its_limit_and_holds_for_the_whole_request(long input, long microUsd)
    {
        Assert.Equal(microUsd, Cost("claude-sonnet-4-5", new ResponseTokens(March13, input, 0, 0, 0, 0, 0, Fast: false)));
    }

    [Fact]
    public void What_came_from_the_cache_counts_for_the_band_and_the_output_is_dearer_too()
    {
        var tokens = new ResponseTokens(March12, 1, 100_000, 50_000, 60_000, 100, 0, Fast: false);

        Assert.Equal(10 + 1_250_000 + 1_000_000 + 60_000 + 3750, Cost("claude-opus-4-6", tokens));
    }

    [Fact]
    public void The_price_of_the_day_counts()
    {
        Assert.Equal(3_000_000, Cost("claude-opus-4-6", new ResponseTokens(March13 - 1, 300_000, 0, 0, 0, 0, 0, Fast: false)));
        Assert.Equal(1_500_000, Cost("claude-opus-4-6", new ResponseTokens(March13, 300_000, 0, 0, 0, 0, 0, Fast: false)));
    }

    [Fact]
    public void The_fast_mode_multiplies_tokens_and_not_searches()
    {
        Assert.Equal((2 * 5000) + 30_000, Cost("claude-opus-5", new ResponseTokens(March13, 1000, 0, 0, 0, 0, 3, Fast: true)));
    }

    [Fact]
    public void The_fast_mode_of_a_model_without_a_price_for_it_is_not_priced()
    {
        Assert.Null(Cost("claude-opus-5-5", new ResponseTokens(March13, 1000, 0, 0, 0, 0, 0, Fast: true)));
    }

    [Fact]
    public void Searches_beside_the_model_cost_what_the_agent_pays_for_them()
    {
        var tokens = new ResponseTokens(March13, 0, 0, 0, 0, 0, 2, Fast: false);

        Assert.Equal(20_000, Sheet.CostMicroUsd("claude-code", null, tokens));
        Assert.Null(Sheet.CostMicroUsd("codex", null, tokens));
    }

    [Theory]
    [InlineData("some-other-model", 1, 0)]
    [InlineData(null, 1, 0)]
    [InlineData("gpt-5", 1, 1)]
    [InlineData("claude-opus-5", -1, 0)]
    [InlineData("claude-opus-5", Pricing.MostTokens + 1, 0)]
    [InlineData("claude-opus-5", long.MaxValue, 0)]
    public void What_has_no_price_or_cannot_be_is_not_priced(string? model, long input, long write5m)
    {
        Assert.Null(Cost(model, new ResponseTokens(March13, input, write5m, 0, 0, 0, 0, Fast: false)));
    }

    [Fact]
    public void More_tokens_never_cost_less() => Gen.Select(AnyTokens, AnyModel, Gen.Long[0, 1000]).Sample((tokens, model, more) =>
        Cost(model, tokens) is not { } cost || Cost(model, tokens with { Input = tokens.Input + more, Output = tokens.Output + more }) >= cost);

    [Fact]
    public void A_response_is_never_more_than_half_a_micro_dollar_off() => Gen.Select(AnyTokens, AnyModel).Sample((tokens, model) =>
        Cost(model, tokens) is not { } cost || Math.Abs(Exact(model, tokens) - cost) <= 0.5m);

    [Fact]
    public void Sums_are_the_same_whatever_they_are_grouped_by() => AnyTokens.Array[0, 40].Select(Gen.Int[1, 7]).Sample((responses, parts) =>
    {
        var costs = responses.Select(r => Cost("claude-opus-4-6", r) ?? 0).ToArray();
        return costs.Sum() == costs.Chunk(parts).Sum(chunk => chunk.Sum());
    });

    private static long? Cost(string? model, in ResponseTokens tokens) => Sheet.CostMicroUsd("claude-code", model, tokens);

    /// <summary>The same by decimal numbers, without rounding.</summary>
    private static decimal Exact(string model, in ResponseTokens tokens)
    {
        var period = Sheet.Find(model)!.At(tokens.AtMs); // asked only of what has a price
        var input = tokens.Input + tokens.CacheWrite5m + tokens.CacheRead;
        var rates = period.Bands.LastOrDefault(b => input > b.Above)?.Rates ?? period.Rates;
        return ((tokens.Input * (decimal)(rates.Input ?? 0)) + (tokens.CacheWrite5m * (decimal)(rates.CacheWrite5m ?? 0))
            + (tokens.CacheRead * (decimal)(rates.CacheRead ?? 0)) + (tokens.Output * (decimal)(rates.Output ?? 0))) / 1_000_000;
    }
}
