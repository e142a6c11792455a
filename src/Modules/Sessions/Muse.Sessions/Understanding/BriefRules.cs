using Muse.BuildingBlocks.Text;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Understanding;

/// <summary>Picks what somebody needs who comes back to a session. A pure function of the items and of what is open.</summary>
internal static class BriefRules
{
    private const int LongestWord = 500;
    private const int ShortAnswer = 200;
    private const int MostDecisions = 5;
    private const int MostFiles = 10;
    private const int MostCommits = 5;

    /// <param name="lastReply">The whole text of the last reply; its preview if the file is gone.</param>
    public static Brief Make(IReadOnlyList<Step> steps, string lastReply, IReadOnlyList<TodoEntry> todos, IReadOnlyList<OpenLoop> loops)
    {
        var asks = steps.Where(s => s.IsAsk).ToList();
        var reply = steps.LastOrDefault(s => s.IsReply);
        var next = todos.FirstOrDefault(t => t.Status == "in_progress") ?? todos.FirstOrDefault(t => t.Status != "completed");
        return new Brief(
            asks.Count > 0 ? Word(asks[0].Preview, asks[0]) : null,
            asks.Count > 1 ? Word(asks[^1].Preview, asks[^1]) : null,
            reply is null ? null : Word(End(lastReply), reply),
            [.. asks.Skip(1).Where(s => s.Preview.Length <= ShortAnswer).TakeLast(MostDecisions).Reverse().Select(s => Word(s.Preview, s))],
            [.. steps.Reverse().SelectMany(s => s.Edits).Distinct(StringComparer.Ordinal).Take(MostFiles)],
            [.. steps.Where(s => s.Has(ItemFlags.Commit)).TakeLast(MostCommits).Reverse().Select(s => Word(s.Preview, s))],
            next is not null && steps.LastOrDefault(LoopRules.IsTodoList) is { } list ? Word(next.Content, list)
                : loops.Count > 0 ? new BriefWord(loops[0].Text, loops[0].Item, loops[0].AtMs) : null);
    }

    /// <summary>What a reply comes to stands at its end.</summary>
    private static string End(string reply)
    {
        var text = reply.Trim();
        return text.Length <= LongestWord ? text : $"…{text[^LongestWord..]}";
    }

    private static BriefWord Word(string text, Step step) => new(PreviewText.From(text, LongestWord), ItemRef.Text(step.Ordinal), step.AtMs);
}
