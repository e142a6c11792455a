using System.Text.Json;

namespace Muse.Sessions.Reading.Codex;

/// <summary>One line taken apart: the envelope, its payload, and the payload's item (0.149 and later).</summary>
internal sealed class CodexLine
{
    private readonly StringInterner _interned = new();
    private readonly JsonFields _top;
    private readonly JsonFields _payload;

    public CodexLine()
    {
        Item = new JsonFields();
        _payload = new JsonFields("item", Item);
        _top = new JsonFields("payload", _payload);
    }

    public JsonFields Item { get; }

    /// <summary>The payload; the line itself in files before 0.32, which have no envelope.</summary>
    public JsonFields Body { get; private set; } = new();
    public JsonFields Nested { get; } = new();
    public JsonFields Inner { get; } = new();
    public long Offset { get; private set; }
    public int Length { get; private set; }
    public long? AtMs { get; private set; }
    public long? Ordinal { get; private set; }

    /// <summary>Type of the envelope, for example <c>event_msg</c>.</summary>
    public string Type { get; private set; } = "";

    /// <summary>Type of the payload, for example <c>token_count</c>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>False if the line is no JSON object.</summary>
    public bool Parse(ReadOnlySpan<byte> line, long offset)
    {
        _top.Clear();
        (Offset, Length, AtMs, Ordinal, Type, Kind) = (offset, line.Length, null, null, "", "");
        try
        {
            var reader = new JsonCursor(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            _top.Read(ref reader, 0);
            if (reader.Read())
            {
                return false;
            }
        }
        catch (JsonException)
        {
            return false;
        }

        AtMs = _top.Get(line, "timestamp"u8).Time(line);
        Ordinal = _top.Get(line, "ordinal"u8).Number(line);
        Type = Name(line, _top.Get(line, "type"u8));
        if (_top.Get(line, "payload"u8).IsObject)
        {
            Body = _payload;
            Kind = Name(line, _payload.Get(line, "type"u8));
            if (Kind.Length == 0 && Type == "response_item" && _payload.Get(line, "role"u8).IsString)
            {
                Kind = "message";
            }

            return true;
        }

        Body = _top;
        FlattenType(line);
        return true;
    }

    public JsonValue Get(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key) => Body.Get(line, key);

    /// <summary>A short string that repeats from line to line; empty if it is none.</summary>
    public string Name(ReadOnlySpan<byte> line, JsonValue value) =>
        value.IsString && value.Length is > 0 and <= 120 ? _interned.Get(value.In(line)) : value.Preview(line);

    private void FlattenType(ReadOnlySpan<byte> line)
    {
        if (Type.Length > 0)
        {
            (Kind, Type) = (Type, Type is "session_meta" or "turn_context" or "compacted" or "error" or "world_state" ? Type : "response_item");
        }
        else if (_top.Get(line, "role"u8).IsString)
        {
            (Type, Kind) = ("response_item", "message");
        }
        else if (_top.Get(line, "record_type"u8).IsString)
        {
            Type = "world_state";
        }
        else if (_top.Get(line, "id"u8).IsString && AtMs is not null)
        {
            Type = "session_meta";
        }
    }

}
