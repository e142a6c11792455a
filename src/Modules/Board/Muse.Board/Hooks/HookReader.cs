using System.Globalization;
using System.Text.Json;
using Muse.BuildingBlocks.Text;

namespace Muse.Board.Hooks;

/// <summary>
/// Understands payloads of any shape: what cannot be understood is said to be so, and nothing throws. A field of another
/// type than expected counts as missing.
/// </summary>
internal static class HookReader
{
    private const int MostName = 60;
    private const int MostId = 200;

    /// <summary>Nothing of an agent's payloads is nested deeper; a bomb is.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <param name="cut">The payload went on: what is here is only its beginning.</param>
    public static HookSeen Read(string agent, ReadOnlyMemory<byte> payload, bool cut)
    {
        if (cut)
        {
            return Unusable(agent, "too-large");
        }

        if (payload.Length == 0)
        {
            return Unusable(agent, "empty");
        }

        try
        {
            using var document = JsonDocument.Parse(payload, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(agent, document.RootElement) : Unusable(agent, "not-an-object");
        }
        catch (JsonException)
        {
            return Unusable(agent, "invalid-json");
        }
        catch (InvalidOperationException)
        {
            // A field's name with an escaped lone surrogate: JSON allows it, text does not.
            return Unusable(agent, "invalid-text");
        }
    }

    private static HookSeen Read(string agent, JsonElement payload)
    {
        // Codex's notify has a shape of its own; it also tells of the hidden threads that make titles.
        var isNotify = payload.Text("hook_event_name") is null && payload.Text("type") == "agent-turn-complete";
        var name = isNotify ? "notify" : payload.Text("hook_event_name");
        var session = payload.Text(isNotify ? "thread-id" : "session_id");
        var problem = name is null ? "no-event" : session is null ? "no-session" : session.Length > MostId ? "session-too-long" : null;
        // A subagent's events do not begin or end its session's turn; but what it asks, it asks of the person.
        var isSubagent = payload.Text("agent_id") is not null && name != "PermissionRequest";
        return new HookSeen(
            agent,
            name is null ? HookSeen.UnknownEvent : PreviewText.From(name, MostName),
            problem is null ? session : null,
            payload.Text("cwd"),
            name is null || isSubagent ? null : HookClaims.Of(agent, name, payload),
            SentAt(payload),
            MakesCard: !isNotify,
            problem);
    }

    private static HookSeen Unusable(string agent, string problem) => new(agent, HookSeen.UnknownEvent, null, null, null, null, false, problem);

    private static long? SentAt(JsonElement payload) =>
        payload.Text("timestamp") is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : null;
}

internal static class HookFields
{
    /// <summary>A string that is not empty; null for anything else.</summary>
    public static string? Text(this JsonElement payload, string name)
    {
        if (payload.ValueKind != JsonValueKind.Object || !payload.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate: JSON allows it, text does not.
            return null;
        }
    }
}
