using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Muse.Sessions.Reading;

/// <summary>
/// A value's place in a line: a string without its quotes and still escaped, anything else as it stands.
/// </summary>
internal readonly record struct JsonValue(JsonTokenType Type, int Start, int Length)
{
    public bool IsString => Type == JsonTokenType.String;
    public bool IsObject => Type == JsonTokenType.StartObject;
    public bool IsArray => Type == JsonTokenType.StartArray;

    /// <summary>Absent, or <c>null</c>.</summary>
    public bool IsNothing => Type is JsonTokenType.None or JsonTokenType.Null;

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> line) => line.Slice(Start, Length);

    /// <summary>The text of a string; null if it is none.</summary>
    public string? Text(ReadOnlySpan<byte> line, int most = int.MaxValue) => IsString ? JsonText.Unescape(In(line), most) : null;

    /// <summary>One sanitized line of a string; empty if it is none.</summary>
    public string Preview(ReadOnlySpan<byte> line) => IsString ? JsonText.Preview(In(line)) : "";

    public bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> text) => IsString && In(line).SequenceEqual(text);

    /// <summary>A whole number, also from a float or a string; null if it is none.</summary>
    public long? Number(ReadOnlySpan<byte> line)
    {
        if (Type is not (JsonTokenType.Number or JsonTokenType.String))
        {
            return null;
        }

        var span = In(line);
        if (Utf8Parser.TryParse(span, out long whole, out var used) && used == span.Length)
        {
            return whole;
        }

        return Real(line) is { } real && Math.Abs(real) < 1e15 ? (long)real : null;
    }

    public double? Real(ReadOnlySpan<byte> line) =>
        Type is JsonTokenType.Number or JsonTokenType.String
        && Utf8Parser.TryParse(In(line), out double real, out var used) && used == Length && double.IsFinite(real) ? real : null;

    /// <summary>Tokens: never negative, never so large that sums overflow.</summary>
    public long Count(ReadOnlySpan<byte> line) => Math.Clamp(Number(line) ?? 0, 0, 1_000_000_000_000);

    /// <summary>Milliseconds since 1970 of an ISO 8601 text or an epoch number in s or ms.</summary>
    public long? Time(ReadOnlySpan<byte> line) => Type switch
    {
        JsonTokenType.String => JsonText.Time(In(line)),
        JsonTokenType.Number => Number(line) switch
        {
            > 0 and < 100_000_000_000 and var seconds => seconds * 1000,
            >= 100_000_000_000 and < 100_000_000_000_000 and var ms => ms,
            _ => null,
        },
        _ => null,
    };

    public bool? Bool(ReadOnlySpan<byte> line) => Type switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => Is(line, "true"u8) ? true : Is(line, "false"u8) ? false : null,
    };
}

/// <summary>The places of an object's fields, by one forward pass; used again for the next object.</summary>
/// <param name="childKey">A field whose object is taken apart in the same pass, so that nothing is read twice.</param>
internal sealed class JsonFields(string? childKey = null, JsonFields? child = null)
{
    /// <summary>No known record has more; what a hostile one adds is passed over.</summary>
    private const int Most = 96;
    private readonly byte[] _childKey = Encoding.UTF8.GetBytes(childKey ?? "");
    private readonly (int Start, int Length, JsonValue Value)[] _fields = new (int, int, JsonValue)[Most];

    public int Count { get; private set; }

    public void Clear()
    {
        Count = 0;
        child?.Clear();
    }

    /// <summary>Takes apart an object whose start the reader stands on.</summary>
    /// <param name="from">Where in the line the reader's bytes begin.</param>
    public void Read(ref JsonCursor reader, int from)
    {
        Clear();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (key, keyLength) = (from + reader.TokenStart + 1, reader.ValueSpan.Length);
            var isChild = child is not null && reader.ValueSpan.SequenceEqual(_childKey);
            reader.Read();
            var type = reader.TokenType;
            var start = from + reader.TokenStart;
            if (isChild && type == JsonTokenType.StartObject)
            {
                child!.Read(ref reader, from);
            }
            else
            {
                reader.Skip();
            }

            var value = type == JsonTokenType.String
                ? new JsonValue(type, start + 1, reader.ValueSpan.Length)
                : new JsonValue(type, start, from + reader.Consumed - start);
            if (Count < Most)
            {
                _fields[Count++] = (key, keyLength, value);
            }
        }
    }

    /// <summary>Takes apart an object within a line that is known to be JSON; empty if it is no object.</summary>
    public JsonFields Read(ReadOnlySpan<byte> line, JsonValue value)
    {
        Clear();
        if (value.IsObject)
        {
            var reader = new JsonCursor(value.In(line));
            reader.Read();
            Read(ref reader, value.Start);
        }

        return this;
    }

    /// <summary>True if the bytes are one JSON object and nothing else.</summary>
    public static bool IsObject(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new JsonCursor(bytes);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The value of a key; of keys written twice the last, as every JSON parser has it.</summary>
    public JsonValue Get(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key)
    {
        for (var i = Count - 1; i >= 0; i--)
        {
            ref readonly var field = ref _fields[i];
            if (field.Length == key.Length && line.Slice(field.Start, field.Length).SequenceEqual(key))
            {
                return field.Value;
            }
        }

        return default;
    }

    public (JsonValue Key, JsonValue Value) At(int index) =>
        (new JsonValue(JsonTokenType.String, _fields[index].Start, _fields[index].Length), _fields[index].Value);
}

/// <summary>The elements of an array within a line that is known to be JSON.</summary>
internal ref struct JsonElements
{
    private readonly int _from;
    private JsonCursor _reader;

    public JsonElements(ReadOnlySpan<byte> line, JsonValue array)
    {
        _from = array.Start;
        _reader = new JsonCursor(array.IsArray ? array.In(line) : "[]"u8);
        _reader.Read();
    }

    public JsonValue Current { get; private set; }

    public bool MoveNext()
    {
        if (!_reader.Read() || _reader.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        var type = _reader.TokenType;
        var start = _from + _reader.TokenStart;
        _reader.Skip();
        Current = type == JsonTokenType.String
            ? new JsonValue(type, start + 1, _reader.ValueSpan.Length)
            : new JsonValue(type, start, _from + _reader.Consumed - start);
        return true;
    }
}
