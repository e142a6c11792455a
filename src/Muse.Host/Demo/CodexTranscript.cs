namespace Muse.Host.Demo;

/// <summary>Writes the records of one Codex rollout.</summary>
internal sealed class CodexTranscript
{
    private const string Version = "0.169.0";
    private readonly List<string> _lines = [];
    private readonly int _story;
    private readonly string _project;
    private DateTimeOffset _now;
    private int _count;
    private string _turn = "";
    private long _input;
    private long _output;

    public CodexTranscript(int story, string project, string branch, string model, DateTimeOffset start)
    {
        (_story, _project, _now, Start) = (story, project, start, start);
        ThreadId = DemoLine.Id(story, 0);
        Model = model;
        Record("session_meta", new
        {
            id = ThreadId, session_id = ThreadId, timestamp = DemoLine.At(start), cwd = project, originator = "codex-tui", cli_version = Version,
            source = "cli", thread_source = "user", model_provider = "openai",
            git = new { commit_hash = "4c1d0aa7e2b85f3390d6c11e6f7a8b9c0d1e2f30", branch, repository_url = "https://git.example.com/acme/app.git" },
        });
    }

    public string ThreadId { get; }

    public string Model { get; }

    public DateTimeOffset Start { get; }

    public IReadOnlyList<string> Lines => _lines;

    public CodexTranscript Prompt(string text)
    {
        _turn = NextId();
        Event(new { type = "task_started", turn_id = _turn, started_at = _now.ToUnixTimeSeconds(), model_context_window = 258_400, collaboration_mode_kind = "default" });
        Record("turn_context", new { turn_id = _turn, cwd = _project, approval_policy = "on-request", model = Model, effort = "medium", summary = "auto" });
        Record("response_item", new { type = "message", id = NextId(), role = "user", content = new[] { new { type = "input_text", text } } });
        return Completed(new { type = "UserMessage", id = NextId(), content = new[] { new { type = "text", text } } });
    }

    public CodexTranscript Think(string text)
    {
        var id = NextId();
        Completed(new { type = "Reasoning", id, summary_text = new[] { text }, raw_content = Array.Empty<string>() });
        return Record("response_item", new { type = "reasoning", id, summary = new[] { new { type = "summary_text", text } }, encrypted_content = "ZGVtbw==" });
    }

    public CodexTranscript Say(string text)
    {
        var id = NextId();
        Completed(new { type = "AgentMessage", id, content = new[] { new { type = "Text", text } } });
        Record("response_item", new { type = "message", id, role = "assistant", content = new[] { new { type = "output_text", text } } });
        return Tokens();
    }

    public CodexTranscript Run(string command, string output, int exitCode = 0, int milliseconds = 800)
    {
        var call = $"call_demo{_story:x4}{_count:x6}";
        Record("response_item", new { type = "function_call", id = NextId(), name = "exec_command", arguments = DemoLine.Of(new { cmd = command }), call_id = call });
        _now = _now.AddMilliseconds(milliseconds);
        Completed(new
        {
            type = "CommandExecution", id = call, command = new[] { "/bin/bash", "-lc", command }, cwd = $"file://{_project}",
            status = exitCode == 0 ? "completed" : "failed", aggregated_output = output, exit_code = exitCode,
            duration = new { secs = milliseconds / 1000, nanos = milliseconds % 1000 * 1_000_000 },
        });
        return Record("response_item", new
        {
            type = "function_call_output", id = NextId(), call_id = call,
            output = $"Chunk ID: {_count:x6}\nWall time: {milliseconds / 1000.0:0.0000} seconds\nProcess exited with code {exitCode}\nOutput:\n{output}",
        });
    }

    /// <param name="diff">A unified diff without its file header.</param>
    public CodexTranscript Patch(string path, string diff)
    {
        var call = $"call_demo{_story:x4}{_count:x6}";
        var body = string.Join('\n', diff.Split('\n').Where(l => !l.StartsWith("@@", StringComparison.Ordinal)));
        Record("response_item", new
        {
            type = "custom_tool_call", id = NextId(), status = "completed", call_id = call, name = "apply_patch",
            input = $"*** Begin Patch\n*** Update File: {path}\n@@\n{body}\n*** End Patch\n",
        });
        Completed(new
        {
            type = "FileChange", id = call, status = "completed", stdout = $"Success. Updated the following files:\nM {path}\n", stderr = "",
            changes = new Dictionary<string, object>(StringComparer.Ordinal) { [$"{_project}/{path}"] = new { type = "update", unified_diff = diff + "\n", move_path = (string?)null } },
        });
        return Record("response_item", new
        {
            type = "custom_tool_call_output", id = NextId(), call_id = call,
            output = $"Exit code: 0\nWall time: 0.1 seconds\nOutput:\nSuccess. Updated the following files:\nM {path}\n",
        });
    }

    public CodexTranscript Compact(string summary)
    {
        Record("compacted", new { message = summary, replacement_history = Array.Empty<object>() });
        return Completed(new { type = "ContextCompaction", id = NextId() });
    }

    public CodexTranscript EndTurn(string lastWords) => Event(new
    {
        type = "task_complete", turn_id = _turn, last_agent_message = lastWords, completed_at = _now.ToUnixTimeSeconds(), duration_ms = 48_000,
    });

    public CodexTranscript Interrupt() => Event(new
    {
        type = "turn_aborted", turn_id = _turn, reason = "interrupted", completed_at = _now.ToUnixTimeSeconds(), duration_ms = 4_000,
    });

    private CodexTranscript Tokens()
    {
        (_input, _output) = (_input + 12_400, _output + 310);
        var last = new { input_tokens = 12_400, cached_input_tokens = 9_900, cache_write_input_tokens = 0, output_tokens = 310, reasoning_output_tokens = 90, total_tokens = 12_710 };
        var total = new
        {
            input_tokens = _input, cached_input_tokens = _input / 12_400 * 9_900, cache_write_input_tokens = 0,
            output_tokens = _output, reasoning_output_tokens = _output / 310 * 90, total_tokens = _input + _output,
        };
        Record("token_usage_record", new { thread_id = ThreadId, turn_id = _turn, response_id = $"resp_{NextId()}", usage = last, thread_token_usage = total });
        return Event(new { type = "token_count", info = new { total_token_usage = total, last_token_usage = last, model_context_window = 258_400 } });
    }

    private CodexTranscript Completed(object item) => Event(new
    {
        type = "item_completed", thread_id = ThreadId, turn_id = _turn, item,
        started_at_ms = _now.ToUnixTimeMilliseconds(), completed_at_ms = _now.ToUnixTimeMilliseconds(),
    });

    private CodexTranscript Event(object payload) => Record("event_msg", payload);

    private CodexTranscript Record(string type, object payload)
    {
        _lines.Add(DemoLine.Of(new { timestamp = DemoLine.At(_now), ordinal = _lines.Count, type, payload }));
        _now = _now.AddSeconds(1);
        return this;
    }

    private string NextId() => DemoLine.Id(_story, ++_count);
}
