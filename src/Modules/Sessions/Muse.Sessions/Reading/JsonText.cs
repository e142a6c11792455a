using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Muse.Sessions.Reading;

/// <summary>
/// A string value's place in a line, still escaped. Becomes text only if somebody looks at it.
/// </summary>
internal readonly record struct JsonSlice(int Start, int Length)
{
    public bool IsEmpty => Length == 0;

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> line) => line.Slice(Start, Length);
}

/// <summary>Lenient reading of JSON values: what strict parsers refuse (lone surrogates, wrong types) is read as far as it makes sense.</summary>
internal static class JsonText
{
    public static readonly JsonReaderOptions Options = new() { MaxDepth = JsonCursor.MaxDepth };

    /// <summary>The token the reader stands on, without quotes; empty if it is no string.</summary>
    public static JsonSlice SliceOf(ref JsonCursor reader) => reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
        ? new JsonSlice(reader.TokenStart + 1, reader.ValueSpan.Length)
        : default;

    /// <summary>A whole number, also from a float or a string; 0 if it is none.</summary>
    public static long Number(ref JsonCursor reader)
    {
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
        {
            return 0;
        }

        var span = reader.ValueSpan;
        if (Utf8Parser.TryParse(span, out long whole, out var used) && used == span.Length)
        {
            return whole;
        }

        return Utf8Parser.TryParse(span, out double real, out used) && used == span.Length && Math.Abs(real) < 1e15 ? (long)real : 0;
    }

    public static bool True(ref JsonCursor reader) =>
        reader.TokenType == JsonTokenType.True || (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("true"u8));

    /// <summary>Milliseconds since 1970 of an ISO 8601 text or an epoch number in s or ms; null if it is neither.</summary>
    public static long? Time(ref JsonCursor reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return Time(reader.ValueSpan);
        }

