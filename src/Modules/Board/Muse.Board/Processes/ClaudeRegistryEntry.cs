using System.Text.Json;

namespace Muse.Board.Processes;

/// <summary>
/// What a running Claude Code writes about itself in <c>sessions/&lt;pid&gt;.json</c>. The file is not documented, so every
/// field may be missing.
/// </summary>
/// <param name="ProcStart">Field 22 of the process's <c>stat</c>; an entry whose process has another is a dead one's.</param>
/// <param name="Status"><c>busy</c>, <c>idle</c>, <c>waiting</c>, <c>shell</c>.</param>
/// <param name="WaitingFor">With <c>waiting</c>: <c>permission prompt</c>, <c>input needed</c>, <c>dialog open</c>.</param>
/// <param name="Entrypoint"><c>cli</c>; <c>sdk-cli</c> for a headless run.</param>
/// <param name="Tmux"><c>session:@window.%pane</c> at the start; not updated.</param>
internal sealed record ClaudeRegistryEntry(
    int Pid, string Root, string? SessionId, string? Cwd, string? ProcStart, string? Version, string? Kind, string? Entrypoint, string? Name,
    string? NameSource, string? Status, string? WaitingFor, long? StatusUpdatedAtMs, long? StartedAtMs, string? Tmux)
{
    /// <summary>Reads one file; null if it is no JSON object, as while it is being written.</summary>
    /// <param name="root">The configuration folder.</param>
    public static ClaudeRegistryEntry? Read(int pid, string root, ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            var o = document.RootElement;
            return o.ValueKind != JsonValueKind.Object ? null : new ClaudeRegistryEntry(
                pid, root, Text(o, "sessionId"), Text(o, "cwd"), Text(o, "procStart"), Text(o, "version"), Text(o, "kind"), Text(o, "entrypoint"), Text(o, "name"),
                Text(o, "nameSource"), Text(o, "status"), Text(o, "waitingFor"), Number(o, "statusUpdatedAt"), Number(o, "startedAt"), Text(o, "tmux"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Start times were written as numbers and as text.</summary>
    private static string? Text(JsonElement o, string name) => !o.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : null;

    private static long? Number(JsonElement o, string name) =>
        o.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
