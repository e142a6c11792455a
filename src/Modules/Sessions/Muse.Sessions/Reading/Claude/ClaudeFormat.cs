using System.Text.Json;

namespace Muse.Sessions.Reading.Claude;

/// <summary>Claude Code 1.0 to 2.1.330: where its transcripts lie and how they are read.</summary>
internal sealed class ClaudeFormat : ITranscriptFormat
{
    private const string Suffix = ".jsonl";
    private readonly ClaudeForks _forks = new();

    public string Agent => "claude-code";

    public int Version => 4;

    public IReadOnlyList<AgentRoot> Roots(AgentEnvironment environment)
    {
        var roots = new List<AgentRoot>();
        if (environment.Variable("CLAUDE_CONFIG_DIR") is { Length: > 0 } configured)
        {
            roots.AddRange(configured.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(path => new AgentRoot(Agent, Path.GetFullPath(path), "env CLAUDE_CONFIG_DIR")));
        }
        else
        {
            roots.Add(new AgentRoot(Agent, Path.Combine(environment.Home, ".claude"), "default"));
        }

        // Some 1.0.x builds kept their files here.
        var older = Path.Combine(environment.Home, ".config", "claude");
        if (Directory.Exists(Path.Combine(older, "projects")))
        {
            roots.Add(new AgentRoot(Agent, older, "default"));
        }

        roots.AddRange(environment.Extra.GetValueOrDefault(Agent, []).Select(path => new AgentRoot(Agent, Path.GetFullPath(path), "config")));
        return roots;
    }

    public string TranscriptFolder(string root) => Path.Combine(root, "projects");

    public bool IsTranscript(string path)
    {
        if (!path.EndsWith(Suffix, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = Below(path);
        var name = parts.Length > 0 ? parts[^1] : "";
        return name.StartsWith("agent-", StringComparison.Ordinal)
            ? parts.Length >= 2
            : parts.Length == 2 && name is not ("history.jsonl" or "journal.jsonl");
    }

    public bool IsDocument(string path) => false;

    public TranscriptPlace? Identify(string root, string path, ReadOnlySpan<byte> head)
    {
        var stem = Path.GetFileNameWithoutExtension(path);
        if (!stem.StartsWith("agent-", StringComparison.Ordinal))
        {
            var fork = _forks.Find(path);
            return new TranscriptPlace(stem, ParentNativeId: fork?.ParentNativeId ?? ContinuedIn(stem, head), CopiedUntil: fork?.CopiedUntil ?? 0);
        }

        var agentId = stem["agent-".Length..];
        var parts = Below(path);
        var subagents = Array.IndexOf(parts, "subagents");
        var session = subagents > 0 ? parts[subagents - 1] : SessionIn(head);
        var (type, description, call) = ReadSidecar(path[..^Suffix.Length] + ".meta.json");
        return new TranscriptPlace(session ?? stem, agentId, null, type, description, call);
    }

    public int? DeletesAfterDays(string root) => ClaudeCleanup.DaysOf(root);

    public string? Wrapper => "message";

    public ITranscriptReader Open(TranscriptPlace place, ReadOnlySpan<byte> state) => new ClaudeReader(place, ClaudeState.Load(place, state));

    public ItemBody ReadBody(Item item, ReadOnlySpan<byte> line, ReadOnlySpan<byte> resultLine, BodyLimits limits) =>
        ClaudeBodies.Read(item, line, resultLine, limits);

    public ImageBytes? ReadImage(Item item, int index, ReadOnlySpan<byte> line, ReadOnlySpan<byte> resultLine) =>
        ClaudeImages.Read(item.ResultOffset is null || item.Kind != ItemKind.Tool ? line : resultLine, index);

    /// <summary>The parts of the path below the last <c>projects</c> folder.</summary>
    private static string[] Below(string path)
    {
        var parts = path.Split(Path.DirectorySeparatorChar);
        var projects = Array.LastIndexOf(parts, "projects");
        return projects < 0 ? [] : parts[(projects + 1)..];
    }

    /// <summary>1.0: a session that is continued gets a new file, whose first records still name the session they were copied from.</summary>
    private static string? ContinuedIn(string stem, ReadOnlySpan<byte> head) =>
        SessionIn(head) is { } said && said != stem && Guid.TryParse(said, out _) && Guid.TryParse(stem, out _) ? said : null;

    /// <summary>Flat layout (2.0.28 - 2.1.1x): the subagent's records name their session.</summary>
    private static string? SessionIn(ReadOnlySpan<byte> head)
    {
        var key = head.IndexOf("\"sessionId\":\""u8);
        if (key < 0)
        {
            return null;
        }

        var value = head[(key + "\"sessionId\":\""u8.Length)..];
        var end = value.IndexOf((byte)'"');
        return end is > 0 and < 200 ? JsonText.Unescape(value[..end]) : null;
    }

    private static (string? Type, string? Description, string? CallId) ReadSidecar(string path)
    {
        const int longestSidecar = 256 << 10;
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > longestSidecar)
            {
                return default;
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            string? Text(string name) => document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? PreviewText.From(value.GetString())
                : null;
            return (Text("agentType"), Text("description"), Text("toolUseId"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return default;
        }
    }
}
