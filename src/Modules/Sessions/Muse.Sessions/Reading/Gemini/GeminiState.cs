using System.Text.Json;

namespace Muse.Sessions.Reading.Gemini;

/// <summary>What a message has given so far: it is written again, whole, whenever something is added to it.</summary>
internal sealed class KnownMessage
{
    public long Text { get; set; } = -1;
    public List<long> Thoughts { get; } = [];
    public OrderedDictionary<string, (long Ordinal, bool Told)> Tools { get; } = new(StringComparer.Ordinal);

    /// <summary>The figures told of it, so that its next version does not tell them again.</summary>
    public string Usage { get; set; } = "";
}

/// <summary>What the next line needs to know of the earlier ones.</summary>
internal sealed class GeminiState
{
    /// <summary>A message is written again soon after it was made; older ones come back only in whole lists, as copies.</summary>
    private const int MostMessages = 512;

    public string? Model { get; set; }

    /// <summary>Time stamped on messages that were copied when the history was taken up again; 0 if none were.</summary>
    public long CopyAtMs { get; set; }
    public long LastReplyOrdinal { get; set; } = -1;
    public long LastReplyAtMs { get; set; }
    public string LastReply { get; set; } = "";
    public OrderedDictionary<string, KnownMessage> Messages { get; } = new(StringComparer.Ordinal);

    public KnownMessage Message(string id)
    {
        if (!Messages.TryGetValue(id, out var message))
        {
            if (Messages.Count >= MostMessages)
            {
                Messages.RemoveAt(0);
            }

            Messages[id] = message = new KnownMessage();
        }

        return message;
    }

    public byte[] Save()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(Model);
            json.WriteNumberValue(CopyAtMs);
            json.WriteNumberValue(LastReplyOrdinal);
            json.WriteNumberValue(LastReplyAtMs);
            json.WriteStringValue(LastReply);
            json.WriteStartArray();
            foreach (var (id, message) in Messages)
            {
                json.WriteStartArray();
                json.WriteStringValue(id);
                json.WriteNumberValue(message.Text);
                json.WriteStringValue(message.Usage);
                json.WriteStartArray();
                message.Thoughts.ForEach(json.WriteNumberValue);
                json.WriteEndArray();
                foreach (var (call, (ordinal, told)) in message.Tools)
                {
                    json.WriteStringValue(call);
                    json.WriteNumberValue(ordinal);
                    json.WriteBooleanValue(told);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    /// <summary>The saved state; a fresh one if there is none or it cannot be understood.</summary>
    public static GeminiState Load(ReadOnlySpan<byte> saved)
    {
        if (saved.IsEmpty)
        {
            return new GeminiState();
        }

        try
        {
            using var document = JsonDocument.Parse(saved.ToArray());
            var root = document.RootElement;
            var state = new GeminiState
            {
                Model = root[0].GetString(),
                CopyAtMs = root[1].GetInt64(),
                LastReplyOrdinal = root[2].GetInt64(),
                LastReplyAtMs = root[3].GetInt64(),
                LastReply = root[4].GetString() ?? "",
            };
            foreach (var of in root[5].EnumerateArray())
            {
                var message = new KnownMessage { Text = of[1].GetInt64(), Usage = of[2].GetString() ?? "" };
                message.Thoughts.AddRange(of[3].EnumerateArray().Select(t => t.GetInt64()));
                for (var i = 4; i + 2 < of.GetArrayLength(); i += 3)
                {
                    message.Tools[of[i].GetString() ?? ""] = (of[i + 1].GetInt64(), of[i + 2].GetBoolean());
                }

                state.Messages[of[0].GetString() ?? ""] = message;
            }

            return state;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return new GeminiState();
        }
    }
}
