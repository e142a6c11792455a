namespace Muse.Board.Processes;

/// <summary>Words for agents, as they stand in sessions' identities.</summary>
internal static class AgentNames
{
    public const string Claude = "claude-code";
    public const string Codex = "codex";
    public const string Gemini = "gemini";
}

/// <summary>A process that is an agent.</summary>
/// <param name="Headless">Runs one prompt and ends; nobody can type into it.</param>
/// <param name="NamedSession">The session its arguments name; it may have moved on to another since.</param>
internal sealed record AgentProgram(string Agent, bool Headless, string? NamedSession);

/// <summary>
/// Tells agents by the kernel's name and the arguments. A wrong yes would put a card on the board that no source speaks
/// for, so helpers (servers, updaters, sandboxes, sub-commands that end at once) are no agents.
/// </summary>
internal static class AgentPrograms
{
    /// <summary>Sub-commands and options of Claude Code that open no session.</summary>
    private static readonly HashSet<string> ClaudeAside = new(StringComparer.Ordinal)
    {
        "agents", "auth", "auto-mode", "config", "doctor", "install", "mcp", "migrate-installer", "plugin", "plugins", "remote-control", "setup-token",
        "update", "upgrade", "--version", "-v", "--help", "-h",
    };

    private static readonly HashSet<string> CodexAside = new(StringComparer.Ordinal)
    {
        "app", "app-server", "apply", "a", "archive", "cloud", "completion", "debug", "delete", "doctor", "exec-server", "execpolicy", "features", "help", "login", "logout", "mcp",
        "mcp-server", "plugin", "proto", "remote-control", "responses-api-proxy", "sandbox", "stdio-to-uds", "unarchive", "update", "--version", "-V", "--help", "-h",
    };

    private static readonly HashSet<string> GeminiAside = new(StringComparer.Ordinal)
    {
        "extensions", "extension", "gemma", "hooks", "hook", "mcp", "skills", "skill", "--version", "-v", "--help", "-h", "--list-sessions", "--list-extensions", "-l",
    };

    /// <summary>Options of Codex whose value is an argument of its own; the sub-command may stand behind them.</summary>
    private static readonly HashSet<string> CodexValues = new(StringComparer.Ordinal)
    {
        "-c", "--config", "-m", "--model", "-p", "--profile", "-s", "--sandbox", "-a", "--ask-for-approval", "-C", "--cd", "--add-dir", "-i", "--image", "--enable",
        "--disable", "--local-provider", "--remote",
    };

    /// <summary>True if the arguments are worth reading. Runtimes of scripts name their main thread in different ways.</summary>
    public static bool MayBe(string name) =>
        name is "claude" or "codex" or "gemini" or "MainThread" or "bun" or "deno" || name.StartsWith("node", StringComparison.Ordinal);

    public static AgentProgram? Recognise(string name, IReadOnlyList<string> arguments)
    {
        if (!MayBe(name) || arguments.Count == 0)
        {
            return null;
        }

        var program = Path.GetFileName(arguments[0]);
        if (program is "claude" or "codex" or "gemini" && name == program)
        {
            return Of(program, [.. arguments.Skip(1)]);
        }

        // A script: the first argument of the runtime that is no option.
        var script = arguments.Skip(1).Select((argument, index) => (argument, index)).FirstOrDefault(a => !a.argument.StartsWith('-'));
        return script.argument is null ? null : ScriptOf(script.argument) is { } agent ? Of(agent, [.. arguments.Skip(script.index + 2)]) : null;
    }

    /// <summary>Codex's script only starts the program proper, which is then found by itself.</summary>
    private static string? ScriptOf(string path)
    {
        var file = Path.GetFileName(path);
        return file is "gemini" or "gemini.js" || path.Contains("/@google/gemini-cli/", StringComparison.Ordinal) ? "gemini"
            : file is "claude" || path.EndsWith("/@anthropic-ai/claude-code/cli.js", StringComparison.Ordinal) ? "claude"
            : null;
    }

    private static AgentProgram? Of(string program, string[] arguments) => program switch
    {
        "claude" => ClaudeAside.Contains(arguments.FirstOrDefault("")) ? null : new AgentProgram(
            AgentNames.Claude, Has(arguments, "-p", "--print"), Value(arguments, "--session-id") ?? Value(arguments, "--resume", "-r")),
        "codex" => Codex(arguments),
        _ => GeminiAside.Contains(arguments.FirstOrDefault("")) ? null : new AgentProgram(
            AgentNames.Gemini, Has(arguments, "-p", "--prompt", "--experimental-acp", "--acp"), Value(arguments, "--session-id")),
    };

    private static AgentProgram? Codex(string[] arguments)
    {
        var index = 0;
        while (index < arguments.Length && arguments[index].StartsWith('-') && !CodexAside.Contains(arguments[index]))
        {
            index += CodexValues.Contains(arguments[index]) ? 2 : 1;
        }

        var command = index < arguments.Length ? arguments[index] : "";
        return CodexAside.Contains(command) ? null
            : command is "exec" or "e" or "review" ? new AgentProgram(AgentNames.Codex, Headless: true, null)
            : new AgentProgram(AgentNames.Codex, Headless: false, command == "resume" ? arguments.Skip(index + 1).FirstOrDefault(IsSession) : null);
    }

    private static bool Has(string[] arguments, params string[] names) => Array.Exists(arguments, a => Array.Exists(names, n => a == n || a.StartsWith(n + "=", StringComparison.Ordinal)));

    private static string? Value(string[] arguments, params string[] names)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var equals = arguments[i].IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals > 0 ? (arguments[i][..equals], arguments[i][(equals + 1)..]) : (arguments[i], arguments.ElementAtOrDefault(i + 1));
            if (Array.IndexOf(names, name) >= 0 && value is not null && IsSession(value))
            {
                return value;
            }
        }

        return null;
    }

    private static bool IsSession(string text) => Guid.TryParseExact(text, "D", out _);
}
