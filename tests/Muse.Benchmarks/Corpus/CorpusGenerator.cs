using System.Text;

namespace Muse.Benchmarks.Corpus;

/// <summary>
/// Writes a made-up home: Claude Code sessions with subagents, Codex and Gemini sessions, in the shapes real files have
/// (one content block a record, streamed usage, results four fifths of the bytes, mean line 1.8 KB).
/// </summary>
internal sealed class CorpusGenerator(string home, int seed)
{
    private readonly MadeUpText _text = new(seed);
    private long _clockMs = 1_780_000_000_000;

    /// <summary>Fills the home with sessions of very different sizes that together have about <paramref name="totalBytes"/>.</summary>
    public void WriteHome(int sessions, long totalBytes)
    {
        // A few sessions hold most of the bytes, as on real disks.
        var weights = Enumerable.Range(0, sessions).Select(_ => Math.Pow(_text.Next(1_000_000) / 1e6, 6) + 0.004).ToArray();
        var sum = weights.Sum();
        for (var i = 0; i < sessions; i++)
        {
            var bytes = (long)(totalBytes * weights[i] / sum);
            if (i % 8 == 7)
            {
                WriteCodex(bytes);
            }
            else
            {
                WriteClaude($"project-{i % 23}", bytes, subagents: i % 5 == 0 ? 2 : 0);
            }
        }
    }

    /// <summary>One Claude Code session of about the given size.</summary>
    /// <returns>The transcript's path.</returns>
    public string WriteClaude(string project, long bytes, int subagents = 0)
    {
        var session = _text.Uuid();
        var folder = Path.Combine(home, ".claude", "projects", $"-home-dev-{project}");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{session}.jsonl");
        using (var file = Open(path))
        {
            WriteTurns(file, bytes / (1 + subagents), new Envelope(session, $"/home/dev/{project}", null));
        }

        for (var i = 0; i < subagents; i++)
        {
            var agent = _text.Id("a", 16).ToLowerInvariant();
            Directory.CreateDirectory(Path.Combine(folder, session, "subagents"));
            using var file = Open(Path.Combine(folder, session, "subagents", $"agent-{agent}.jsonl"));
            WriteTurns(file, bytes / (1 + subagents), new Envelope(session, $"/home/dev/{project}", agent));
        }

        return path;
    }

    /// <summary>One line as the agent would append it: a reply of a few words.</summary>
    public string ReplyLine(string session, string marker)
    {
        var envelope = new Envelope(session, "/home/dev/live", null);
        return Assistant(envelope, _text.Id("msg_"), $$"""{"type":"text","text":"{{marker}} {{_text.Prose(12)}}"}""", 40, "end_turn");
    }

    private void WriteTurns(StreamWriter file, long bytes, Envelope envelope)
    {
        var written = 0L;
        void Line(string line)
        {
            file.Write(line);
            file.Write('\n');
            written += line.Length + 1;
        }

        while (written < bytes || written == 0)
        {
            Line(User(envelope, $"\"{_text.Prose(8 + _text.Next(40))}\"", human: true));
            for (var step = 0; step < 6 + _text.Next(10) && (written < bytes || step == 0); step++)
            {
                var message = _text.Id("msg_");
                if (step % 3 == 0)
                {
                    Line(Assistant(envelope, message, $$"""{"type":"thinking","thinking":"{{_text.Prose(40)}}","signature":"{{_text.Id("", 300)}}"}""", 3, "tool_use"));
                }

                Line(Assistant(envelope, message, $$"""{"type":"text","text":"{{_text.Prose(20)}}"}""", 9, "tool_use"));
                Tool(Line, envelope, message);
            }

            Line(Assistant(envelope, _text.Id("msg_"), $$"""{"type":"text","text":"{{_text.Prose(60)}}"}""", 120, "end_turn"));
        }
    }

    private void Tool(Action<string> line, Envelope envelope, string message)
    {
        var call = _text.Id("toolu_");
        var path = _text.Path();
        switch (_text.Next(4))
        {
            case 0:
                var code = _text.Code(6);
                line(Assistant(envelope, message, $$"""{"type":"tool_use","id":"{{call}}","name":"Edit","input":{"file_path":"{{path}}","old_string":"{{code}}","new_string":"{{code}}x"} }""", 300, "tool_use"));
                line(Result(envelope, call, $"\"The file {path} has been updated.\"", $$"""{"filePath":"{{path}}","oldString":"{{code}}","newString":"{{code}}x","originalFile":"{{_text.Code(60)}}","structuredPatch":[{"oldStart":{{_text.Next(500)}},"oldLines":3,"newStart":3,"newLines":4,"lines":[" {{_text.Prose(5)}}","-{{_text.Prose(5)}}","+{{_text.Prose(5)}}","+{{_text.Prose(5)}}"]}],"userModified":false,"replaceAll":false}"""));
                break;
            case 1:
                var read = _text.Code(50 + _text.Next(80));
                line(Assistant(envelope, message, $$"""{"type":"tool_use","id":"{{call}}","name":"Read","input":{"file_path":"{{path}}"} }""", 80, "tool_use"));
                line(Result(envelope, call, $"\"{read}\"", $$"""{"type":"text","file":{"filePath":"{{path}}","content":"{{read}}","numLines":80,"startLine":1,"totalLines":80} }"""));
                break;
            default:
                var output = _text.Code(8 + _text.Next(60));
                line(Assistant(envelope, message, $$"""{"type":"tool_use","id":"{{call}}","name":"Bash","input":{"command":"{{_text.Word()}} --{{_text.Word()}} {{path}}","description":"{{_text.Prose(4)}}"} }""", 110, "tool_use"));
                line(Result(envelope, call, $"\"{output}\"", $$"""{"stdout":"{{output}}","stderr":"","interrupted":false,"isImage":false}"""));
                break;
        }
    }

