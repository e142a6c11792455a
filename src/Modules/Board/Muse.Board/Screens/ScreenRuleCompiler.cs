using System.Text.RegularExpressions;
using Muse.Board.Domain;

namespace Muse.Board.Screens;

/// <summary>Turns a rule file into rules, or says everything that is wrong with it at once.</summary>
internal sealed class ScreenRuleCompiler
{
    // A pattern that needs longer for one line is a mistake in somebody's own rules. The engine without backtracking needs no limit, but
    // takes a hundred times as long to make ready, which is seconds for all rules; a test holds that every built-in pattern would suit it.
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(250);
    private const int MaxRules = 500;
    private const int MaxPattern = 2_000;
    private readonly List<string> _errors = [];
    private string _where = "";

    /// <summary>What was wrong, each with the rule it is in and what to do; empty if the rules can be used.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Null if there are errors.</summary>
    public ScreenRules? Compile(ScreenRuleFile file, string agent, string origin)
    {
        Check(file.Agent == agent, $"\"agent\" is '{file.Agent}'; this file is for '{agent}'");
        Check(file.MadeFor.Length > 0, "\"madeFor\" is empty; name the versions of the agent the rules were tried on");
        Check(file.Rules.Length is > 0 and <= MaxRules, $"there are {file.Rules.Length} rules; give 1 to {MaxRules}");
        foreach (var twice in file.Rules.GroupBy(r => r.Name).Where(g => g.Count() > 1))
        {
            _errors.Add($"there are {twice.Count()} rules called '{twice.Key}'; give each a name of its own");
        }

        _where = "layout: ";
        var layout = Layout(file.Layout);
        _where = "banners: ";
        var banners = (file.Banners ?? []).Select(b => new BannerRule(Word<ScreenRegion>(b.In, "in"), Pattern(b.Line))).ToList();
        var rules = file.Rules.Select(Rule).ToList();
        return _errors.Count == 0
            ? new ScreenRules(agent, $"{agent} {string.Join(", ", file.MadeFor)} ({origin})", layout, banners, rules)
            : null;
    }

    private LayoutRules Layout(LayoutData data)
    {
        var box = data.Box;
        var dialog = data.Dialog;
        Check(dialog.Top is null != dialog.After is null, "a dialog needs either \"top\" or \"after\"");
        return new LayoutRules(
            Pattern(data.Prompt),
            Pattern(data.Block),
            new BoxRules(
                Pattern(box.First, "glyph", "text"),
                Pattern(box.Next, "text"),
                [.. (box.Above ?? []).Select(p => Pattern(p))],
                Optional(box.Below),
                Optional(box.AboveMore),
                Optional(box.BelowMore),
                Optional(box.FirstMore, "glyph", "text"),
                Optional(box.Footer),
                box.Shell,
                Pattern(box.Pasted),
                Pattern(box.Command),
                Style(box.Hint),
                Pattern(box.HintText)),
            new DialogRules(
                Optional(dialog.Top),
                Optional(dialog.After),
                Optional(dialog.Bottom),
                Optional(dialog.Border, "text"),
                Pattern(dialog.Choice, "number", "label"),
                Optional(dialog.Focus, "label"),
                [.. (dialog.Volatile ?? []).Select(p => Pattern(p))],
                Optional(dialog.Field),
                Optional(dialog.Typing),
                Optional(dialog.More),
                Optional(dialog.Step)));
    }

