using System.Text.Json.Nodes;
using Muse.Testing;

namespace Muse.EndToEnd.Browser;

/// <summary>A finished session with a subagent and output to find, and one that is written just now.</summary>
public sealed class ViewerStage : Stage
{
    public const string Finished = "lamp";
    public const string Live = "kettle";
    public const string Growing = "stove";
    public const int Turns = 150;
    private readonly Dictionary<string, ClaudeTranscript> _live = [];

    public void Append(string session, string reply, int outputTokens = 10) => _live[session].Reply(reply, outputTokens);

    protected override void Write()
    {
        var lamp = Transcript(Finished, NowMs - (24 * 60 * 60 * 1000));
        lamp.Prompt("Repair the lamp")
            .Call("look", "Bash", new JsonObject { ["command"] = "cat wiring.txt" })
            .Result("look", "red wire\nthe fuse says QUINCE-42\nblue wire")
            .Call("ask", "Task", new JsonObject { ["description"] = "Look for spare bulbs", ["prompt"] = "Find bulbs", ["subagent_type"] = "Explore" })
            .Result("ask", "Two bulbs.", report: new JsonObject { ["agentId"] = "a1", ["status"] = "completed" });
        Talk(lamp, "lamp");
        var agent = Transcript(Finished, NowMs - (24 * 60 * 60 * 1000), "a1").Prompt("Find bulbs").Reply("There are two bulbs in the drawer.");
        File.WriteAllText(
            Path.ChangeExtension(agent.Path, ".meta.json"),
            """{"agentType":"Explore","description":"Look for spare bulbs","toolUseId":"ask"}""");
        foreach (var name in new[] { Live, Growing })
        {
            _live[name] = Transcript(name, NowMs - (Turns * 2 * 1000) - 2000);
            _live[name].Prompt($"Watch the {name}");
            Talk(_live[name], name);
            _live[name].Reply($"The {name} is hot.");
        }
    }

    private static void Talk(ClaudeTranscript transcript, string of)
    {
        for (var turn = 1; turn <= Turns; turn++)
        {
            transcript.Prompt($"Step {turn} of the {of}").Reply($"Done with **step {turn}** of the {of}.\n\n- one\n- two");
        }
    }
}
