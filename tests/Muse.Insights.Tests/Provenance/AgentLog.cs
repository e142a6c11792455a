using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Muse.Contracts.Sessions;
using Muse.Testing;

namespace Muse.Insights.Tests.Provenance;

/// <summary>What an agent writes down of its work, as its own program would.</summary>
public abstract class AgentLog
{
    private int _count;

    /// <summary>Muse's id of the session.</summary>
    public abstract string SessionId { get; }

    protected string NextId() => $"call_{++_count:x6}";

    public abstract void Prompt(DateTimeOffset at, string text);

    /// <summary>It changed a line of a file.</summary>
    public abstract void Edit(DateTimeOffset at, string folder, string path);

    public abstract void Run(DateTimeOffset at, string command, string output, bool failed = false);
}

public sealed class ClaudeLog(MuseHost muse, string id, string cwd) : AgentLog
{
    private readonly ClaudeTranscript _transcript = A.Transcript(muse, id, cwd);

    public override string SessionId { get; } = A.SessionId(id);

    public override void Prompt(DateTimeOffset at, string text) => At(at).Prompt(text);

    public override void Edit(DateTimeOffset at, string folder, string path)
    {
        var (call, file) = (NextId(), Path.Combine(folder, path));
        At(at.AddSeconds(-1)).Call(call, "Edit", new JsonObject { ["file_path"] = file, ["old_string"] = "a", ["new_string"] = "b" })
            .Result(call, $"The file {file} has been updated.", report: new JsonObject
            {
                ["filePath"] = file,
                ["structuredPatch"] = new JsonArray(new JsonObject
                {
                    ["oldStart"] = 1, ["oldLines"] = 1, ["newStart"] = 1, ["newLines"] = 1, ["lines"] = new JsonArray("-a", "+b"),
                }),
            });
    }

    public override void Run(DateTimeOffset at, string command, string output, bool failed = false)
    {
        var call = NextId();
        At(at).Call(call, "Bash", new JsonObject { ["command"] = command }).Result(call, failed ? $"Exit code 1\n{output}" : output, failed);
    }

    private ClaudeTranscript At(DateTimeOffset at)
    {
        _transcript.AtMs = at.ToUnixTimeMilliseconds();
        return _transcript;
    }
}

/// <summary>Names files from the folder it was started in.</summary>
public sealed class CodexLog : AgentLog
{
    private readonly string _path;
    private readonly string _cwd;

    public CodexLog(MuseHost muse, int number, string cwd, DateTimeOffset start)
    {
        var id = $"01997b2c-0000-7000-8000-{number:x12}";
        SessionId = Contracts.Sessions.SessionId.For("test", "codex", id);
        var folder = Directory.CreateDirectory(Path.Combine(muse.Home, ".codex", "sessions", "2026", "06", "01")).FullName;
        (_cwd, _path) = (cwd, Path.Combine(folder, $"rollout-2026-06-01T08-00-00-{id}.jsonl"));
        Record(start, "session_meta", new { id, timestamp = Text(start), cwd, originator = "codex-tui", cli_version = "0.169.0", source = "cli", model_provider = "openai" });
    }

    public override string SessionId { get; }

    public override void Prompt(DateTimeOffset at, string text)
    {
        Record(at, "turn_context", new { cwd = _cwd, model = "gpt-5", approval_policy = "on-request" });
        Record(at, "response_item", new { type = "message", role = "user", content = new[] { new { type = "input_text", text } } });
    }

    public override void Edit(DateTimeOffset at, string folder, string path)
    {
        var (call, file) = (NextId(), Path.GetRelativePath(_cwd, Path.Combine(folder, path)));
        Record(at, "response_item", new
        {
            type = "custom_tool_call", status = "completed", call_id = call, name = "apply_patch",
            input = $"*** Begin Patch\n*** Update File: {file}\n@@\n-a\n+b\n*** End Patch\n",
        });
        Record(at, "response_item", new { type = "custom_tool_call_output", call_id = call, output = $"Exit code: 0\nWall time: 0.1 seconds\nOutput:\nSuccess. Updated the following files:\nM {file}\n" });
    }

    public override void Run(DateTimeOffset at, string command, string output, bool failed = false)
    {
        var call = NextId();
        Record(at, "response_item", new { type = "function_call", name = "exec_command", arguments = JsonSerializer.Serialize(new { cmd = command }), call_id = call });
        Record(at, "response_item", new
        {
            type = "function_call_output", call_id = call,
            output = $"Chunk ID: 000001\nWall time: 0.8000 seconds\nProcess exited with code {(failed ? 1 : 0)}\nOutput:\n{output}",
        });
    }

    private void Record(DateTimeOffset at, string type, object payload) =>
        File.AppendAllText(_path, JsonSerializer.Serialize(new { timestamp = Text(at), type, payload }) + "\n");

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
