using System.Buffers;
using System.Text;
using System.Text.Json;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Search;

/// <summary>The text of an item as it is searched: its marks, and everything a person can open of it.</summary>
internal static class SearchText
{
    /// <summary>Characters of one item's text and output that are searched.</summary>
    public static readonly BodyLimits Limits = new(Text: 4_000_000, Output: 8_000_000);

    /// <param name="of">Marks of the whole session.</param>
    /// <returns>Bytes without the marks.</returns>
    public static int Write(Item item, ItemBody? body, string of, ArrayBufferWriter<byte> text)
    {
        WriteMarks(item, body, of, text);
        var start = text.WrittenCount;
        foreach (var part in Parts(item, body))
        {
            PutText(part, text);
        }

        return text.WrittenCount - start;
    }

    /// <summary>What filters ask for, see <see cref="SearchMarks"/>.</summary>
    /// <param name="body">Only files that a patch names need it.</param>
    /// <param name="of">Marks of the whole session.</param>
    public static void WriteMarks(Item item, ItemBody? body, string of, ArrayBufferWriter<byte> text)
    {
        Put(of, text);
        if (item.Kind == ItemKind.Tool && item.Name is { } tool)
        {
            Put(SearchMarks.Tool(tool), text);
        }

        if (item.Outcome?.File is { } file)
        {
            Put(SearchMarks.File(file), text);
        }

        foreach (var patch in body?.Patches.Where(p => p.Path.Length > 0 && p.Path != item.Outcome?.File) ?? [])
        {
            Put(SearchMarks.File(patch.Path), text);
        }

        if (item.Kind == ItemKind.Error || item.Flags.HasFlag(ItemFlags.Error))
        {
            Put(SearchMarks.Is("error"), text);
        }

        if (item.Flags.HasFlag(ItemFlags.Commit))
        {
            Put(SearchMarks.Has("commit"), text);
        }
    }

    /// <summary>The marks that all items of a session have.</summary>
    public static string MarksOf(string agent, string? project, string? model) =>
        SearchMarks.Any + SearchMarks.Agent(agent)
        + (project is null ? "" : SearchMarks.Project(project) + SearchMarks.Project(Domain.SessionSummary.LastSegment(project)))
        + (model is null ? "" : SearchMarks.Model(model) + string.Concat(model.Split('-').Where(part => part != model).Select(SearchMarks.Model)));

    /// <summary>What a person can read of an item, in the order in which a snippet is looked for.</summary>
    public static IEnumerable<string> Parts(Item item, ItemBody? body)
    {
        var isRaw = item.Kind is ItemKind.Unknown or ItemKind.Malformed;
        if (body?.Text is { Length: > 0 } said && !isRaw)
        {
            yield return said;
        }

        if (body?.Input is { } input)
        {
            yield return Strings(input);
        }

        if (body?.Output is { Length: > 0 } output)
        {
            yield return output;
        }

        // An edit's hunks repeat what its input says; those that a tool worked out itself are found nowhere else.
        foreach (var line in body?.Patches.SelectMany(p => p.Hunks).SelectMany(h => h.Lines) ?? [])
        {
            yield return line;
        }

        foreach (var todo in body?.Todos ?? [])
        {
            yield return todo.Content;
        }

        if (body is null || isRaw || body is { Text: null or "", Input: null, Output: null or "" })
        {
            yield return item.Preview;
        }
    }

    /// <summary>The texts in a tool's input, a line each; names of parameters are not what somebody wrote.</summary>
    private static string Strings(byte[] json)
    {
        var texts = new StringBuilder(json.Length);
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1024 });
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String)
                {
                    texts.Append(JsonText.Unescape(reader.ValueSpan)).Append('\n');
                }
            }
        }
        catch (JsonException)
        {
            // What was read before the fault is still text.
        }

        return texts.ToString();
    }

    private static void Put(string marks, ArrayBufferWriter<byte> text) =>
        text.Advance(Encoding.UTF8.GetBytes(marks, text.GetSpan(Encoding.UTF8.GetMaxByteCount(marks.Length))));

    private static void PutText(string part, ArrayBufferWriter<byte> text)
    {
        var span = text.GetSpan(Encoding.UTF8.GetByteCount(part) + 1);
        var length = Encoding.UTF8.GetBytes(part, span);
        var bytes = span[..length];
        // Marks are Muse's own word: a transcript cannot forge one.
        bytes.Replace(SearchTokens.MarkBegins, (byte)' ');
        span[length] = (byte)'\n';
        text.Advance(length + 1);
    }
}
