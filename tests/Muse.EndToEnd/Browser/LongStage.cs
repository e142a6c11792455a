using System.Text.Json.Nodes;

namespace Muse.EndToEnd.Browser;

/// <summary>A session of ten thousand items of many heights.</summary>
public sealed class LongStage : Stage
{
    public const string Session = "long";
    public const int Items = 10_000;

    protected override void Write()
    {
        var transcript = Transcript(Session, NowMs - (3L * 24 * 60 * 60 * 1000));
        for (var turn = 0; turn < Items / 4; turn++)
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
