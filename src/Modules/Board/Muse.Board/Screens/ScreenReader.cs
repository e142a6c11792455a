using System.Text.RegularExpressions;
using Muse.Board.Domain;

namespace Muse.Board.Screens;

/// <summary>Reads captured screens by the rules of their agents. What no rule recognises is unknown, never idle.</summary>
/// <param name="book">Loaded with the first screen: a start without panes need not wait for it.</param>
internal sealed class ScreenReader(Lazy<ScreenRuleBook> book) : IScreenReader
{
    private const int MaxLineCharacters = 400;

    public ScreenVerdict Read(string agent, PaneCapture capture)
    {
        if (book.Value.Find(agent) is not { } rules)
        {
            return Unknown(agent, null, ScreenVerdict.NoRule, InputBox.Absent, null);
        }

        try
        {
            return Read(rules, capture);
        }
        catch (RegexMatchTimeoutException)
        {
            return Unknown(agent, rules.Source, ScreenVerdict.TooSlow, InputBox.Absent, null);
        }
    }

    private static ScreenVerdict Read(ScreenRules rules, PaneCapture capture)
    {
        var anatomy = new ScreenAnatomy(AnsiScreen.Parse(capture.Ansi), rules.Layout, capture.Columns);
        var match = new RuleMatch(anatomy, capture);
        var banner = rules.Banners.Select(b => match.Find(b.In, b.Line)).FirstOrDefault(line => line is not null);
        var said = banner is null ? null : Plain(anatomy, banner.Value);
        foreach (var rule in rules.Rules)
        {
            if (!match.Matches(rule))
            {
                continue;
            }

            var line = match.Line;
            return new ScreenVerdict(
                rules.Agent,
                rules.Source,
                rule.State,
                rule.Reason,
                rule.Name,
                line + 1,
                line is null ? null : Plain(anatomy, line.Value),
                rule.Dialog is null || line is null ? null : new DialogReader(anatomy, rules).Read(rule, line.Value),
                anatomy.Input,
                said);
        }

        return Unknown(rules.Agent, rules.Source, ScreenVerdict.NoRule, anatomy.Input, said);
    }

    private static ScreenVerdict Unknown(string agent, string? source, string rule, InputBox input, string? banner) =>
        new(agent, source, CardState.Unknown, null, rule, null, null, null, input, banner);

    private static string Plain(ScreenAnatomy anatomy, int line)
    {
        var text = anatomy.Text(line).Replace('\u00a0', ' ').Trim();
        return text.Length <= MaxLineCharacters ? text : text[..MaxLineCharacters];
    }
}
