using System.Text.Json.Nodes;

namespace Muse.EndToEnd.Browser;

/// <summary>A session in which everything that can be said is hostile.</summary>
public sealed class ExportStage : Stage
{
    public const string Hostile = "hostile";

    protected override void Write()
    {
        var transcript = Transcript(Hostile, NowMs - (60 * 60 * 1000));
        var number = 0;
        foreach (var text in HostileTexts.All)
        {
            number++;
            transcript.Branch = text;
            transcript.Model = text;
            transcript.Prompt(text).Reply(text)
                .Call($"c{number}", text, new JsonObject { ["command"] = text, [text] = text, ["nested"] = new JsonObject { [text] = text } })
                .Result($"c{number}", text, isError: number % 2 == 0)
                .Call($"e{number}", "Edit", new JsonObject { ["file_path"] = text, ["old_string"] = text, ["new_string"] = text })
                .Result($"e{number}", text, report: new JsonObject
                {
                    ["filePath"] = text,
                    ["structuredPatch"] = new JsonArray(new JsonObject
                    {
                        ["oldStart"] = 1, ["oldLines"] = 1, ["newStart"] = 1, ["newLines"] = 1,
                        ["lines"] = new JsonArray([.. text.Split('\n').Select(l => (JsonNode)$"+{l}")]),
                    }),
                });
            Picture(transcript, text);
        }

        transcript.Call("ask", "Task", new JsonObject { ["description"] = HostileTexts.All[0], ["prompt"] = "x", ["subagent_type"] = HostileTexts.All[7] })
            .Result("ask", "done", report: new JsonObject { ["agentId"] = "a1", ["status"] = "completed" });
        var agent = Transcript(Hostile, NowMs - (60 * 60 * 1000), "a1").Prompt(HostileTexts.All[1]).Reply(HostileTexts.All[45]);
        File.WriteAllText(
            Path.ChangeExtension(agent.Path, ".meta.json"),
            new JsonObject { ["agentType"] = HostileTexts.All[7], ["description"] = HostileTexts.All[0], ["toolUseId"] = "ask" }.ToJsonString());
    }

    /// <summary>A picture whose kind and content are not what they say.</summary>
    private static void Picture(Muse.Testing.ClaudeTranscript transcript, string mediaType) => transcript.Raw(new JsonObject
    {
        ["type"] = "user",
        ["sessionId"] = Hostile,
        ["uuid"] = $"picture-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}",
        ["timestamp"] = "2026-01-01T00:00:00.000Z",
        ["message"] = new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonArray(
                new JsonObject { ["type"] = "text", ["text"] = "a picture" },
                new JsonObject
                {
                    ["type"] = "image",
                    ["source"] = new JsonObject
                    {
                        ["type"] = "base64", ["media_type"] = mediaType,
                        ["data"] = Convert.ToBase64String("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8),
                    },
                }),
        },
    }.ToJsonString());
}