    private ScreenRule Rule(RuleData data)
    {
        _where = $"rule '{data.Name}': ";
        Check(data.Name.Length > 0, "a rule has no name");
        Check(data.Why.Length > 0, "\"why\" is empty; say what on the screen proves the state");
        Check(data.When.Length > 0, "\"when\" is empty, so the rule would match everything; give at least one condition");
        var state = Word<CardState>(data.State, "state");
        Check((state == CardState.NeedsYou) == data.Reason is not null, "give a \"reason\" if the state is needs-you, and only then");
        Check(data.Dialog is null || state == CardState.NeedsYou, "only a rule whose state is needs-you may have a \"dialog\"");
        return new ScreenRule(
            data.Name,
            state,
            data.Reason is null ? null : Word<NeedReason>(data.Reason, "reason"),
            data.Why,
            [.. data.When.Select(Condition)],
            [.. (data.Unless ?? []).Select(Condition)],
            data.Dialog is null ? null : new DialogText(Optional(data.Dialog.Title, "title"), Optional(data.Dialog.Between), data.Dialog.Enter));
    }

    private RuleCondition Condition(ConditionData data)
    {
        Check(data.Line is not null || (data.In ?? data.At) is null && data.Style is null, "\"in\", \"at\" and \"style\" need a \"line\"");
        Check(data != new ConditionData(), "a condition is empty");
        return new RuleCondition(
            data.Line is null
                ? null
                : new LineCondition(
                    Word<ScreenRegion>(data.In ?? nameof(ScreenRegion.Screen), "in"),
                    Pattern(data.Line),
                    Word<LinePlace>(data.At ?? nameof(LinePlace.Any), "at"),
                    data.Style is null ? null : Style(data.Style)),
            Optional(data.Title),
            Optional(data.TitleIfKnown),
            Optional(data.TitleNames, "name"),
            Optional(data.Command),
            data.Box is null ? null : Word<BoxPresence>(data.Box, "box"),
            data.Input is null ? null : [.. data.Input.Select(kind => Word<InputBoxKind>(kind, "input"))],
            data.Glyph is null ? null : Style(data.Glyph),
            data.Styled);
    }

    private StyleWish Style(StyleData data)
    {
        TextTraits needed = default, forbidden = default;
        foreach (var (wanted, trait) in new[] { (data.Bold, TextTraits.Bold), (data.Dim, TextTraits.Dim), (data.Reverse, TextTraits.Reverse) })
        {
            needed |= wanted is true ? trait : default;
            forbidden |= wanted is false ? trait : default;
        }

        return new StyleWish(Colour(data.Foreground), Colour(data.Background), needed, forbidden);
    }

    private ScreenColor? Colour(string? text)
    {
        var colour = text is null ? null : ScreenColor.Parse(text);
        Check(text is null || colour is not null, $"'{text}' is no colour; write default, a number from 0 to 255, or #rrggbb");
        return colour;
    }

    private T Word<T>(string text, string key)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (RuleWords.Of(value) == text || value.ToString() == text)
            {
                return value;
            }
        }

        _errors.Add($"{_where}\"{key}\" is '{text}'; write one of {string.Join(", ", Enum.GetValues<T>().Select(v => RuleWords.Of(v)))}");
        return default;
    }

    private Regex? Optional(string? pattern, params string[] groups) => pattern is null ? null : Pattern(pattern, groups);

    private Regex Pattern(string pattern, params string[] groups)
    {
        Check(pattern.Length <= MaxPattern, $"a pattern has {pattern.Length} characters; at most {MaxPattern} are read");
        try
        {
            var regex = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchTimeout);
            var missing = groups.Except(regex.GetGroupNames(), StringComparer.Ordinal).ToList();
            Check(missing.Count == 0, $"the pattern {pattern} lacks the group {string.Join(", ", missing.Select(g => $"(?<{g}>…)"))}");
            return regex;
        }
        catch (ArgumentException exception)
        {
            _errors.Add($"{_where}the pattern {pattern} is no regular expression: {exception.Message}");
            return new Regex("$.", RegexOptions.ExplicitCapture, MatchTimeout);
        }
    }

    private void Check(bool holds, string error)
    {
        if (!holds)
        {
            _errors.Add(_where + error);
        }
    }
}

/// <summary>How states and the like are written in rule files, in answers and for people: <c>needs-you</c>.</summary>
internal static class RuleWords
{
    public static string Of<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
