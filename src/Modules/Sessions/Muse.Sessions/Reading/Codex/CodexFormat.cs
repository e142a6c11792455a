using System.Text.Json;
using System.Text.RegularExpressions;

namespace Muse.Sessions.Reading.Codex;

/// <summary>Codex CLI, from the flat files before 0.32 to 0.169: where its rollouts lie and how they are read.</summary>
internal sealed partial class CodexFormat : ITranscriptFormat
{
    public string Agent => "codex";

    public int Version => 5;

    public IReadOnlyList<AgentRoot> Roots(AgentEnvironment environment)
    {
        var roots = new List<AgentRoot>();
        if (environment.Variable("CODEX_HOME") is { Length: > 0 } configured)
        {
            roots.AddRange(configured.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(path => new AgentRoot(Agent, Path.GetFullPath(path), "env CODEX_HOME")));
        }
        else
        {
            roots.Add(new AgentRoot(Agent, Path.Combine(environment.Home, ".codex"), "default"));
        }

        roots.AddRange(environment.Extra.GetValueOrDefault(Agent, []).Select(path => new AgentRoot(Agent, Path.GetFullPath(path), "config")));
        return roots;
    }

    // Two folders hold rollouts, sessions and archived_sessions: the walk starts above them and IsTranscript chooses.
    public string TranscriptFolder(string root) => root;

    public bool IsTranscript(string path)
    {
        var name = Path.GetFileName(path);
        if (!name.StartsWith("rollout-", StringComparison.Ordinal) || !name.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            return false;
        }

        var parts = path.Split(Path.DirectorySeparatorChar);
        return parts.Contains("sessions") || (parts.Length > 1 && parts[^2] == "archived_sessions");
    }

    public bool IsDocument(string path) => false;

    public TranscriptPlace? Identify(string root, string path, ReadOnlySpan<byte> head)
    {
        var meta = CodexHead.Read(head);
        var stem = Path.GetFileNameWithoutExtension(path);
        var named = ThreadId().Match(stem);
        // Newer builds begin a file after a compaction: rollout-<time>-<thread>_<window>.jsonl.
        var isNextWindow = named.Success && stem.AsSpan(named.Index + named.Length) is ['_', ..];
        return new TranscriptPlace(
            meta.Id is { Length: > 0 } ? meta.Id : named.Success ? named.Value : stem,
            AgentType: meta.Role,
            Description: meta.Nickname,
            ParentNativeId: meta.Parent,
            Continues: isNextWindow);
    }

    public int? DeletesAfterDays(string root) => null;

    public string? Wrapper => "payload";

    public ITranscriptReader Open(TranscriptPlace place, ReadOnlySpan<byte> state) => new CodexReader(place, CodexState.Load(state));

    public ItemBody ReadBody(Item item, ReadOnlySpan<byte> line, ReadOnlySpan<byte> resultLine, BodyLimits limits)
    {
        try
        {
            return CodexBodies.Read(item, line, resultLine, limits);
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
            return CodexImages.Read(item.Kind == ItemKind.Tool ? resultLine : line, index);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.NonBacktracking)]
    private static partial Regex ThreadId();
}

/// <summary>The first line of a rollout, which may be cut: its system prompt alone can be larger than the head.</summary>
internal readonly record struct CodexHead(string? Id, string? Parent, string? Role, string? Nickname)
{
    public static CodexHead Read(ReadOnlySpan<byte> head)
    {
        var found = default(CodexHead);
        var end = head.IndexOf((byte)'\n');
        try
        {
            var reader = new Utf8JsonReader(end < 0 ? head : head[..end], isFinalBlock: false, new JsonReaderState(JsonText.Options));
            Span<byte> key = stackalloc byte[40];
            var inPayload = false;
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.ValueSpan.Length > key.Length)
                {
                    continue;
                }

                reader.ValueSpan.CopyTo(key);
                var name = key[..reader.ValueSpan.Length];
                var depth = reader.CurrentDepth;
                if (!reader.Read())
                {
                    break;
                }

                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    inPayload |= depth == 1 && name.SequenceEqual("payload"u8);
                    continue;
                }

                if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > 200)
                {
                    continue;
                }

                var text = JsonText.Unescape(reader.ValueSpan);
                found = name switch
                {
                    _ when name.SequenceEqual("id"u8) && depth == (inPayload ? 2 : 1) => found with { Id = text },
                    _ when name.SequenceEqual("forked_from_id"u8) || name.SequenceEqual("parent_thread_id"u8) => found with { Parent = text },
                    _ when name.SequenceEqual("agent_role"u8) => found with { Role = text },
                    _ when name.SequenceEqual("agent_nickname"u8) => found with { Nickname = text },
                    _ => found,
                };
            }
        }
        catch (JsonException)
        {
            // What was read so far is still right.
        }

        return found;
    }
}
