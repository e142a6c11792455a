using System.Text.Json.Nodes;
using Muse.Testing;

namespace Muse.EndToEnd.Browser;

/// <summary>A session of ten thousand items of many heights, with a subagent that talked for long, too.</summary>
public sealed class LongStage : Stage
{
    public const string Session = "long";
    public const string Agent = "a1";
    public const int Items = 10_000;
    private const int AgentItems = 600;

    protected override void Write()
    {
        Talk(Transcript(Session, NowMs - (3L * 24 * 60 * 60 * 1000)), Items);
        Talk(Transcript(Session, NowMs - (3L * 24 * 60 * 60 * 1000), Agent), AgentItems);
    }

    private static void Talk(ClaudeTranscript transcript, int items)
    {
        for (var turn = 0; turn < items / 4; turn++)
        {
            var lines = string.Join("\n", Enumerable.Range(0, turn % 7).Select(n => $"- point {n} of turn {turn}"));
            transcript.Prompt($"Turn {turn}")
                .Reply($"I begin turn {turn}.\n\n{lines}")
                .Call($"call-{turn}", "Bash", new JsonObject { ["command"] = $"make turn-{turn}" })
                .Result($"call-{turn}", $"made {turn}")
                .Reply(string.Join(' ', Enumerable.Repeat($"Turn {turn} is done and nothing was lost.", 1 + (turn % 13))));
        }
    }
}
