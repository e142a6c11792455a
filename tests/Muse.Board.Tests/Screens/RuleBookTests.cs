using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Muse.Board.Screens;

namespace Muse.Board.Tests.Screens;

/// <summary>A person's own rules win when they are good, and are named when they are not.</summary>
public sealed class RuleBookTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("muse-rules-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_built_in_rules_are_good_and_each_says_why()
    {
        var book = ScreenRuleBook.Load(null);

        Assert.Empty(book.Problems);
        Assert.Equal(["claude-code 2.1.330 (built in)", "codex 0.169.0 (built in)", "gemini 0.61.0 (built in)"], book.All.Select(r => r.Source));
        Assert.All(book.All.SelectMany(r => r.Rules), r => Assert.EndsWith(".", r.Why, StringComparison.Ordinal));
    }

    // Look-around and references back are what the engine without backtracking refuses; without them no pattern takes exponential time.
    [Fact]
    public void Every_built_in_pattern_is_a_regular_one() =>
        Assert.All(
            ScreenRuleBook.Load(null).All.SelectMany(r => r.Rules).SelectMany(r => r.When.Concat(r.Unless)).Select(c => c.Line?.Pattern ?? c.Title ?? c.TitleIfKnown ?? c.Command),
            pattern => Assert.NotNull(new Regex(pattern?.ToString() ?? "", RegexOptions.NonBacktracking)));

    [Fact]
    public void A_file_of_ones_own_wins_without_a_release()
    {
        var rules = BuiltIn();
        rules["madeFor"] = new JsonArray("3.0.0");
        rules["rules"]!.AsArray().Insert(0, Rule("lamp-is-out", "needs-you", "stuck", new JsonObject { ["line"] = "^The lamp is out" }));
        var book = Load(rules.ToJsonString());

        var verdict = new ScreenReader(new Lazy<ScreenRuleBook>(book)).Read("claude-code", new PaneCapture("\nThe lamp is out.\n", "", "", 0, 0, InMode: false));

        Assert.Empty(book.Problems);
        Assert.Equal(("needs-you stuck", "lamp-is-out", 2), (Reading.Words(verdict), verdict.Rule, verdict.LineNumber));
        Assert.Equal($"claude-code 3.0.0 ({Path.Combine(_folder.FullName, "claude-code.json")})", verdict.RuleSet);
    }

    [Fact]
    public void A_pattern_that_backtracks_for_ever_makes_the_screen_unknown()
    {
        var rules = BuiltIn();
        rules["rules"]!.AsArray().Insert(0, Rule("slow", "idle", null, new JsonObject { ["line"] = "^(a|aa)+$" }));

        var verdict = new ScreenReader(new Lazy<ScreenRuleBook>(Load(rules.ToJsonString()))).Read("claude-code", new PaneCapture(new string('a', 400) + "!", "", "", 0, 0, InMode: false));

        Assert.Equal(("unknown", ScreenVerdict.TooSlow), (Reading.Words(verdict), verdict.Rule));
    }

    [Theory]
    [InlineData("""{ "name": "x", "state": "idle", "why": "w", "when": [{ "line": "(" }] }""", "rule 'x': the pattern ( is no regular expression")]
    [InlineData("""{ "name": "x", "state": "sleeping", "why": "w", "when": [{ "line": "a" }] }""", "rule 'x': \"state\" is 'sleeping'; write one of unknown, working, needs-you, idle")]
    [InlineData("""{ "name": "x", "state": "needs-you", "why": "w", "when": [{ "line": "a" }] }""", "rule 'x': give a \"reason\" if the state is needs-you, and only then")]
    [InlineData("""{ "name": "x", "state": "idle", "why": "w", "when": [] }""", "rule 'x': \"when\" is empty")]
    [InlineData("""{ "name": "x", "state": "idle", "why": "w", "when": [{}] }""", "rule 'x': a condition is empty")]
    [InlineData("""{ "name": "x", "state": "idle", "why": "", "when": [{ "line": "a" }] }""", "rule 'x': \"why\" is empty")]
    [InlineData("""{ "name": "x", "state": "idle", "why": "w", "when": [{ "in": "cellar", "line": "a" }] }""", "rule 'x': \"in\" is 'cellar'; write one of screen, box, footer")]
    [InlineData("""{ "name": "x", "state": "idle", "why": "w", "when": [{ "line": "a", "style": { "foreground": "red" } }] }""", "rule 'x': 'red' is no colour")]
    [InlineData("""{ "name": "x", "state": "idle", "why": "w", "when": [{ "titleNames": "a" }] }""", "rule 'x': the pattern a lacks the group (?<name>…)")]
    [InlineData("""{ "name": "spinner", "state": "idle", "why": "w", "when": [{ "line": "a" }] }""", "there are 2 rules called 'spinner'")]
    [InlineData("""{ "name": "x", "state": "idle", "why": "w", "when": [{ "lime": "a" }] }""", "rule number 1: The JSON property 'lime' could not be mapped")]
    [InlineData("""{ "name": "x", "state": "idle", "when": [{ "line": "a" }] }""", "rule number 1: ")]
    [InlineData("""{ "name": "x", "state": "idle", "why": "w", "when": [null] }""", "there is a null")]
    [InlineData("null", "there is a null")]
    public void A_bad_rule_is_named_with_its_file_and_the_built_in_rules_are_used(string rule, string problem)
    {
        var rules = BuiltIn();
        rules["rules"]!.AsArray().Insert(0, JsonNode.Parse(rule));

        var book = Load(rules.ToJsonString());

        Assert.Contains(book.Problems, p => p.StartsWith(Path.Combine(_folder.FullName, "claude-code.json") + ": " + problem, StringComparison.Ordinal));
        Assert.All(book.Problems, p => Assert.EndsWith("Mend it, or delete the file; until then the built-in rules are used.", p, StringComparison.Ordinal));
        Assert.Equal("claude-code 2.1.330 (built in)", book.Find("claude-code")!.Source);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "agent": "codex", "madeFor": [], "about": "", "layout": null, "rules": [] }""")]
    public void A_file_that_holds_no_rules_is_named(string text)
    {
        var book = Load(text);

        Assert.Contains("claude-code.json: ", Assert.Single(book.Problems), StringComparison.Ordinal);
        Assert.Equal("claude-code 2.1.330 (built in)", book.Find("claude-code")!.Source);
    }

    [Fact]
    public void A_file_for_another_agent_is_refused()
    {
        var rules = BuiltIn();
        rules["agent"] = "codex";

        Assert.Contains("\"agent\" is 'codex'; this file is for 'claude-code'", Assert.Single(Load(rules.ToJsonString()).Problems), StringComparison.Ordinal);
    }

    private ScreenRuleBook Load(string text)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "claude-code.json"), text);
        return ScreenRuleBook.Load(_folder.FullName);
    }

    private static JsonObject Rule(string name, string state, string? reason, JsonObject condition) =>
        new() { ["name"] = name, ["state"] = state, ["reason"] = reason, ["why"] = "A test says so.", ["when"] = new JsonArray(condition) };

    private static JsonObject BuiltIn([CallerFilePath] string here = "") => JsonNode.Parse(File.ReadAllText(Path.GetFullPath(Path.Combine(
        Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Modules", "Board", "Muse.Board", "Screens", "Rules", "claude-code.json"))))!.AsObject();
}
