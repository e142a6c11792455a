using Muse.Insights.Prices;

namespace Muse.Insights.Tests.Prices;

public sealed class PriceSheetTests
{
    private const long August22 = 1787356800000; // 2026-08-22T00:00:00Z

    private static readonly PriceSheet Sheet = PriceSheets.Make(new PriceOptions());

    [Theory]
    [InlineData("claude-opus-4-5", "claude-opus-4-5")]
    [InlineData("claude-opus-4-5-20251101", "claude-opus-4-5")]
    [InlineData("Claude-Opus-4-5", "claude-opus-4-5")]
    [InlineData("anthropic/claude-sonnet-4-5", "claude-sonnet-4-5")]
    [InlineData("anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5")]
    [InlineData("claude-sonnet-4-5@20250929", "claude-sonnet-4-5")]
    [InlineData("claude-opus-4-6[1m]", "claude-opus-4-6")]
    [InlineData("claude-3-5-haiku-20241022", "claude-3-5-haiku")]
    [InlineData("claude-opus-5-5", "claude-opus-5-5")]
    [InlineData("gpt-5-codex", "gpt-5")]
    [InlineData("gpt-5.4-2026-03-05", "gpt-5.4")]
    [InlineData("models/gemini-2.5-pro", "gemini-2.5-pro")]
    public void A_model_is_found_by_the_names_agents_write(string name, string id)
    {
        Assert.Equal(id, Sheet.Find(name)?.Id);
    }

    [Theory]
    [InlineData("claude-opus-4-9")]
    [InlineData("claude-opus-5-7")]
    [InlineData("gpt-5.3-codex-spark")]
    [InlineData("aide-gpt-5")]
    [InlineData("us.anthropic.claude-opus-5")]
    [InlineData("opus")]
    [InlineData("")]
    [InlineData("-20250929")]
    [InlineData("anthropic/")]
    public void A_name_that_is_like_a_known_one_is_not_it(string name)
    {
        Assert.Null(Sheet.Find(name));
    }

    [Theory]
    [InlineData("claude-sonnet-4-5", 200_000L)]
    [InlineData("claude-sonnet-4-5[1m]", 1_000_000L)]
    [InlineData("gemini-3-flash-preview", 1_000_000L)]
    [InlineData("somebody-elses[1m]", null)]
    [InlineData(null, null)]
    public void The_window_is_that_of_the_model(string? name, long? tokens)
    {
        Assert.Equal(tokens, Sheet.ContextWindow(name));
    }

    [Fact]
    public void Every_name_means_one_model()
    {
        var names = Sheet.Models.SelectMany(m => m.Aliases.Prepend(m.Id));

        Assert.All(names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase), same => Assert.Single(same));
    }

    [Fact]
    public void Every_model_has_prices_from_the_beginning_and_whole_bands()
    {
        Assert.All(Sheet.Models, model => Assert.Multiple(
            () => Assert.Null(model.Periods[0].From),
            () => Assert.All(model.Periods, p => Assert.True(p.Rates is { Input: > 0, Output: > 0 })),
            () => Assert.All(model.Periods.SelectMany(p => p.Bands.Select(b => (p.Rates, Long: b.Rates))), r => Assert.Equal(Kinds(r.Rates), Kinds(r.Long)))));
    }

    [Fact]
    public void An_hour_in_the_cache_costs_twice_the_input_of_claude()
    {
        Assert.All(
            Sheet.Models.Where(m => m.Provider == "anthropic").SelectMany(m => m.Periods),
            p => Assert.Equal(2 * p.Rates.Input, p.Rates.CacheWrite1h));
    }

    // LiteLLM's list (MIT) as of 2026-08-22, in hundredths of a dollar for a million tokens: input, output, write, read.
    [Theory]
    [InlineData("claude-opus-5", 500, 2500, 625.0, 50.0)]
    [InlineData("claude-opus-4-8", 500, 2500, 625.0, 50.0)]
    [InlineData("claude-opus-4-1", 1500, 7500, 1875.0, 150.0)]
    [InlineData("claude-fable-5", 1000, 5000, 1250.0, 100.0)]
    [InlineData("claude-sonnet-5", 200, 1000, 250.0, 20.0)]
    [InlineData("claude-sonnet-4-6", 300, 1500, 375.0, 30.0)]
    [InlineData("claude-haiku-4-5", 100, 500, 125.0, 10.0)]
    [InlineData("claude-3-7-sonnet", 300, 1500, 375.0, 30.0)]
    [InlineData("claude-3-haiku", 25, 125, 30.0, 3.0)]
    [InlineData("gpt-5-codex", 125, 1000, null, 12.5)]
    [InlineData("gpt-5.2-codex", 175, 1400, null, 17.5)]
    [InlineData("gpt-5.4", 250, 1500, null, 25.0)]
    [InlineData("gpt-5.5", 500, 3000, null, 50.0)]
    [InlineData("gpt-5.6-luna", 20, 120, 25.0, 2.0)]
    [InlineData("gpt-5.6-terra", 200, 1200, 250.0, 20.0)]
    [InlineData("o3", 200, 800, null, 50.0)]
    [InlineData("gemini-2.5-pro", 125, 1000, null, 12.5)]
    [InlineData("gemini-2.5-flash", 30, 250, null, 3.0)]
    [InlineData("gemini-3-flash-preview", 50, 300, null, 5.0)]
    [InlineData("gemini-3.1-pro-preview", 200, 1200, null, 20.0)]
    public void A_second_list_says_the_same(string model, long input, long output, double? write, double? read)
    {
        var rates = Sheet.Find(model)!.At(August22).Rates; // known, or the test fails here

        Assert.Equal((input * 10_000, output * 10_000), (rates.Input, rates.Output));
        Assert.Equal((write * 10_000, read * 10_000), ((double?)rates.CacheWrite5m, (double?)rates.CacheRead));
    }

    private static (bool, bool, bool, bool, bool) Kinds(Rates rates) =>
        (rates.Input is null, rates.Output is null, rates.CacheWrite5m is null, rates.CacheWrite1h is null, rates.CacheRead is null);
}
