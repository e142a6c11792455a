using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Muse.Board.Hooks.Install;

/// <summary>Why a file is left alone, in words for its owner.</summary>
internal sealed class HookFileException(string message) : Exception(message);

/// <summary>
/// Changes the value of one key at the top of a JSON file and leaves every other byte as it is. What is not plain JSON is
/// refused, not guessed at.
/// </summary>
internal sealed class JsonFileEdit
{
    private const string Key = "hooks";
    private readonly string _text;
    private readonly byte[] _bytes;
    private readonly List<Property> _properties = [];
    private readonly string _newLine;
    private int _open;
    private int _close;

    /// <exception cref="HookFileException">It cannot be changed safely.</exception>
    public JsonFileEdit(string text)
    {
        _text = text.Length == 0 || string.IsNullOrWhiteSpace(text) ? "{}\n" : text;
        _bytes = Encoding.UTF8.GetBytes(_text);
        _newLine = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        try
        {
            Scan();
        }
        catch (JsonException e)
        {
            throw new HookFileException($"line {e.LineNumber + 1} is not JSON. Mend it, then try again.");
        }
    }

    private Property? Found => _properties.Find(p => p.Name == Key);

    /// <summary>The value as it is; null if there is none.</summary>
    public JsonObject? Value => Found is { } found
        ? JsonNode.Parse(_bytes.AsSpan(found.ValueStart, found.End - found.ValueStart)) as JsonObject
            ?? throw new HookFileException("\"hooks\" is no object. Mend it, then try again.")
        : null;

    /// <summary>The text with another value; without the key if it is null or empty.</summary>
    public string With(JsonObject? value)
    {
        if (value is null || value.Count == 0)
        {
            return Found is { } gone ? Without(gone) : _text;
        }

        if (Found is { } found)
        {
            return Splice(found.ValueStart, found.End, Write(value, IndentOf(found.NameStart)));
        }

        var indent = _properties.Count > 0 ? IndentOf(_properties[0].NameStart) : "  ";
        var property = $"{_newLine}{indent}\"{Key}\": {Write(value, indent)}";
        return _properties.Count > 0 ? Splice(_properties[^1].End, _properties[^1].End, $",{property}") : Splice(_open + 1, _close, $"{property}{_newLine}");
    }

    private string Without(Property gone)
    {
        var index = _properties.IndexOf(gone);
        return index > 0 ? Splice(_properties[index - 1].End, gone.End, "")
            : _properties.Count > 1 ? Splice(gone.NameStart, _properties[1].NameStart, "")
            : Splice(_open + 1, _close, "");
    }

    private string Write(JsonObject value, string indent)
    {
        var isTab = indent.Contains('\t', StringComparison.Ordinal);
        var options = new JsonSerializerOptions
        {
            WriteIndented = true,
            IndentCharacter = isTab ? '\t' : ' ',
            IndentSize = Math.Clamp(isTab ? 1 : indent.Length, 0, 8),
            NewLine = "\n",
            // As people write it: else every apostrophe of a foreign command would become an escape.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        return value.ToJsonString(options).Replace("\n", _newLine + indent, StringComparison.Ordinal);
    }

    /// <summary>The white space before a place, if it is alone on its line there.</summary>
    private string IndentOf(int place)
    {
        var start = place;
        while (start > 0 && _bytes[start - 1] is (byte)' ' or (byte)'\t')
        {
            start--;
        }

        return start > 0 && _bytes[start - 1] == (byte)'\n' ? Encoding.UTF8.GetString(_bytes, start, place - start) : "  ";
    }

    private string Splice(int from, int to, string text) => Encoding.UTF8.GetString(_bytes, 0, from) + text + Encoding.UTF8.GetString(_bytes, to, _bytes.Length - to);

    private void Scan()
    {
        var reader = new Utf8JsonReader(_bytes);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new HookFileException("it does not hold a JSON object. Mend it, then try again.");
        }

        _open = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, nameStart) = (reader.GetString()!, (int)reader.TokenStartIndex); // a name is a string
            reader.Read();
            var valueStart = (int)reader.TokenStartIndex;
            reader.Skip();
            _properties.Add(new Property(name, nameStart, valueStart, (int)reader.BytesConsumed));
        }

        _close = (int)reader.TokenStartIndex;
        // To the end: what follows the object makes it no JSON.
        reader.Read();
        if (_properties.Count(p => p.Name == Key) > 1)
        {
            throw new HookFileException("it has \"hooks\" twice. Make one of the two, then try again.");
        }
    }

    private sealed record Property(string Name, int NameStart, int ValueStart, int End);
}