        var number = Number(ref reader);
        return number switch
        {
            <= 0 => null,
            < 100_000_000_000 => number * 1000,
            < 100_000_000_000_000 => number,
            _ => null,
        };
    }

    /// <inheritdoc cref="Time(ref JsonCursor)" />
    public static long? Time(ReadOnlySpan<byte> text)
    {
        // The common form, "2026-07-01T13:57:26.260Z", without going through a string.
        if (text.Length is 20 or 24 && text[^1] == 'Z' && text[4] == '-' && text[10] == 'T'
            && Digits(text, 0, 4, out var year) && Digits(text, 5, 2, out var month) && Digits(text, 8, 2, out var day)
            && Digits(text, 11, 2, out var hour) && Digits(text, 14, 2, out var minute) && Digits(text, 17, 2, out var second)
            && year is >= 1970 and < 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour < 24 && minute < 60 && second < 60)
        {
            var ms = text.Length == 24 && Digits(text, 20, 3, out var fraction) ? fraction : 0;
            return new DateTimeOffset(year, month, day, hour, minute, second, ms, TimeSpan.Zero).ToUnixTimeMilliseconds();
        }

        return text.Length is > 9 and < 40
            && DateTimeOffset.TryParse(
                Encoding.UTF8.GetString(text), System.Globalization.CultureInfo.InvariantCulture,
                System.Globalization.DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : null;
    }

    /// <summary>The text of an escaped string, at most <paramref name="most"/> characters.</summary>
    public static string Unescape(ReadOnlySpan<byte> escaped, int most = int.MaxValue)
    {
        if (escaped.Length <= most && !escaped.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(escaped);
        }

        var buffer = ArrayPool<char>.Shared.Rent(Math.Min(escaped.Length, most) + 2);
        try
        {
            var text = buffer.AsSpan(0, Unescape(escaped, buffer.AsSpan(0, Math.Min(escaped.Length, most))));
            return new string(WellFormed(text));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    /// <summary>Lone surrogates replaced, as they cannot be stored; a pair that was cut at the end is left out.</summary>
    private static Span<char> WellFormed(Span<char> text)
    {
        if (text is [.., var last] && char.IsHighSurrogate(last))
        {
            text = text[..^1];
        }

        for (var at = text.IndexOfAnyInRange('\ud800', '\udfff'); at >= 0 && at < text.Length; at++)
        {
            if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
            {
                at++;
            }
            else if (char.IsSurrogate(text[at]))
            {
                text[at] = '\uFFFD';
            }
        }

        return text;
    }

    /// <summary>One sanitized line of an escaped string.</summary>
    public static string Preview(ReadOnlySpan<byte> escaped, int maxLength = PreviewText.MaxLength)
    {
        Span<char> head = stackalloc char[PreviewText.MaxLength * 4];
        return PreviewText.From(head[..Unescape(escaped, head)], maxLength);
    }

    /// <summary>Writes the text of an escaped string until the destination is full.</summary>
    /// <returns>Characters written.</returns>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<char> destination)
    {
        var written = 0;
        while (!escaped.IsEmpty && written < destination.Length)
        {
            var plain = escaped.IndexOf((byte)'\\');
            var run = plain < 0 ? escaped : escaped[..plain];
            if (!run.IsEmpty)
            {
                Utf8.ToUtf16(run, destination[written..], out var used, out var chars);
                written += chars;
                if (used < run.Length || chars == 0)
                {
                    break;
                }

                escaped = escaped[run.Length..];
                continue;
            }

            if (escaped.Length < 2)
            {
                break;
            }

            var taken = 2;
            destination[written++] = escaped[1] switch
            {
                (byte)'n' => '\n',
                (byte)'t' => '\t',
                (byte)'r' => '\r',
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                (byte)'u' => Hex(escaped, out taken),
                var other => (char)other,
            };
            escaped = escaped[taken..];
        }

        return written;
    }

    /// <summary>Length of the string's text as UTF-8, without making it.</summary>
    public static long Utf8Length(ReadOnlySpan<byte> escaped)
    {
        var length = (long)escaped.Length;
        for (var at = escaped.IndexOf((byte)'\\'); at >= 0 && at + 1 < escaped.Length; at = escaped.IndexOf((byte)'\\'))
        {
            if (escaped[at + 1] == 'u' && at + 6 <= escaped.Length)
            {
                var c = Hex(escaped[at..], out _);
                length -= 6 - (c < 0x80 ? 1 : c < 0x800 || char.IsSurrogate(c) ? 2 : 3);
                escaped = escaped[(at + 6)..];
            }
            else
            {
                length--;
                escaped = escaped[(at + 2)..];
            }
        }

        return length;
    }

    /// <summary>Line breaks in an escaped string.</summary>
    public static int CountLines(ReadOnlySpan<byte> escaped) =>
        escaped.IsEmpty ? 0 : escaped.Count("\\n"u8) + (escaped.EndsWith("\\n"u8) ? 0 : 1);

    private static char Hex(ReadOnlySpan<byte> escape, out int taken)
    {
        if (escape.Length >= 6 && Utf8Parser.TryParse(escape.Slice(2, 4), out ushort value, out var used, 'x') && used == 4)
        {
            taken = 6;
            return (char)value;
        }

        taken = 2;
        return '\uFFFD';
    }

    private static bool Digits(ReadOnlySpan<byte> text, int start, int count, out int value)
    {
        value = 0;
        foreach (var b in text.Slice(start, count))
        {
            if (b is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (b - '0');
        }

        return true;
    }
}

/// <summary>Gives equal bytes the same string, so that a tool's name or a model is one object and not one for every line.</summary>
/// <param name="asWritten">For paths, which must stay what they are; anything else becomes one harmless line.</param>
internal sealed class StringInterner(bool asWritten = false)
{
    private const int LongestPath = 4096;

    /// <summary>Names repeat within a few, and every file that is read has tables; a larger one would keep hostile input alive.</summary>
    private const int Slots = 64;
    private readonly (byte[] Bytes, string Text)[] _slots = new (byte[], string)[Slots];

    public string Get(ReadOnlySpan<byte> escaped)
    {
        var hash = default(HashCode);
        hash.AddBytes(escaped);
        ref var slot = ref _slots[(uint)hash.ToHashCode() % Slots];
        if (slot.Bytes is null || !slot.Bytes.AsSpan().SequenceEqual(escaped))
        {
            slot = (escaped.ToArray(), asWritten ? JsonText.Unescape(escaped, LongestPath) : JsonText.Preview(escaped));
        }

        return slot.Text;
    }
}
