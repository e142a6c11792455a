using System.Text.Json;
using System.Text.Json.Nodes;

namespace Muse.Testing;

/// <summary>Writes a transcript as Claude Code would, a line at a time.</summary>
public sealed class ClaudeTranscript
{
    private readonly string _session;
    private readonly string _cwd;
    private int _count;

    public ClaudeTranscript(MuseHost muse, string session, string cwd = "/home/ann/shop", string? agentId = null)
        : this((muse ?? throw new ArgumentNullException(nameof(muse))).Home, session, cwd, agentId) =>
        AtMs = muse.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public ClaudeTranscript(string home, string session, string cwd, string? agentId)
    {
        (_session, _cwd) = (session, cwd);
        var project = System.IO.Path.Combine(home, ".claude", "projects", cwd.Replace('/', '-'));
        Path = agentId is null
            ? System.IO.Path.Combine(project, $"{session}.jsonl")
            : System.IO.Path.Combine(project, session, "subagents", $"agent-{agentId}.jsonl");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
    }

    public string Path { get; }

    /// <summary>Time of the next line; grows by a second a line.</summary>
    public long AtMs { get; set; }

    public string Branch { get; set; } = "main";

    public string Model { get; set; } = "claude-opus-4-5";

    public ClaudeTranscript Prompt(string text) => Line("user", new JsonObject { ["role"] = "user", ["content"] = text });

    public ClaudeTranscript Reply(string text, int outputTokens = 10) => Assistant(new JsonObject { ["type"] = "text", ["text"] = text }, outputTokens);

    public ClaudeTranscript Call(string id, string tool, JsonObject input) =>
        Assistant(new JsonObject { ["type"] = "tool_use", ["id"] = id, ["name"] = tool, ["input"] = input }, 5);

    /// <param name="report">What the tool itself noted of its work.</param>
    public ClaudeTranscript Result(string id, string output, bool isError = false, JsonObject? report = null) => Line(
        "user",
        new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonArray(new JsonObject
            {
                ["tool_use_id"] = id, ["type"] = "tool_result", ["content"] = output, ["is_error"] = isError,
            }),
        },
        report);

    public ClaudeTranscript Image(string text, byte[] png) => Line("user", new JsonObject
    {
        ["role"] = "user",
        ["content"] = new JsonArray(
            new JsonObject { ["type"] = "text", ["text"] = text },
            new JsonObject
            {
                ["type"] = "image",
                ["source"] = new JsonObject { ["type"] = "base64", ["media_type"] = "image/png", ["data"] = Convert.ToBase64String(png) },
            }),
    });

    /// <summary>A line as it is.</summary>
    public ClaudeTranscript Raw(string line)
    {
        File.AppendAllText(Path, line + "\n");
        return this;
    }

    private ClaudeTranscript Assistant(JsonObject block, int outputTokens) => Line("assistant", new JsonObject
    {
        ["id"] = $"msg_{_session}_{_count}",
        ["type"] = "message",
        ["role"] = "assistant",
        ["model"] = Model,
        ["content"] = new JsonArray(block),
        ["stop_reason"] = null,
        ["usage"] = new JsonObject
        {
            ["input_tokens"] = 3, ["cache_creation_input_tokens"] = 7, ["cache_read_input_tokens"] = 100, ["output_tokens"] = outputTokens,
        },
    });

    private ClaudeTranscript Line(string type, JsonObject message, JsonObject? report = null)
    {
        var line = new JsonObject
        {
            ["parentUuid"] = _count == 0 ? null : $"{_session}-{_count - 1}",
            ["isSidechain"] = false,
            ["userType"] = "external",
            ["cwd"] = _cwd,
            ["sessionId"] = _session,
            ["version"] = "2.1.0",
            ["gitBranch"] = Branch,
            ["type"] = type,
            ["message"] = message,
            ["uuid"] = $"{_session}-{_count++}",
            ["requestId"] = $"req_{_session}_{_count}",
            ["timestamp"] = DateTimeOffset.FromUnixTimeMilliseconds(AtMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
        };
        AtMs += 1000;
        if (report is not null)
        {
            line["toolUseResult"] = report;
        }

        return Raw(line.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }
}
