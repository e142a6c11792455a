using System.Text.Json;
using System.Text.Json.Nodes;
using Muse.Contracts.Sessions;
using Muse.Testing;

namespace Muse.Sessions.Tests.Features.SearchItems;

/// <summary>Plants needles in a rollout of Codex, in Gemini's lines and in one of its older documents.</summary>
internal sealed class OtherNeedles(MuseHost host, NeedleWords words, int number)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(Relaxed) { WriteIndented = true };
    private readonly List<string> _lines = [];

    public List<Needle> Planted { get; } = [];

    public void WriteCodex()
    {
        var id = $"019f5000-0000-7000-8000-{number:d12}";
        var session = SessionId.For("test", "codex", id);
        string Word(string kind) => Plant($"Codex: {kind}", session);
        Codex("session_meta", new JsonObject { ["id"] = id, ["timestamp"] = "2026-06-01T10:00:00.000Z", ["cwd"] = "/home/ann/mill", ["cli_version"] = "0.169.0", ["source"] = "cli" });
        Codex("event_msg", new JsonObject { ["type"] = "task_started", ["turn_id"] = "t1", ["started_at"] = 1_780_000_000 });
        Codex("event_msg", new JsonObject { ["type"] = "user_message", ["message"] = $"please {Word("prompt")} it", ["images"] = new JsonArray() });
        Codex("event_msg", new JsonObject { ["type"] = "agent_reasoning", ["text"] = $"**Looking** at {Word("thinking")}" });
        var (quoted, broken) = (words.Next(), words.Next());
        CodexCall("c1", new JsonObject { ["cmd"] = $"echo \"{quoted}\" é\nrm {broken}" }, $"Chunk ID: d61bd2\nWall time: 0.0002 seconds\nProcess exited with code 0\nOutput:\n{Word("output")}\nsecond line");
        Add("Codex: quotes in arguments", "substring", $"o \"{quoted}\" é", session, quoted);
        Add("Codex: regex over quotes in arguments", "regex", $"\"{quoted[..6]}\\w+\"", session, quoted);
        Add("Codex: line break in arguments", "substring", $"é\nrm {broken}", session, broken);
        Add("Codex: a line's beginning in arguments", "regex", $"^rm {broken}$", session, broken);
        Add("Codex: regex without a literal", "regex", string.Concat(broken.Select(c => $"[{c}-{c}]")), session, broken);
        Add("Codex: role", "words", $"{quoted} role:tool agent:codex", session, quoted);
        Codex("response_item", new JsonObject { ["type"] = "custom_tool_call", ["name"] = "apply_patch", ["call_id"] = "c2", ["input"] = $"*** Begin Patch\n*** Update File: src/{Word("path")}/a.c\n@@\n one\n-two\n+{Word("patch")}\n*** End Patch\n" });
        Codex("response_item", new JsonObject { ["type"] = "custom_tool_call_output", ["call_id"] = "c2", ["output"] = "{\"output\":\"Success. " + Word("JSON in JSON") + " \\\"x\\\"\\n\",\"metadata\":{\"exit_code\":0}}" });
        Codex("response_item", new JsonObject { ["type"] = "message", ["role"] = "assistant", ["content"] = new JsonArray(new JsonObject { ["type"] = "output_text", ["text"] = $"Done: {Word("reply")}." }) });
        var folder = Path.Combine(host.Home, ".codex", "sessions", "2026", "06", "01");
        Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, $"rollout-2026-06-01T10-00-00-{id}.jsonl"), _lines);
    }

    public void WriteGemini()
    {
        var id = $"5e55-{number}";
        var session = SessionId.For("test", "gemini", id);
        string Word(string kind) => Plant($"Gemini: {kind}", session);
        Gemini(new JsonObject { ["sessionId"] = id, ["projectHash"] = "00ff", ["startTime"] = "2026-05-01T08:00:00.000Z", ["kind"] = "main" });
        Gemini(new JsonObject
        {
            ["$set"] = new JsonObject { ["messages"] = new JsonArray(GeminiUser("u0", "nothing"), GeminiUser("u1", $"a list with {Word("message in a list")}"), GeminiUser("u2", "nothing else")) },
        });
        Gemini(GeminiUser("u3", $"fix {Word("prompt")}"));
        Gemini(GeminiReply(Word));
        var inList = Planted.First(n => n.Kind.EndsWith("in a list", StringComparison.Ordinal)).Text;
        Add("Gemini: message in a list by regex", "regex", string.Concat(inList.Select(c => $"[{c}-{c}]")), session, inList);
        Add("Gemini: message in a list by a part", "substring", inList[1..8], session, inList);
        Gemini(new JsonObject { ["id"] = "e1", ["timestamp"] = "2026-05-01T08:00:09.000Z", ["type"] = "error", ["content"] = $"Quota exceeded: {Word("error")}" });
        File.WriteAllLines(Chat($"session-2026-05-01T08-00-{number}.jsonl"), _lines);
    }

    public void WriteGeminiDocument()
    {
        var id = $"aa11bb22-0000-4000-8000-{number:d12}";
        var session = SessionId.For("test", "gemini", id);
        string Word(string kind) => Plant($"Gemini document: {kind}", session);
        var document = new JsonObject
        {
            ["sessionId"] = id, ["projectHash"] = "00ff", ["startTime"] = "2026-02-20T07:00:00.000Z", ["lastUpdated"] = "2026-02-20T07:00:50.000Z", ["kind"] = "main",
            ["messages"] = new JsonArray(GeminiUser("m1", $"wind {Word("prompt")}"), GeminiReply(Word), GeminiUser("m3", $"thank {Word("last prompt")}")),
        };
        var prompt = Planted[0].Text;
        Add("Gemini document: part", "substring", prompt[1..8], session, prompt);
        Add("Gemini document: regex without a literal", "regex", string.Concat(prompt.Select(c => $"[{c}-{c}]")), session, prompt);
        File.WriteAllText(Chat($"session-2026-02-20T07-00-{number:d8}.json"), document.ToJsonString(Indented));
    }

    private static JsonObject GeminiUser(string id, string text) => new()
    {
        ["id"] = id, ["timestamp"] = "2026-05-01T08:00:01.000Z", ["type"] = "user", ["content"] = new JsonArray(new JsonObject { ["text"] = text }),
    };

    private static JsonObject GeminiReply(Func<string, string> word) => new()
    {
        ["id"] = "g1", ["timestamp"] = "2026-05-01T08:00:03.000Z", ["type"] = "gemini", ["content"] = $"Looking at {word("reply")}.", ["model"] = "gemini-3-pro-preview",
        ["thoughts"] = new JsonArray(new JsonObject { ["subject"] = "Plan", ["description"] = $"Try {word("thinking")} first.", ["timestamp"] = "2026-05-01T08:00:02.000Z" }),
        ["toolCalls"] = new JsonArray(new JsonObject
        {
            ["id"] = "sh-1", ["name"] = "run_shell_command", ["args"] = new JsonObject { ["command"] = $"make \"{word("input")}\"" },
            ["result"] = new JsonArray(new JsonObject
            {
                ["functionResponse"] = new JsonObject { ["id"] = "sh-1", ["name"] = "run_shell_command", ["response"] = new JsonObject { ["output"] = $"Output: {word("output")}\nExit Code: 2" } },
            }),
            ["status"] = "success", ["timestamp"] = "2026-05-01T08:00:04.000Z",
        }),
    };

    private string Chat(string name)
    {
        var folder = Path.Combine(host.Home, ".gemini", "tmp", $"p{number}", "chats");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }

    private void Codex(string type, JsonObject payload) => _lines.Add(new JsonObject
    {
        ["timestamp"] = $"2026-06-01T10:00:{_lines.Count:d2}.000Z", ["type"] = type, ["payload"] = payload,
    }.ToJsonString(Relaxed));

    private void CodexCall(string id, JsonObject arguments, string output)
    {
        Codex("response_item", new JsonObject { ["type"] = "function_call", ["name"] = "exec_command", ["arguments"] = arguments.ToJsonString(Relaxed), ["call_id"] = id });
        Codex("response_item", new JsonObject { ["type"] = "function_call_output", ["call_id"] = id, ["output"] = output });
    }

    private void Gemini(JsonObject line) => _lines.Add(line.ToJsonString(Relaxed));

    private string Plant(string kind, string session)
    {
        var word = words.Next();
        Planted.Add(new Needle(kind, "words", word, session, null, word));
        return word;
    }

    private void Add(string kind, string mode, string query, string session, string text) => Planted.Add(new Needle(kind, mode, query, session, null, text));
}
