using System.Text.Json.Nodes;
using Muse.Board.Domain;

namespace Muse.Board.Screens;

/// <summary>Why a screen is read as it is: for a person who reports a wrong state.</summary>
internal static class ScreenExplanation
{
    /// <param name="agent">Null to try the rules of each.</param>
    public static JsonObject Of(ScreenRuleBook book, string? agent, PaneCapture capture)
    {
        var reader = new ScreenReader(new Lazy<ScreenRuleBook>(book));
        var tried = book.All.Where(r => agent is null || r.Agent == agent).Select(r => reader.Read(r.Agent, capture)).ToList();
        var matched = tried.Where(v => v.Rule is not (ScreenVerdict.NoRule or ScreenVerdict.TooSlow)).ToList();
        // A box or a dialog is one program's own; a shell's prompt looks the same whoever has left.
        var best = matched.OrderByDescending(ShowsAgent).FirstOrDefault() ?? tried[0];
        var isNobodys = agent is null && (matched.Count == 0 || (matched.Count > 1 && !ShowsAgent(best)));
        return new JsonObject
        {
            ["agent"] = isNobodys ? null : best.Agent,
            ["ruleSet"] = isNobodys ? null : best.RuleSet,
            ["state"] = RuleWords.Of(best.State),
            ["reason"] = best.Reason is { } reason ? RuleWords.Of(reason) : null,
            ["rule"] = best.Rule,
            ["why"] = Why(book, best),
            ["lineNumber"] = best.LineNumber,
            ["line"] = best.Line,
            ["dialog"] = best.Dialog is null ? null : Dialog(best.Dialog),
            ["input"] = new JsonObject { ["kind"] = RuleWords.Of(best.Input.Kind), ["text"] = best.Input.Text },
            ["banner"] = best.Banner,
            ["tried"] = new JsonArray([.. tried.Select(v => new JsonObject
            {
                ["agent"] = v.Agent,
                ["state"] = RuleWords.Of(v.State),
                ["reason"] = v.Reason is { } why ? RuleWords.Of(why) : null,
                ["rule"] = v.Rule,
            })]),
            ["problems"] = new JsonArray([.. book.Problems.Select(p => JsonValue.Create(p))]),
        };
    }

    private static bool ShowsAgent(ScreenVerdict verdict) => verdict.Dialog is not null || verdict.Input.Kind != InputBoxKind.None;

    private static string Why(ScreenRuleBook book, ScreenVerdict verdict) => verdict.Rule switch
    {
        ScreenVerdict.NoRule => "No rule recognises this screen. Unknown is shown as unknown: nobody types into it, and better sources decide.",
        ScreenVerdict.TooSlow => "A pattern of the rules took too long on this screen, so that none of them was believed.",
        _ => book.Find(verdict.Agent)!.Rules.First(r => r.Name == verdict.Rule).Why,
    };

    private static JsonObject Dialog(ScreenDialog dialog) => new()
    {
        ["kind"] = RuleWords.Of(dialog.Kind),
        ["title"] = dialog.Title,
        ["body"] = dialog.Body,
        ["multiSelect"] = dialog.MultiSelect,
        ["fingerprint"] = dialog.Fingerprint,
        ["choices"] = new JsonArray([.. dialog.Choices.Select(c => new JsonObject
        {
            ["number"] = c.Number,
            ["label"] = c.Label,
            ["focused"] = c.Focused,
            ["checked"] = c.Checked,
        })]),
    };
}
