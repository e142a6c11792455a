using System.Text;
using System.Text.Json;
using Muse.Board.Adoption;
using Muse.Board.Domain;
using Muse.Board.Processes;

namespace Muse.Board.Deliveries;

/// <summary>Whether the agent itself has written down a prompt.</summary>
internal interface IPromptRecords
{
    /// <summary>Where the transcript ends now; to be asked before the prompt is sent.</summary>
    long End(Card card);

    /// <summary>The transcript holds this prompt behind that place.</summary>
    bool Holds(Card card, long end, string text);
}

/// <summary>
/// Claude Code's transcript: a prompt is a record of its own, or that of its queue while a turn runs. The surest proof
/// there is, and the only one while the agent works.
/// </summary>
internal sealed class PromptRecords(IAgentSource agents, ProcReader proc) : IPromptRecords
{
    /// <summary>Read at most, from the place on: a turn's output may be long, its prompt comes first.</summary>
    private const int MostBytes = 4 << 20;

    public long End(Card card) => PathOf(card) is { } path && new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    public bool Holds(Card card, long end, string text)
    {
        if (PathOf(card) is not { } path)
        {
            return false;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(Math.Min(end, file.Length), SeekOrigin.Begin);
            var bytes = new byte[(int)Math.Min(MostBytes, file.Length - file.Position)];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(bytes, 0, length).Split('\n').Any(line => IsPrompt(line, text.Trim()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>A record of a prompt, or of one that waits in the program's queue.</summary>
    public static bool IsPrompt(string line, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var record = document.RootElement;
            return record.ValueKind == JsonValueKind.Object && record.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() switch
            {
                "user" => record.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Object
                    && message.TryGetProperty("content", out var content) && Says(content, text),
                "queue-operation" => record.TryGetProperty("content", out var queued) && Says(queued, text),
                _ => false,
            };
        }
        catch (JsonException)
        {
            // The last line is still being written, or is nobody's record.
            return false;
        }
    }

    private static bool Says(JsonElement content, string text) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()?.Trim() == text,
        JsonValueKind.Array => content.EnumerateArray().Any(
            block => block.ValueKind == JsonValueKind.Object && block.TryGetProperty("text", out var said) && said.ValueKind == JsonValueKind.String && said.GetString()?.Trim() == text),
        _ => false,
    };

    private string? PathOf(Card card)
    {
        if (card is not { Agent: AgentNames.Claude, NativeId: { } native, Process: { } process } || native.AsSpan().ContainsAny('/', '*', '?'))
        {
            return null;
        }

        var agent = agents.Agents.FirstOrDefault(a => a.Pid == process.Pid && a.ProcStart == process.ProcStart);
        if (agent?.TranscriptPath is { } known)
        {
            return known;
        }

        var environment = proc.Environment(process.Pid);
        var root = environment.GetValueOrDefault("CLAUDE_CONFIG_DIR") ?? Path.Combine(environment.GetValueOrDefault("HOME") ?? "/", ".claude");
        var projects = new DirectoryInfo(Path.Combine(root, "projects"));
        try
        {
            return projects.Exists ? projects.EnumerateDirectories().Select(d => Path.Combine(d.FullName, native + ".jsonl")).FirstOrDefault(File.Exists) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
