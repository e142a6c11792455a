using Microsoft.Extensions.Configuration;
using Muse.Insights.Prices;

namespace Muse.Insights.Tests.Prices;

public sealed class PriceOptionsTests
{
    private static readonly ResponseTokens Million = new(0, 1_000_000, 0, 0, 0, 0, 0, Fast: false);

    [Fact]
    public void A_model_of_ones_own_has_a_price()
    {
        var sheet = Sheet(("Models:0:Id", "house-model"), ("Models:0:Input", "0.5"), ("Models:0:Output", "2"), ("Models:0:ContextWindow", "32000"));

        Assert.Equal(500_000, sheet.CostMicroUsd("codex", "house-model", Million));
        Assert.Equal(32_000, sheet.ContextWindow("house-model"));
    }

    [Fact]
    public void Another_price_for_a_known_model_replaces_all_of_its_prices()
    {
        var sheet = Sheet(("Models:0:Id", "claude-opus-4-6"), ("Models:0:Input", "1"), ("Models:0:Output", "1"));

        Assert.Equal(1_000_000, sheet.CostMicroUsd("claude-code", "claude-opus-4-6-20260205", Million));
        Assert.Null(sheet.CostMicroUsd("claude-code", "claude-opus-4-6", Million with { CacheRead = 1 }));
    }

    [Fact]
    public void A_window_of_ones_own_leaves_the_prices()
    {
        var sheet = Sheet(("Models:0:Id", "claude-opus-4-6"), ("Models:0:ContextWindow", "200000"));

        Assert.Equal((200_000L, 10_000_000L), (sheet.ContextWindow("claude-opus-4-6"), sheet.CostMicroUsd("claude-code", "claude-opus-4-6", Million)));
    }

    [Fact]
    public void An_alias_means_a_known_model_or_ones_own()
    {
        var sheet = Sheet(
            ("Models:0:Id", "house-model"), ("Models:0:Input", "3"), ("Models:0:Output", "3"),
            ("Aliases:0:Name", "aide-gpt-5"), ("Aliases:0:Means", "gpt-5-codex"), ("Aliases:1:Name", "mine"), ("Aliases:1:Means", "house-model"));

        Assert.Equal(("gpt-5", "house-model"), (sheet.Find("aide-gpt-5")?.Id, sheet.Find("mine")?.Id));
    }

    [Fact]
    public void An_alias_goes_before_a_name_that_comes_with_muse()
    {
        var sheet = Sheet(("Aliases:0:Name", "gpt-5-codex"), ("Aliases:0:Means", "gpt-5-mini"), ("Aliases:1:Name", "gpt-5-nano"), ("Aliases:1:Means", "gpt-5-mini"));

        Assert.Equal(("gpt-5-mini", "gpt-5-mini", "gpt-5"), (sheet.Find("gpt-5-codex")?.Id, sheet.Find("gpt-5-nano")?.Id, sheet.Find("gpt-5")?.Id));
    }

    [Fact]
    public void Other_settings_are_another_version()
    {
        Assert.Equal(Sheet().Version, Sheet().Version);
        Assert.NotEqual(Sheet().Version, Sheet(("Aliases:0:Name", "a"), ("Aliases:0:Means", "gpt-5")).Version);
    }

    [Theory]
    [InlineData("Models:0:Id is missing", "Models:0:Input", "1", "Models:0:Output", "1")]
    [InlineData("Models:0 ('m') has a price, but not both", "Models:0:Id", "m", "Models:0:CacheRead", "1")]
    [InlineData("Models:0 ('m') says nothing", "Models:0:Id", "m", "Models:0:FastFactor", "2")]
    [InlineData("Models:0:Input is '-1'", "Models:0:Id", "m", "Models:0:Input", "-1", "Models:0:Output", "1")]
    [InlineData("Models:0:Output is '0.0000001'", "Models:0:Id", "m", "Models:0:Input", "1", "Models:0:Output", "0.0000001")]
    [InlineData("Models:0:Input is '79000000000000000000000000000'", "Models:0:Id", "m", "Models:0:Input", "79000000000000000000000000000", "Models:0:Output", "1")]
    [InlineData("Models:0:Input is 'dear'", "Models:0:Id", "m", "Models:0:Input", "dear", "Models:0:Output", "1")]
    [InlineData("Models:0:CacheRead is '1,5'", "Models:0:Id", "m", "Models:0:Input", "1", "Models:0:Output", "1", "Models:0:CacheRead", "1,5")]
    [InlineData("Models:0:FastFactor is '0'", "Models:0:Id", "m", "Models:0:Input", "1", "Models:0:Output", "1", "Models:0:FastFactor", "0")]
    [InlineData("Models:0:ContextWindow is '0'", "Models:0:Id", "m", "Models:0:ContextWindow", "0")]
    [InlineData("Models has 'm' more than once", "Models:0:Id", "m", "Models:0:ContextWindow", "1", "Models:1:Id", "M", "Models:1:ContextWindow", "1")]
    [InlineData("Aliases:0:Name is missing", "Aliases:0:Means", "gpt-5")]
    [InlineData("Aliases:0:Means is 'nothing', which has no price", "Aliases:0:Name", "a", "Aliases:0:Means", "nothing")]
    [InlineData("Aliases has 'a' more than once", "Aliases:0:Name", "a", "Aliases:0:Means", "gpt-5", "Aliases:1:Name", "A", "Aliases:1:Means", "gpt-5")]
    public void A_wrong_setting_is_named(string message, params string[] settings)
    {
        var result = new PriceOptionsValidator().Validate(null, Bind([.. settings.Chunk(2).Select(s => (s[0], s[1]))]));

        Assert.StartsWith($"Muse:Insights:Prices:{message}", Assert.Single(result.Failures ?? []), StringComparison.Ordinal);
    }

    private static PriceSheet Sheet(params (string Key, string Value)[] settings)
    {
        var options = Bind(settings);
        Assert.True(new PriceOptionsValidator().Validate(null, options).Succeeded);
        return PriceSheets.Make(options.Prices);
    }

    private static InsightsOptions Bind((string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Prices:{s.Key}", (string?)s.Value)))
        .Build().Get<InsightsOptions>() ?? new InsightsOptions();
}
