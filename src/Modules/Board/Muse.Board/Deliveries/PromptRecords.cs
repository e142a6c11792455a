using System.Text;
using System.Text.Json;
using Muse.Board.Adoption;
using Muse.Board.Domain;
using Muse.Board.Processes;

namespace Muse.Board.Deliveries;

/// <summary>A place in what an agent writes down, taken before a prompt is sent; it outlives the agent.</summary>
/// <param name="Projects">Where Claude Code keeps its transcripts; null for the other agents.</param>
/// <param name="End">Bytes of the file at <paramref name="Path"/> that were there before.</param>
internal sealed record RecordMark(string? Projects, string? Path, string? Native, long End)
{
    /// <summary>Whose file is looked for once its first prompt has made it; null for Claude Code, whose files are named.</summary>
    public AgentKey? Process { get; init; }

    /// <summary>A file that was not known then may be a resumed one: what is older in it, in UTC milliseconds, does not count.</summary>
    public long SinceMs { get; init; }
}

/// <summary>Whether the agent itself has written down a prompt.</summary>
internal interface IPromptRecords
{
    /// <summary>Where the transcript ends now; to be asked before the prompt is sent.</summary>
    RecordMark Mark(Card card);

    /// <summary>The transcript holds this prompt behind that place.</summary>
    bool Holds(RecordMark mark, string text);
}

/// <summary>
/// The agents' transcripts: a prompt is a record of its own, in Claude Code also one of its queue while a turn runs. The surest
/// proof there is, and the only one while the agent works, when a turn ends before its title is told, or when the terminal is gone.
/// </summary>
internal sealed class PromptRecords(IAgentSource agents, ProcReader proc, TimeProvider clock) : IPromptRecords
{
    /// <summary>Read at most, from the place on: a turn's output may be long, its prompt comes first.</summary>
    private const int MostBytes = 4 << 20;

    public RecordMark Mark(Card card)
    {
        if (card is { Agent: not AgentNames.Claude, Process: { } other })
        {
            var its = new RecordMark(null, null, null, 0) { Process = new AgentKey(other.Pid, other.ProcStart), SinceMs = clock.GetUtcNow().ToUnixTimeMilliseconds() };
            return PathOf(its) is { } there && new FileInfo(there) is { Exists: true } now ? its with { Path = there, End = now.Length } : its;
        }

        if (card is not { NativeId: { } native, Process: { } process } || native.AsSpan().ContainsAny('/', '*', '?'))
        {
            return new RecordMark(null, null, null, 0);
        }

        var known = agents.Agents.FirstOrDefault(a => a.Pid == process.Pid && a.ProcStart == process.ProcStart)?.TranscriptPath;
        var environment = proc.Environment(process.Pid);
        var root = environment.GetValueOrDefault("CLAUDE_CONFIG_DIR") ?? Path.Combine(environment.GetValueOrDefault("HOME") ?? "/", ".claude");
        var mark = new RecordMark(Path.Combine(root, "projects"), known, native, 0);
        return PathOf(mark) is { } path && new FileInfo(path) is { Exists: true } file ? mark with { Path = path, End = file.Length } : mark;
    }

    public bool Holds(RecordMark mark, string text)
    {
        if (PathOf(mark) is not { } path)
        {
            return false;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(Math.Min(mark.End, file.Length), SeekOrigin.Begin);
            var bytes = new byte[(int)Math.Min(MostBytes, file.Length - file.Position)];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(bytes, 0, length).Split('\n').Any(line => IsPrompt(line, text, mark.SinceMs));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>A record of a prompt, or of one that waits in the program's queue.</summary>
    /// <param name="sinceMs">Older records do not count, in UTC milliseconds.</param>
    public static bool IsPrompt(string line, string text, long sinceMs = 0)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var record = document.RootElement;
            return record.ValueKind == JsonValueKind.Object && !IsOlder(record, sinceMs) && record.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() switch
            {
                "user" when record.TryGetProperty("id", out _) => record.TryGetProperty("content", out var said) && Says(said, text),
                "user" => record.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Object
                    && message.TryGetProperty("content", out var content) && Says(content, text),
                "response_item" => record.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object
                    && payload.TryGetProperty("role", out var role) && role.ValueEquals("user") && payload.TryGetProperty("content", out var input) && Says(input, text),
                "queue-operation" => record.TryGetProperty("content", out var queued) && Says(queued, text),
                _ => false,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // The last line is still being written, or is nobody's record, or holds half a character.
            return false;
        }
    }

    private static bool IsOlder(JsonElement record, long sinceMs) =>
        sinceMs > 0 && !(record.TryGetProperty("timestamp", out var at) && at.TryGetDateTimeOffset(out var when) && when.ToUnixTimeMilliseconds() >= sinceMs);

    private static bool Says(JsonElement content, string text) => content.ValueKind switch
    {
        JsonValueKind.String => IsSame(content.GetString()!, text), // a string is no null
        JsonValueKind.Array => content.EnumerateArray().Any(
            block => block.ValueKind == JsonValueKind.Object && block.TryGetProperty("text", out var said) && said.ValueKind == JsonValueKind.String && IsSame(said.GetString()!, text)),
        _ => false,
    };

    /// <summary>Claude Code composes what was typed: an accent after its letter becomes one character with it.</summary>
    private static bool IsSame(string said, string text) => said.Trim().Normalize() == text.Trim().Normalize();

    /// <summary>The first prompt of a session makes its file, so it may not be there when the mark is taken.</summary>
    private string? PathOf(RecordMark mark)
    {
        if (mark.Path is { } known)
        {
            return known;
        }

        if (mark.Process is { } process)
        {
            // A file that two programs in one folder may share proves nothing.
            return agents.Agents.FirstOrDefault(a => a.Key == process) is { Confidence: not Confidence.Low, TranscriptPath: { } path } ? path : null;
        }

        if (mark is not { Projects: { } folder, Native: { } native })
        {
            return null;
        }

        try
        {
            var projects = new DirectoryInfo(folder);
            return projects.Exists ? projects.EnumerateDirectories().Select(d => Path.Combine(d.FullName, native + ".jsonl")).FirstOrDefault(File.Exists) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
