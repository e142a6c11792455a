using System.Text;
using System.Text.Json;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Search;

/// <summary>
/// Tells what somebody said in a line from what the agent noted around it, such as ids, times and the folder: a text that
/// stands in every line's notes would make every item be read. One thread at a time.
/// </summary>
/// <param name="wrapper">The field that holds the message, with notes of its own; null if the line is the message.</param>
internal sealed class SaidFields(string? wrapper)
{
    /// <summary>Strings that are part of no prompt, reply, thinking or tool call of any agent.</summary>
    private static readonly HashSet<string> Notes = new(StringComparer.Ordinal)
    {
        "parentUuid", "uuid", "sessionId", "session_id", "cwd", "version", "gitBranch", "timestamp", "requestId", "userType", "entrypoint", "type", "slug",
        "agentId", "model", "id", "role", "stop_reason", "call_id", "turn_id",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> NoteNames = Notes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>More fields than this are not told apart.</summary>
    private const int Most = 90;
    private readonly JsonFields _message = new();
    private JsonFields? _line;

    public delegate bool Check(ReadOnlySpan<byte> raw);

    /// <summary>False if nothing that was said in the line passes the check; true also for what is no line of fields.</summary>
    public bool Any(ReadOnlySpan<byte> line, Check check)
    {
        _line ??= wrapper is null ? new JsonFields() : new JsonFields(wrapper, _message);
        try
        {
            var reader = new JsonCursor(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return true;
            }

            _line.Read(ref reader, 0);
        }
        catch (JsonException)
        {
            return true;
        }

        return _line.Count > Most || _message.Count > Most || Any(line, _line, _message.Count > 0 ? wrapper : null, check) || Any(line, _message, null, check);
    }

    private static bool Any(ReadOnlySpan<byte> line, JsonFields fields, string? but, Check check)
    {
        Span<char> name = stackalloc char[32];
        for (var i = 0; i < fields.Count; i++)
        {
            var (key, value) = fields.At(i);
            var isShort = key.Length <= name.Length && Encoding.UTF8.TryGetChars(key.In(line), name, out _);
            var read = isShort ? name[..Encoding.UTF8.GetCharCount(key.In(line))] : [];
            if (!(but is not null && read.SequenceEqual(but)) && !(value.IsString && NoteNames.Contains(read)) && check(value.In(line)))
            {
                return true;
            }
        }

        return false;
    }
}
