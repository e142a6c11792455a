namespace Muse.EndToEnd.Cli;

public sealed class SettingsTests : IDisposable
{
    private readonly MuseFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task Every_wrong_setting_is_named_at_once()
    {
        _folders.With("MUSE_PORT", "many").With("MUSE_PUBLIC_URL", "muse").With("Muse__Door__Bind", "0.0.0.0");

        var (code, output) = await MuseProcess.RunAsync(_folders, "up");

        Assert.Equal(1, code);
        Assert.Contains("Muse:Port", output, StringComparison.Ordinal);
        Assert.Contains("Muse:PublicUrl", output, StringComparison.Ordinal);
        Assert.Contains("Muse:Door:Bind", output, StringComparison.Ordinal);
        Assert.Contains("Muse:Door:TrustedProxies", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"port\": 6873,\n \"roots\" }", "line 2")]
    [InlineData("{ \"prot\": 6873 }", "\"prot\"")]
    [InlineData("{ \"roots\": { \"cursor\": [\"/tmp\"] } }", "\"cursor\"")]
    [InlineData("{ \"roots\": { \"codex\": \"/tmp\" } }", "list of folders")]
    [InlineData("[]", "one JSON object")]
    public async Task A_config_file_that_cannot_be_used_says_where(string json, string expected)
    {
        _folders.WithConfig(json);

        var (code, output) = await MuseProcess.RunAsync(_folders, "up", "--port", "0");

        Assert.Equal(1, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_environment_wins_over_the_file_and_the_option_over_both()
    {
        var (first, second, third) = (MuseProcess.FreePort(), MuseProcess.FreePort(), MuseProcess.FreePort());
        _folders.WithConfig($"{{ \"port\": {first} }}");
        var file = await PortAsync("up");
        _folders.With("MUSE_PORT", $"{second}");
        var environment = await PortAsync("up");
        var option = await PortAsync("up", "--port", $"{third}");

        Assert.Equal((first, second, third), (file, environment, option));
    }

    [Theory]
    [InlineData("-1", "Muse:Insights:Prices:Models:0:Input is '-1'")]
    [InlineData("dear", "Muse:Insights:Prices:Models:0:Input is 'dear'")]
    public async Task A_price_that_is_none_is_named(string price, string expected)
    {
        _folders.WithConfig($$"""{ "insights": { "prices": { "models": [{ "id": "house-model", "input": "{{price}}", "output": 1 }] } } }""");

        var (code, output) = await MuseProcess.RunAsync(_folders, "up", "--port", "0");

        Assert.Equal(1, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settings_error_of_a_module_is_told_in_words()
    {
        _folders.With("Muse__Sessions__SweepSeconds", "0");

        var (code, output) = await MuseProcess.RunAsync(_folders, "up", "--port", "0");

        Assert.Equal(1, code);
        Assert.Contains("SweepSeconds", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("upp")]
    [InlineData("up", "--prot", "7000")]
    public async Task A_misspelt_word_is_refused(params string[] arguments)
    {
        var (code, output) = await MuseProcess.RunAsync(_folders, arguments);

        Assert.Equal(1, code);
        Assert.Contains("is not understood", output, StringComparison.Ordinal);
    }

    private async Task<int> PortAsync(params string[] arguments)
    {
        var (process, client) = await MuseProcess.ServeAsync(_folders, arguments);
        await using (process)
        {
            return client.BaseAddress!.Port;
        }
    }
}
