namespace Muse.Sessions.Reading.Codex;

/// <summary>What stands in a user's name but was written by the program, and what IDEs put around a prompt.</summary>
internal static class CodexWrappers
{
    private static readonly byte[][] Openings =
    [
        .. new[]
        {
            "<environment_context>", "<user_instructions>", "# AGENTS.md instructions for", "<permissions instructions>", "<collaboration_mode>",
            "<skill>", "<skills_instructions>", "<recommended_plugins>", "<turn_aborted>", "<user_action>", "<subagent_notification>",
            "<realtime_delegation>", "<INSTRUCTIONS>", "<image name=", "</image>", "<multi_agent_role>", "<multi_agent_mode>",
            "<user_shell_command>", "<hook_prompt", "<model_switch>", "<personality_spec>", "<apps_instructions>", "<plugins_instructions>",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
    ];

    public static bool IsWrapper(ReadOnlySpan<byte> escaped)
    {
        while (escaped.StartsWith("\\n"u8) || escaped.StartsWith(" "u8))
        {
            escaped = escaped[(escaped[0] == ' ' ? 1 : 2)..];
        }

        if (escaped.IsEmpty || escaped[0] is not ((byte)'<' or (byte)'#'))
        {
            return false;
        }

        foreach (var opening in Openings)
        {
            if (escaped.StartsWith(opening))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The prompt itself; IDE extensions put the open files and the selection before it.</summary>
    public static string Preview(ReadOnlySpan<byte> escaped)
    {
        var request = "## My request for Codex:"u8;
        if (escaped.StartsWith("# Context from my IDE setup:"u8) || escaped.StartsWith("# Files mentioned by the user"u8) || escaped.StartsWith("# Selected text"u8))
        {
            var at = escaped.LastIndexOf(request);
            escaped = at < 0 ? escaped : escaped[(at + request.Length)..];
        }

        return JsonText.Preview(escaped);
    }
}

/// <summary>Errors by era: a message with <c>codex_error_info</c>, an object with kind and message (0.53), or an object with both (the end of a turn, 0.169).</summary>
internal static class CodexErrors
{
    public static (string Code, string Text) Read(ReadOnlySpan<byte> bytes, CodexLine line)
    {
        var error = line.Nested.Read(bytes, line.Get(bytes, "error"u8));
        var text = First(bytes, line.Get(bytes, "message"u8), error.Get(bytes, "message"u8), line.Get(bytes, "text"u8), line.Get(bytes, "error"u8));
        var info = line.Get(bytes, "codex_error_info"u8) is { IsNothing: false } own ? own : error.Get(bytes, "codex_error_info"u8);
        var code = First(bytes, info, error.Get(bytes, "kind"u8), error.Get(bytes, "code"u8), default);
        if (info.IsObject && line.Inner.Read(bytes, info).Count > 0)
        {
            // {"http_connection_failed": {...}}
            code = line.Inner.At(0).Key.Preview(bytes);
        }

        return (code.Length > 0 ? code : "error", text);
    }

    private static string First(ReadOnlySpan<byte> bytes, JsonValue a, JsonValue b, JsonValue c, JsonValue d) =>
        a.IsString ? a.Preview(bytes) : b.IsString ? b.Preview(bytes) : c.IsString ? c.Preview(bytes) : d.Preview(bytes);
}
