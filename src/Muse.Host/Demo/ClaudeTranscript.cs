namespace Muse.Host.Demo;

/// <summary>Writes the records of one Claude Code transcript, one after another, its clock moving with them.</summary>
internal sealed class ClaudeTranscript(int story, string project, string branch, DateTimeOffset start, string? agentId = null)
{
    public const string Model = "claude-opus-5-5";
    private const string Version = "2.1.330";
    private readonly List<string> _lines = [];
    private DateTimeOffset _now = start;
    private string? _last;
    private string? _response;
    private int _count;
    private int _tokens = 9_000;

    public string SessionId { get; } = DemoLine.Id(story, 0);

    public IReadOnlyList<string> Lines => _lines;

    public DateTimeOffset Now => _now;

    public ClaudeTranscript Title(string title)
    {
        _lines.Add(DemoLine.Of(new { type = "ai-title", aiTitle = title, sessionId = SessionId }));
        return this;
    }

    public ClaudeTranscript Wait(double seconds)
    {
        _now = _now.AddSeconds(seconds);
        return this;
    }

    public ClaudeTranscript Prompt(string text, string? pngBase64 = null)
    {
        object content = pngBase64 is null
            ? text
            : new object[]
            {
                new { type = "text", text },
                new { type = "image", source = new { type = "base64", media_type = "image/png", data = pngBase64 } },
            };
        _response = null;
        return Record("user", new()
        {
            ["promptId"] = NextId(),
            ["message"] = new { role = "user", content },
            ["permissionMode"] = "default",
            ["promptSource"] = "typed",
            ["origin"] = new { kind = "human" },
        });
    }

    public ClaudeTranscript Think(string text) => Answer(new { type = "thinking", thinking = text, signature = "ZGVtbw==" });

    public ClaudeTranscript Say(string text) => Answer(new { type = "text", text });

    /// <summary>A call and its result.</summary>
    /// <param name="outcome">What the program keeps beside the text: an object, or a string when it failed.</param>
    public ClaudeTranscript Tool(string name, object input, object output, object outcome, bool failed = false, double seconds = 2)
    {
        var call = Call(name, input);
        var assistant = _last;
        _response = null;
        Wait(seconds);
        return Record("user", new()
        {
            ["message"] = new { role = "user", content = new[] { new { tool_use_id = call, type = "tool_result", content = output, is_error = failed } } },
            ["toolUseResult"] = outcome,
            ["sourceToolAssistantUUID"] = assistant,
        });
    }

    /// <summary>A call whose result has not come yet; answers its id.</summary>
    public string Call(string name, object input)
    {
        var call = $"toolu_demo{story:x4}{_count:x6}";
        Answer(new { type = "tool_use", id = call, name, input }, "tool_use");
        return call;
    }

    public ClaudeTranscript Bash(string command, string output, string description, bool failed = false, double seconds = 2) => Tool(
        "Bash",
        new { command, description },
        output,
        failed ? $"Error: {output}" : new { stdout = output, stderr = "", interrupted = false, isImage = false, noOutputExpected = false },
        failed,
        seconds);

    /// <param name="hunk">Lines with a leading space, plus or minus.</param>
    public ClaudeTranscript Edit(string path, int line, params string[] hunk)
    {
        var before = string.Join('\n', hunk.Where(l => l[0] != '+').Select(l => l[1..]));
        var after = string.Join('\n', hunk.Where(l => l[0] != '-').Select(l => l[1..]));
        var file = $"{project}/{path}";
        return Tool(
            "Edit",
            new { file_path = file, old_string = before, new_string = after, replace_all = false },
            $"The file {file} has been updated successfully.",
            new
            {
                filePath = file,
                oldString = before,
                newString = after,
                originalFile = (string?)null,
                structuredPatch = new[]
                {
                    new { oldStart = line, oldLines = hunk.Count(l => l[0] != '+'), newStart = line, newLines = hunk.Count(l => l[0] != '-'), lines = hunk },
                },
                userModified = false,
                replaceAll = false,
            });
    }

    public ClaudeTranscript Read(string path, string text)
    {
        var file = $"{project}/{path}";
        var lines = text.Split('\n').Length;
        return Tool(
            "Read",
            new { file_path = file },
            text,
            new { type = "text", file = new { filePath = file, content = text, numLines = lines, startLine = 1, totalLines = lines } },
            seconds: 0.3);
    }

    public ClaudeTranscript Compact(string summary)
    {
        var before = _last;
        _last = null;
        Record("system", new()
        {
            ["logicalParentUuid"] = before,
            ["subtype"] = "compact_boundary",
            ["content"] = "Conversation compacted",
            ["level"] = "info",
            ["compactMetadata"] = new { trigger = "auto", preTokens = 168_000, postTokens = 9_400, durationMs = 21_000 },
        });
        return Record("user", new()
        {
            ["message"] = new
            {
                role = "user",
                content = "This session is being continued from a previous conversation that ran out of context. "
                    + $"The summary below covers the earlier portion of the conversation.\n\nSummary:\n{summary}",
            },
            ["isCompactSummary"] = true,
            ["isVisibleInTranscriptOnly"] = true,
        });
    }

    public ClaudeTranscript ApiError(string text, int status) => Record("assistant", new()
    {
        ["message"] = new
        {
            id = NextId(), type = "message", role = "assistant", model = "<synthetic>", stop_reason = "stop_sequence",
            usage = new { input_tokens = 0, output_tokens = 0, cache_creation_input_tokens = 0, cache_read_input_tokens = 0 },
            content = new[] { new { type = "text", text } },
        },
        ["error"] = status == 429 ? "rate_limit" : "server_error",
        ["isApiErrorMessage"] = true,
        ["apiErrorStatus"] = status,
    });

    public ClaudeTranscript EndTurn(int durationMs)
    {
        _response = null;
        return Record("system", new() { ["subtype"] = "turn_duration", ["durationMs"] = durationMs, ["messageCount"] = _count, ["isMeta"] = false });
    }

    private ClaudeTranscript Answer(object block, string stop = "end_turn")
    {
        _response ??= $"msg_demo{story:x4}{++_count:x6}";
        _tokens += 180;
        return Record("assistant", new()
        {
            ["message"] = new
            {
                id = _response, type = "message", role = "assistant", model = Model, content = new[] { block }, stop_reason = stop,
                usage = new
                {
                    input_tokens = 12,
                    cache_creation_input_tokens = 420,
                    cache_read_input_tokens = _tokens,
                    output_tokens = 260,
                    service_tier = "standard",
                    cache_creation = new { ephemeral_1h_input_tokens = 0, ephemeral_5m_input_tokens = 420 },
                },
            },
            ["requestId"] = $"req_{_response[4..]}",
        });
    }

    private ClaudeTranscript Record(string type, Dictionary<string, object?> own)
    {
        var id = NextId();
        var record = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["parentUuid"] = _last,
            ["isSidechain"] = agentId is not null,
        };
        if (agentId is not null)
        {
            record["agentId"] = agentId;
        }

        record["type"] = type;
        foreach (var (key, value) in own)
        {
            record[key] = value;
        }

        (record["uuid"], record["timestamp"]) = (id, DemoLine.At(_now));
        (record["userType"], record["entrypoint"], record["cwd"]) = ("external", "cli", project);
        (record["sessionId"], record["version"], record["gitBranch"]) = (SessionId, Version, branch);
        _last = id;
        _lines.Add(DemoLine.Of(record));
        Wait(1.5);
        return this;
    }

    private string NextId() => DemoLine.Id(story + (agentId is null ? 0 : 0x1000), ++_count);
}
