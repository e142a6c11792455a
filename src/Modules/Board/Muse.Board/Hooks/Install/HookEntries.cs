using System.Text.Json.Nodes;

namespace Muse.Board.Hooks.Install;

/// <summary>Puts Muse's hooks among those that are there, and takes them out again. Foreign ones are left as they are.</summary>
internal sealed class HookEntries(string agent, string address)
{
    /// <summary>Nothing waits for Muse for longer; it answers in a millisecond.</summary>
    private const int TimeoutSeconds = 2;

    // Measured to arrive over http: no process is started for them.
    private static readonly string[] ClaudeByHttp = ["UserPromptSubmit", "PreToolUse", "PermissionRequest", "Stop", "Notification"];

    // SessionStart never arrives over http, the others are not known to; they are rare, so a process for each costs nothing.
    private static readonly string[] ClaudeByCommand = ["SessionStart", "SessionEnd", "StopFailure", "PreCompact", "PostCompact"];

    // Codex has command hooks only. None for every tool call: the pane's title tells those, without a process for each.
    private static readonly string[] CodexByCommand =
        ["SessionStart", "UserPromptSubmit", "PermissionRequest", "Stop", "Interrupt", "PreCompact", "PostCompact", "SessionEnd"];

    private string Path => $"/api/hooks/{agent}";

    private string Url => $"{address}{Path}";

    /// <exception cref="HookFileException">What is there has another shape than the agent documents.</exception>
    public JsonObject Install(JsonObject? there)
    {
        var hooks = there?.DeepClone().AsObject() ?? [];
        var wanted = Wanted();
        foreach (var name in hooks.Select(h => h.Key).ToList())
        {
            if (wanted.TryGetValue(name, out var entry) && Ours(hooks, name).ToList() is [var one] && JsonNode.DeepEquals(one, entry))
            {
                wanted.Remove(name);
            }
            else
            {
                TakeOut(hooks, name);
            }
        }

        foreach (var (name, entry) in wanted)
        {
            var groups = hooks[name] as JsonArray;
            if (groups is null)
            {
                hooks[name] = groups = [];
            }

            groups.Add((JsonNode)new JsonObject { ["hooks"] = new JsonArray(entry) });
        }

        return hooks;
    }

    /// <exception cref="HookFileException">What is there has another shape than the agent documents.</exception>
    public JsonObject? Uninstall(JsonObject? there)
    {
        var hooks = there?.DeepClone().AsObject();
        foreach (var name in hooks?.Select(h => h.Key).ToList() ?? [])
        {
            TakeOut(hooks!, name); // names come from it
        }

        return hooks;
    }

    private Dictionary<string, JsonObject> Wanted()
    {
        var command = $"curl -s -m {TimeoutSeconds} -o /dev/null --noproxy '*' -H 'Content-Type: application/json' --data-binary @- {Url} || true";
        JsonObject ByHttp() => new() { ["type"] = "http", ["url"] = Url, ["timeout"] = TimeoutSeconds };
        JsonObject ByCommand() => new() { ["type"] = "command", ["command"] = command, ["timeout"] = TimeoutSeconds + 1 };
        return agent == "codex"
            ? CodexByCommand.ToDictionary(name => name, _ => ByCommand(), StringComparer.Ordinal)
            : ClaudeByHttp.ToDictionary(name => name, _ => ByHttp(), StringComparer.Ordinal)
                .Concat(ClaudeByCommand.ToDictionary(name => name, _ => ByCommand(), StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal);
    }

    private void TakeOut(JsonObject hooks, string name)
    {
        var ours = Ours(hooks, name).ToList();
        foreach (var entry in ours)
        {
            var list = (JsonArray)entry.Parent!; // found in one
            var group = list.Parent!; // of a group
            list.Remove(entry);
            if (list.Count == 0)
            {
                ((JsonArray)group.Parent!).Remove(group); // of an event
            }
        }

        if (ours.Count > 0 && hooks[name] is JsonArray { Count: 0 })
        {
            hooks.Remove(name);
        }
    }

    private IEnumerable<JsonObject> Ours(JsonObject hooks, string name)
    {
        if (hooks[name] is not JsonArray groups)
        {
            throw new HookFileException($"\"hooks\".\"{name}\" is no list. Mend it, then try again.");
        }

        return groups.OfType<JsonObject>().SelectMany(g => g["hooks"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(entry => Mentions(entry["url"]) || Mentions(entry["command"]));
    }

    /// <summary>By the path alone: the port may have changed since.</summary>
    private bool Mentions(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text)
        && text.Contains(Path, StringComparison.Ordinal) && (text.Contains("127.0.0.1", StringComparison.Ordinal) || text.Contains("localhost", StringComparison.Ordinal));
}
