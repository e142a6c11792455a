using System.Text.Json;

namespace Muse.Sessions.Reading;

/// <summary>Steps of a single forward pass over a line, for readers that take what they know and pass over the rest.</summary>
internal static class JsonWalk
{
    /// <summary>Steps to the next property of the object the reader is in; false at its end.</summary>
    public static bool NextProperty(ref JsonCursor reader, out ReadOnlySpan<byte> name)
    {
        if (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            name = reader.ValueSpan;
            reader.Read();
            return true;
        }

        name = default;
        return false;
    }

    /// <summary>True if the reader stands on an object; any other value is skipped.</summary>
    public static bool EnterObject(ref JsonCursor reader) => Enter(ref reader, JsonTokenType.StartObject);

    /// <summary>True if the reader stands on an array; any other value is skipped.</summary>
    public static bool EnterArray(ref JsonCursor reader) => Enter(ref reader, JsonTokenType.StartArray);

    /// <summary>Steps to the next element of the array the reader is in; false at its end.</summary>
    public static bool NextElement(ref JsonCursor reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>The string under a key of the object the reader stands on, which is left behind; empty if there is none.</summary>
    public static JsonSlice StringIn(ref JsonCursor reader, ReadOnlySpan<byte> key)
    {
        var found = default(JsonSlice);
        if (EnterObject(ref reader))
        {
            while (NextProperty(ref reader, out var name))
            {
                found = name.SequenceEqual(key) ? JsonText.SliceOf(ref reader) : found;
                reader.Skip();
            }
        }

        return found;
    }

    private static bool Enter(ref JsonCursor reader, JsonTokenType start)
    {
        if (reader.TokenType == start)
        {
            return true;
        }

        reader.Skip();
        return false;
    }
}
