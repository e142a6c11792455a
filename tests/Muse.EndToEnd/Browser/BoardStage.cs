using Microsoft.Playwright;

namespace Muse.EndToEnd.Browser;

/// <summary>One session for each test of the board, quiet since yesterday: what they do now, hooks tell.</summary>
public sealed class BoardStage : Stage
{
    public const string Oven = "oven";
    public const string Clock = "clock";
    public const string Radio = "radio";
    public const string Heater = "heater";
    public const string Fan = "fan";
    public const string Bell = "bell";

    public static ILocator Lane(IPage page, string name) => page.GetByRole(AriaRole.List, new() { Name = name, Exact = true });

    public static ILocator Card(IPage page, string lane, string session) =>
        Lane(page, lane).GetByRole(AriaRole.Listitem).Filter(new() { HasText = $"Repair the {session}" });

    protected override void Write()
    {
        foreach (var session in new[] { Oven, Clock, Radio, Heater, Fan, Bell })
        {
            Transcript(session, NowMs - (24 * 60 * 60 * 1000)).Prompt($"Repair the {session}").Reply($"I look at the {session}.");
        }
    }
}
