using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace Muse.Sessions.Reading;

/// <summary>
/// The tokens of one line, by the rules and with the names of <see cref="Utf8JsonReader"/>: what that refuses is refused
/// here, at the same token. A transcript is mostly long strings full of <c>\n</c>, through which that reader goes byte by
/// byte after the first escape; here sixteen bytes are looked at together, and only the escapes one by one.
/// </summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> json)
{
    public const int MaxDepth = 512;
    private readonly ReadOnlySpan<byte> _json = json;
    private OpenContainers _areObjects;
    private int _valueStart;
    private int _valueLength;
    private bool _inObject;

    public JsonTokenType TokenType { get; private set; }

    /// <summary>Where the token begins; a string with its quote.</summary>
    public int TokenStart { get; private set; }

    /// <summary>The first byte behind the token; behind the colon of a property's name.</summary>
    public int Consumed { get; private set; }

    /// <summary>Objects and arrays that are open, with one whose start is the token.</summary>
    public int Depth { get; private set; }

    /// <summary>The token as it stands; a string or a name without its quotes and still escaped.</summary>
    public readonly ReadOnlySpan<byte> ValueSpan => _json.Slice(_valueStart, _valueLength);

    /// <summary>Steps to the next token; false behind the last one.</summary>
    /// <exception cref="JsonException">This is not JSON.</exception>
    public bool Read()
    {
        if (!SkipWhiteSpace())
        {
            return Depth == 0 && TokenType != JsonTokenType.None ? false : throw NotJson();
        }

        var first = _json[Consumed];
        switch (TokenType)
        {
            case JsonTokenType.StartObject when first != '}':
                ReadName(first);
                break;
            case JsonTokenType.StartArray when first != ']':
            case JsonTokenType.PropertyName or JsonTokenType.None:
                ReadValue(first);
                break;
            case not (JsonTokenType.StartObject or JsonTokenType.StartArray) when first == ',' && Depth > 0:
                Consumed++;
                ReadNext();
                break;
            default:
                Close(first);
                break;
        }

        return true;
    }

    /// <summary>From a property's name to the end of its value, from the start of an object or array to its end.</summary>
    public void Skip()
    {
        if (TokenType == JsonTokenType.PropertyName)
        {
            Read();
        }

        if (TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            for (var outside = Depth - 1; Depth > outside;)
            {
                Read();
            }
        }
    }

    /// <summary>True if the string or name, unescaped, is the text.</summary>
    /// <exception cref="InvalidOperationException">The token is neither, or its escapes are no text.</exception>
    public readonly bool ValueTextEquals(ReadOnlySpan<byte> text)
    {
        if (TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            throw new InvalidOperationException($"A {TokenType} is no text.");
        }

        if (!ValueSpan.Contains((byte)'\\'))
        {
            return ValueSpan.SequenceEqual(text);
        }

        var escaped = new Utf8JsonReader(_json.Slice(_valueStart - 1, _valueLength + 2));
        return escaped.Read() && escaped.ValueTextEquals(text);
    }

    private void ReadNext()
    {
        var first = SkipWhiteSpace() ? _json[Consumed] : throw NotJson();
        if (_inObject)
        {
            ReadName(first);
        }
        else
        {
            ReadValue(first);
        }
    }

    private void ReadName(byte first)
    {
        if (first != '"')
        {
            throw NotJson();
        }

        ReadString(JsonTokenType.PropertyName);
        if (!SkipWhiteSpace() || _json[Consumed] != ':')
        {
            throw NotJson();
        }

        Consumed++;
    }

    private void ReadValue(byte first)
    {
        switch (first)
        {
            case (byte)'"':
                ReadString(JsonTokenType.String);
                break;
            case (byte)'{':
                Open(JsonTokenType.StartObject);
                break;
            case (byte)'[':
                Open(JsonTokenType.StartArray);
                break;
            case (byte)'t':
                ReadLiteral("true"u8, JsonTokenType.True);
                break;
            case (byte)'f':
                ReadLiteral("false"u8, JsonTokenType.False);
                break;
            case (byte)'n':
                ReadLiteral("null"u8, JsonTokenType.Null);
                break;
            default:
                ReadNumber();
                break;
        }
    }

    private void ReadString(JsonTokenType type)
    {
        var line = _json;
        var start = Consumed + 1;
        for (var at = start; ;)
        {
            at = NextSpecial(line, at);
            if (at >= line.Length || line[at] < ' ')
            {
                throw NotJson();
            }

            if (line[at] == '"')
            {
                (TokenType, TokenStart, _valueStart, _valueLength, Consumed) = (type, start - 1, start, at - start, at + 1);
                return;
            }

            at += EscapeLength(line[at..]);
        }
    }

    /// <summary>The next quote, backslash or control character; the end if there is none.</summary>
    private static int NextSpecial(ReadOnlySpan<byte> json, int at)
    {
        for (; at <= json.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var bytes = Vector128.Create(json.Slice(at, Vector128<byte>.Count));
            var special = Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.Equals(bytes, Vector128.Min(bytes, Vector128.Create((byte)0x1f)));
            if (special != Vector128<byte>.Zero)
            {
                return at + BitOperations.TrailingZeroCount(special.ExtractMostSignificantBits());
            }
        }

        while (at < json.Length && json[at] is >= (byte)' ' and not ((byte)'"' or (byte)'\\'))
        {
            at++;
        }

        return at;
    }

    private static int EscapeLength(ReadOnlySpan<byte> escape)
    {
        if (escape.Length >= 2)
        {
            switch (escape[1])
            {
                case (byte)'n' or (byte)'"' or (byte)'\\' or (byte)'t' or (byte)'r' or (byte)'/' or (byte)'b' or (byte)'f':
                    return 2;
                case (byte)'u' when escape.Length >= 6 && char.IsAsciiHexDigit((char)escape[2]) && char.IsAsciiHexDigit((char)escape[3])
                    && char.IsAsciiHexDigit((char)escape[4]) && char.IsAsciiHexDigit((char)escape[5]):
                    return 6;
            }
        }

        throw NotJson();
    }

    private void ReadLiteral(ReadOnlySpan<byte> literal, JsonTokenType type)
    {
        if (!_json[Consumed..].StartsWith(literal))
        {
            throw NotJson();
        }

        Take(type, literal.Length);
    }

    private void ReadNumber()
    {
        var rest = _json[Consumed..];
        var at = rest[0] == '-' ? 1 : 0;
        at = at < rest.Length && rest[at] == '0' ? at + 1 : BehindDigits(rest, at);
        if (at < rest.Length && rest[at] == '.')
        {
            at = BehindDigits(rest, at + 1);
        }

        if (at < rest.Length && rest[at] is (byte)'e' or (byte)'E')
        {
            at++;
            at = BehindDigits(rest, at < rest.Length && rest[at] is (byte)'+' or (byte)'-' ? at + 1 : at);
        }

        if (at < rest.Length && !",}] \n\r\t/"u8.Contains(rest[at]))
        {
            throw NotJson();
        }

        Take(JsonTokenType.Number, at);
    }

    /// <summary>Behind at least one digit.</summary>
    private static int BehindDigits(ReadOnlySpan<byte> rest, int at)
    {
        var start = at;
        while (at < rest.Length && char.IsAsciiDigit((char)rest[at]))
        {
            at++;
        }

        return at > start ? at : throw NotJson();
    }

    private void Open(JsonTokenType start)
    {
        if (Depth == MaxDepth)
        {
            throw NotJson();
        }

        _inObject = start == JsonTokenType.StartObject;
        ref var word = ref _areObjects[Depth / 64];
        var bit = 1UL << (Depth % 64);
        word = _inObject ? word | bit : word & ~bit;
        Depth++;
        Take(start, 1);
    }

    private void Close(byte end)
    {
        if (Depth == 0 || end != (_inObject ? '}' : ']'))
        {
            throw NotJson();
        }

        Take(_inObject ? JsonTokenType.EndObject : JsonTokenType.EndArray, 1);
        Depth--;
        _inObject = Depth > 0 && (_areObjects[(Depth - 1) / 64] >> ((Depth - 1) % 64) & 1) != 0;
    }

    private void Take(JsonTokenType type, int length)
    {
        (TokenType, TokenStart, _valueStart, _valueLength) = (type, Consumed, Consumed, length);
        Consumed += length;
    }

    private bool SkipWhiteSpace()
    {
        var at = Consumed;
        while (at < _json.Length && _json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        Consumed = at;
        return at < _json.Length;
    }

    private static JsonException NotJson() => new();

    [InlineArray(MaxDepth / 64)]
    private struct OpenContainers
    {
        private ulong _word;
    }
}
