using System.Text.Json;

namespace Muse.Sessions.Reading.Gemini;

/// <summary>Gemini CLI 0.8 to 0.61: documents until early 2026, lines since; where they lie and how they are read.</summary>
internal sealed class GeminiFormat : ITranscriptFormat
{
    private const string Lines = ".jsonl";
    private const string Document = ".json";

    public string Agent => "gemini";

    public int Version => 3;

    public IReadOnlyList<AgentRoot> Roots(AgentEnvironment environment)
    {
        var configured = environment.Variable("GEMINI_CLI_HOME");
        var root = configured is { Length: > 0 }
            ? new AgentRoot(Agent, Path.Combine(Path.GetFullPath(configured), ".gemini"), "env GEMINI_CLI_HOME")
            : new AgentRoot(Agent, Path.Combine(environment.Home, ".gemini"), "default");
        return [root, .. environment.Extra.GetValueOrDefault(Agent, []).Select(path => new AgentRoot(Agent, Path.GetFullPath(path), "config"))];
    }

    public string TranscriptFolder(string root) => Path.Combine(root, "tmp");

    // tmp/<project>/chats/session-*.jsonl, and of a subagent tmp/<project>/chats/<parent>/<id>.jsonl
    public bool IsTranscript(string path)
    {
        var parts = path.Split(Path.DirectorySeparatorChar);
        var chats = Array.LastIndexOf(parts, "chats");
        if (chats < 0 || chats < parts.Length - 3)
        {
            return false;
        }

        var isSession = chats == parts.Length - 2 && parts[^1].StartsWith("session-", StringComparison.Ordinal);
        if (path.EndsWith(Lines, StringComparison.Ordinal))
        {
            return isSession || chats == parts.Length - 3;
        }

        // A session that is resumed goes on as lines beside its document, which then stays behind.
        return isSession && IsDocument(path) && !File.Exists(Path.ChangeExtension(path, Lines));
    }

    public bool IsDocument(string path) => path.EndsWith(Document, StringComparison.Ordinal);

    public TranscriptPlace? Identify(string root, string path, ReadOnlySpan<byte> head)
    {
        var id = SessionIn(head) is { Length: > 0 } said ? said : Path.GetFileNameWithoutExtension(path);
        var folder = Path.GetDirectoryName(path) ?? "";
        var isSubagent = Path.GetFileName(folder) != "chats" && Path.GetFileName(Path.GetDirectoryName(folder)) == "chats";
        var project = Path.GetDirectoryName(isSubagent ? Path.GetDirectoryName(folder) : folder);
        var hint = project is { Length: > 0 } ? GeminiProjects.Find(root, project) : null;
        return isSubagent ? new TranscriptPlace(Path.GetFileName(folder), id, hint) : new TranscriptPlace(id, ProjectHint: hint);
    }

    public int? DeletesAfterDays(string root) => null;

    public string? Wrapper => null;

    public ITranscriptReader Open(TranscriptPlace place, ReadOnlySpan<byte> state) => new GeminiReader(place, GeminiState.Load(state));

    public ItemBody ReadBody(Item item, ReadOnlySpan<byte> line, ReadOnlySpan<byte> resultLine, BodyLimits limits)
    {
        try
        {
            return GeminiBodies.Read(item, line, limits);
        }
        catch (JsonException)
        {
            return new ItemBody();
        }
    }

    public ImageBytes? ReadImage(Item item, int index, ReadOnlySpan<byte> line, ReadOnlySpan<byte> resultLine)
    {
        try
        {
            return GeminiBodies.ReadImage(line, index);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? SessionIn(ReadOnlySpan<byte> head)
    {
        var key = "\"sessionId\":"u8;
        var at = head.IndexOf(key);
        if (at < 0)
        {
            return null;
        }

        var value = head[(at + key.Length)..].TrimStart(" \t\r\n"u8);
        var end = value.Length > 1 && value[0] == '"' ? value[1..].IndexOf((byte)'"') : -1;
        return end is > 0 and < 200 ? JsonText.Unescape(value.Slice(1, end)) : null;
    }
}

/// <summary>The path of a project: no record has it, only a marker in its folder or the registry.</summary>
internal static class GeminiProjects
{
    private const int Longest = 1 << 20;

    public static string? Find(string root, string projectFolder)
    {
        try
        {
            var marker = Path.Combine(projectFolder, ".project_root");
            if (File.Exists(marker) && new FileInfo(marker).Length < 8192 && File.ReadAllText(marker).Trim() is { Length: > 0 } path)
            {
                return path;
            }

            var registry = Path.Combine(root, "projects.json");
            return File.Exists(registry) && new FileInfo(registry).Length < Longest
                ? LookUp(File.ReadAllBytes(registry), Path.GetFileName(projectFolder)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static string? LookUp(byte[] registry, string slug)
    {
        using var json = JsonDocument.Parse(registry);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("projects", out var projects)
            || projects.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var project in projects.EnumerateObject())
        {
            if (project.Value.ValueKind == JsonValueKind.String && project.Value.ValueEquals(slug))
            {
                return project.Name;
            }
        }

        return null;
    }
}
