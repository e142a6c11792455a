using System.Text.Json;

namespace Muse.Sessions.Reading.Claude;

/// <param name="Commits">The command looks like a git commit: its output may show a hash.</param>
internal sealed record PendingCall(long Ordinal, string Name, bool Commits);

/// <summary>A message typed while the agent worked, not yet taken: the place of its line and its preview.</summary>
internal sealed record QueuedMessage(long Offset, int Length, string Preview);

/// <summary>What the next line needs to know of the earlier ones. Saved with every commit, so it stays small.</summary>
internal sealed class ClaudeState
{
    /// <summary>Calls that never get a result (aborted responses before 2.1.218) must not pile up; no turn has this many open.</summary>
    private const int MostPending = 512;
    private const int MostQueued = 64;

    public OrderedDictionary<string, PendingCall> Pending { get; } = new(StringComparer.Ordinal);
    public List<QueuedMessage> Queue { get; } = [];
    public string? Model { get; set; }
    public string Version { get; set; } = "";

    /// <summary>Ordinal of the compaction that waits for its summary; -1 if none.</summary>
    public long OpenCompaction { get; set; } = -1;

    /// <summary>Identity and figures of the last usage told: one response repeats them on each of its records.</summary>
    public string LastUsage { get; set; } = "";

    /// <summary>Records before this byte are copies of the parent's; 0 once the first of its own was read, or if there are none.</summary>
    public long CopiedUntil { get; set; }

    public void Open(string callId, PendingCall call)
    {
        if (Pending.Count >= MostPending)
        {
            Pending.RemoveAt(0);
        }

        Pending[callId] = call;
    }

    public void Enqueue(QueuedMessage message)
    {
        if (Queue.Count >= MostQueued)
        {
            Queue.RemoveAt(0);
        }

        Queue.Add(message);
    }

    public byte[] Save()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("model", Model);
            json.WriteString("version", Version);
            json.WriteNumber("compaction", OpenCompaction);
            json.WriteString("usage", LastUsage);
            json.WriteNumber("copied", CopiedUntil);
            json.WriteStartArray("pending");
            foreach (var (id, call) in Pending)
            {
                json.WriteStartArray();
                json.WriteStringValue(id);
                json.WriteNumberValue(call.Ordinal);
                json.WriteStringValue(call.Name);
                json.WriteBooleanValue(call.Commits);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteStartArray("queue");
            foreach (var message in Queue)
            {
                json.WriteStartArray();
                json.WriteNumberValue(message.Offset);
                json.WriteNumberValue(message.Length);
                json.WriteStringValue(message.Preview);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>The saved state; a fresh one if there is none or it cannot be understood.</summary>
    public static ClaudeState Load(TranscriptPlace place, ReadOnlySpan<byte> saved)
    {
        var state = new ClaudeState { CopiedUntil = place.CopiedUntil };
        if (saved.IsEmpty)
        {
            return state;
        }

        try
        {
            using var document = JsonDocument.Parse(saved.ToArray());
            var root = document.RootElement;
            state.Model = root.GetProperty("model").GetString();
            state.Version = root.GetProperty("version").GetString() ?? "";
            state.OpenCompaction = root.GetProperty("compaction").GetInt64();
            state.LastUsage = root.GetProperty("usage").GetString() ?? "";
            state.CopiedUntil = root.GetProperty("copied").GetInt64();
            foreach (var call in root.GetProperty("pending").EnumerateArray())
            {
                state.Pending[call[0].GetString() ?? ""] = new PendingCall(call[1].GetInt64(), call[2].GetString() ?? "", call[3].GetBoolean());
            }

            foreach (var message in root.GetProperty("queue").EnumerateArray())
            {
                state.Queue.Add(new QueuedMessage(message[0].GetInt64(), message[1].GetInt32(), message[2].GetString() ?? ""));
            }

            return state;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return new ClaudeState { CopiedUntil = place.CopiedUntil };
        }
    }
}
