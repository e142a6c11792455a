using System.Buffers;
using System.Text.Json;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Export;

/// <summary>One JSON document with items as the window gives them; its shape is described with the endpoint.</summary>
internal sealed class JsonExport : IExportWriter, IDisposable
{
    private readonly JsonSerializerOptions _options;
    private readonly Utf8JsonWriter _json;

    /// <summary>For each open list: whether its last item is still to be closed.</summary>
    private readonly Stack<bool> _open = new([false]);
    private bool _inOthers;

    public JsonExport(IBufferWriter<byte> output, JsonSerializerOptions options)
    {
        _options = options;
        _json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = options.Encoder });
    }

    public bool TakesPictures => false;

    public void Begin(ExportHead head)
    {
        _json.WriteStartObject();
        _json.WriteNumber("exportedAtMs", head.ExportedAtMs);
        _json.WriteBoolean("tools", head.Choice.Tools);
        _json.WriteBoolean("subagents", head.Choice.Subagents);
        _json.WriteBoolean("masked", head.Choice.Mask);
        Write("secrets", head.Secrets.Select(ExportedSecret.Of).ToList());
        Write("session", head.Session);
        _json.WriteStartArray("items");
        _json.Flush();
    }

    public void Item(ExportedItem item)
    {
        CloseItem();
        _json.WriteStartObject();
        Write("item", item.View);
        if (item.Input is not null || item.Output is not null || item.Patches.Count > 0 || item.Todos.Count > 0)
        {
            Write("body", new Body(item.Input, item.Output, item.OutputCut, item.Patches, item.Todos));
        }

        Reopen(true);
        _json.Flush();
    }

    public void OpenAgent(ExportedAgent agent)
    {
        var under = _open.Peek();
        if (under)
        {
            _json.WritePropertyName("agent");
        }

        _json.WriteStartObject();
        _json.WriteString("agentId", agent.AgentId);
        _json.WriteString("type", agent.Type);
        _json.WriteString("description", agent.Description);
        _json.WriteStartArray("items");
        _open.Push(false);
    }

    public void CloseAgent()
    {
        CloseItem();
        _open.Pop();
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    public void OpenOthers()
    {
        CloseItem();
        _json.WriteEndArray();
        _json.WriteStartArray("otherAgents");
        _inOthers = true;
    }

    public void End(bool isWhole)
    {
        CloseItem();
        _json.WriteEndArray();
        if (!_inOthers)
        {
            _json.WriteStartArray("otherAgents");
            _json.WriteEndArray();
        }

        _json.WriteBoolean("whole", isWhole);
        _json.WriteEndObject();
        _json.Flush();
    }

    public void Dispose() => _json.Dispose();

    private void CloseItem()
    {
        if (_open.Peek())
        {
            _json.WriteEndObject();
            Reopen(false);
        }
    }

    private void Reopen(bool item)
    {
        _open.Pop();
        _open.Push(item);
    }

    private void Write<T>(string name, T value)
    {
        _json.WritePropertyName(name);
        JsonSerializer.Serialize(_json, value, _options);
    }

    /// <param name="Input">A tool's input as JSON text.</param>
    internal sealed record Body(string? Input, string? Output, bool OutputCut, IReadOnlyList<Patch> Patches, IReadOnlyList<TodoEntry> Todos);
}

/// <summary>A secret that was masked.</summary>
/// <param name="Number">Stands in its mask, <c>[masked 3: github-token]</c>.</param>
/// <param name="Items">Where it was masked first: an item's id, for a subagent's behind its id and a slash.</param>
internal sealed record ExportedSecret(int Number, string Kind, int Count, IReadOnlyList<string> Items)
{
    public static ExportedSecret Of(Muse.BuildingBlocks.Secrets.MaskedSecret secret) => new(secret.Number, secret.Kind, secret.Count, secret.Places);
}
