namespace Muse.Board.Tests.Screens;

/// <summary>Every state of every agent on screens of our own, so that the rules are held without any capture.</summary>
public sealed class MadeUpScreenTests
{
    public static TheoryData<Drawn> Screens => [.. All.Select(d => new TheoryDataRow<Drawn>(d))];

    internal static IReadOnlyList<Drawn> All { get; } = [.. ClaudeDrawing.All, .. CodexDrawing.All, .. GeminiDrawing.All];

    [Theory]
    [MemberData(nameof(Screens))]
    public void A_made_up_screen_is_read_as_what_it_shows(Drawn drawn) =>
        Assert.Equal(drawn.Expected, Reading.StateOf(drawn.Agent, drawn.Capture));

    [Theory]
    [MemberData(nameof(Screens))]
    public void Without_colours_a_screen_is_read_the_same_or_not_at_all(Drawn drawn) =>
        Assert.Contains(Reading.StateOf(drawn.Agent, drawn.Capture with { Ansi = Pen.Plain(drawn.Ansi) }), new[] { drawn.Expected, "unknown" });

    [Fact]
    public void A_screen_of_an_agent_without_rules_is_unknown()
    {
        var verdict = Reading.Reader.Read("another", ClaudeDrawing.All[0].Capture);

        Assert.Equal(("unknown", "none", null), (Reading.Words(verdict), verdict.Rule, verdict.RuleSet));
    }

    [Fact]
    public void A_verdict_names_its_rule_and_its_line()
    {
        var verdict = Reading.Reader.Read("claude-code", ClaudeDrawing.All.Single(d => d.Name == "error").Capture);

        Assert.Equal(("api-error", 3, "● API Error: 500 The lamp factory is down."), (verdict.Rule, verdict.LineNumber, verdict.Line));
        Assert.Equal("claude-code 2.1.330 (built in)", verdict.RuleSet);
    }

    [Theory]
    [InlineData("retry", "✻ API error · retrying in 7s · attempt 3/10")]
    [InlineData("limit", "Continuing automatically at 4pm · Esc to cancel")]
    [InlineData("answered", null)]
    public void What_the_program_says_beside_the_conversation_is_the_banner(string name, string? banner) =>
        Assert.Equal(banner, Reading.Reader.Read("claude-code", ClaudeDrawing.All.Single(d => d.Name == name).Capture).Banner);

    [Fact]
    public void A_screen_that_only_a_script_runs_in_is_read_by_what_is_on_it()
    {
        var working = ClaudeDrawing.All.Single(d => d.Name == "spinner").Capture with { Command = "bash" };

        Assert.Equal("working", Reading.StateOf("claude-code", working));
    }
}