    private string Assistant(Envelope e, string message, string block, int output, string stop) =>
        $$"""{{Head(e)}}"message":{"model":"claude-opus-5","id":"{{message}}","type":"message","role":"assistant","content":[{{block}}],"stop_reason":"{{stop}}","stop_sequence":null,"usage":{"input_tokens":4,"cache_creation_input_tokens":{{_text.Next(4000)}},"cache_read_input_tokens":{{20_000 + _text.Next(90_000)}},"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":{{output}},"service_tier":"standard"} },"requestId":"req_{{message[4..]}}","type":"assistant",{{Tail(e)}}""";

    private string User(Envelope e, string content, bool human) =>
        $$"""{{Head(e)}}"type":"user","message":{"role":"user","content":{{content}} },{{(human ? "\"origin\":{\"kind\":\"human\"},\"promptSource\":\"typed\"," : "")}}{{Tail(e)}}""";

    private string Result(Envelope e, string call, string content, string result) =>
        $$"""{{Head(e)}}"type":"user","message":{"role":"user","content":[{"tool_use_id":"{{call}}","type":"tool_result","content":{{content}} }]},"toolUseResult":{{result}},{{Tail(e)}}""";

    private static string Head(Envelope e) => $$"""{"parentUuid":"{{e.Last}}","isSidechain":{{(e.Agent is null ? "false" : "true")}},{{(e.Agent is null ? "" : $"\"agentId\":\"{e.Agent}\",")}}""";

    private string Tail(Envelope e)
    {
        _clockMs += 700 + _text.Next(9000);
        e.Last = _text.Uuid();
        return $$""" "uuid":"{{e.Last}}","timestamp":"{{DateTimeOffset.FromUnixTimeMilliseconds(_clockMs):yyyy-MM-ddTHH:mm:ss.fffZ}}","userType":"external","entrypoint":"cli","cwd":"{{e.Cwd}}","sessionId":"{{e.Session}}","version":"2.1.330","gitBranch":"main"}""";
    }

    private void WriteCodex(long bytes)
    {
        var id = _text.Uuid();
        var folder = Path.Combine(home, ".codex", "sessions", "2026", "06", "01");
        Directory.CreateDirectory(folder);
        using var file = Open(Path.Combine(folder, $"rollout-2026-06-01T10-00-00-{id}.jsonl"));
        var written = 0L;
        var total = 0L;
        void Line(string type, string payload)
        {
            _clockMs += 500 + _text.Next(3000);
            var line = $$"""{"timestamp":"{{DateTimeOffset.FromUnixTimeMilliseconds(_clockMs):yyyy-MM-ddTHH:mm:ss.fffZ}}","type":"{{type}}","payload":{{payload}} }""";
            file.Write(line);
            file.Write('\n');
            written += line.Length + 1;
        }

        Line("session_meta", $$"""{"id":"{{id}}","timestamp":"2026-06-01T10:00:00.000Z","cwd":"/home/dev/codex-{{_text.Next(5)}}","originator":"codex-tui","cli_version":"0.169.0","source":"cli","model_provider":"openai","git":{"branch":"main"} }""");
        while (written < bytes || written < 2000)
        {
            var turn = _text.Uuid();
            Line("event_msg", $$"""{"type":"task_started","turn_id":"{{turn}}","started_at":1782914246,"model_context_window":258400}""");
            Line("turn_context", $$"""{"turn_id":"{{turn}}","cwd":"/home/dev/codex","approval_policy":"never","model":"gpt-5.5","effort":"high","summary":"auto"}""");
            Line("event_msg", $$"""{"type":"user_message","message":"{{_text.Prose(20)}}","images":[],"local_images":[],"text_elements":[]}""");
            for (var i = 0; i < 6 && written < bytes; i++)
            {
                var call = _text.Id("call_");
                Line("response_item", $$"""{"type":"function_call","name":"exec_command","arguments":"{\"cmd\":\"{{_text.Word()}}\",\"workdir\":\"/home/dev\"}","call_id":"{{call}}"}""");
                Line("response_item", $$"""{"type":"function_call_output","call_id":"{{call}}","output":"Chunk ID: d61bd2\nWall time: 0.0002 seconds\nProcess exited with code 0\nOutput:\n{{_text.Code(60)}}"}""");
                total += 20_000;
                Line("event_msg", $$"""{"type":"token_count","info":{"total_token_usage":{"input_tokens":{{total}},"cached_input_tokens":{{total / 2}},"output_tokens":{{total / 50}},"reasoning_output_tokens":0,"total_tokens":{{total + (total / 50)}} },"last_token_usage":{"input_tokens":20000,"cached_input_tokens":10000,"output_tokens":400,"reasoning_output_tokens":0,"total_tokens":20400},"model_context_window":258400},"rate_limits":null}""");
            }

            Line("response_item", $$"""{"type":"message","role":"assistant","content":[{"type":"output_text","text":"{{_text.Prose(40)}}"}],"phase":"final_answer"}""");
            Line("event_msg", $$"""{"type":"task_complete","turn_id":"{{turn}}","last_agent_message":"done","completed_at":1782914657,"duration_ms":4110}""");
        }
    }

    private static StreamWriter Open(string path) => new(path, append: false, new UTF8Encoding(false), 1 << 20);

    private sealed class Envelope(string session, string cwd, string? agent)
    {
        public string Session { get; } = session;
        public string Cwd { get; } = cwd;
        public string? Agent { get; } = agent;
        public string Last { get; set; } = session;
    }
}
