using System.Text;
using System.Text.Json;

namespace Muse.Sessions.Reading.Gemini;

/// <summary>An item's body, from the last version of its message.</summary>
internal static class GeminiBodies
{
    public static ItemBody Read(Item item, ReadOnlySpan<byte> line, BodyLimits limits)
    {
        var body = new ItemBody();
        var message = Message(line);
        if (message is null || item.Kind is ItemKind.Malformed or ItemKind.Unknown)
        {
            SetText(body, Encoding.UTF8.GetString(line[..(int)Math.Min(line.Length, limits.Text * 4L)]), limits.Text);
            return body;
        }

        if (item.Kind == ItemKind.Tool)
        {
            if (limits.Output > 0 && Element(line, message.Get(line, "toolCalls"u8), item.Block) is { IsObject: true } call)
            {
                ReadTool(body, line, message.Read(line, call), limits);
            }

            return body;
        }

        if (item.Kind == ItemKind.Thinking)
        {
            message.Read(line, Element(line, message.Get(line, "thoughts"u8), item.Block));
            var (subject, description) = (message.Get(line, "subject"u8).Text(line), message.Get(line, "description"u8).Text(line));
            SetText(body, string.Join("\n\n", new[] { subject, description }.Where(t => !string.IsNullOrEmpty(t))), limits.Text);
            return body;
        }

        var shown = item.Kind == ItemKind.Reply ? default : message.Get(line, "displayContent"u8);
        SetText(body, Joined(line, shown.IsNothing ? message.Get(line, "content"u8) : shown), limits.Text);
        foreach (var (type, data) in Images(line))
        {
            body.Images.Add(new ImageInfo(body.Images.Count, type, data.Length * 3L / 4));
        }

        return body;
    }

    public static ImageBytes? ReadImage(ReadOnlySpan<byte> line, int index)
    {
        var images = Images(line);
        if (index < 0 || index >= images.Count || images[index].Type is not ("image/png" or "image/jpeg" or "image/gif" or "image/webp"))
        {
            return null;
        }

        var (type, data) = images[index];
        var text = Encoding.UTF8.GetBytes(JsonText.Unescape(data.In(line)));
        var decoded = new byte[System.Buffers.Text.Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return System.Buffers.Text.Base64.DecodeFromUtf8(text, decoded, out _, out var written) == System.Buffers.OperationStatus.Done
            ? new ImageBytes(type, decoded[..written]) : null;
    }

    private static void ReadTool(ItemBody body, ReadOnlySpan<byte> line, JsonFields call, BodyLimits limits)
    {
        var scratch = new JsonFields();
        var arguments = call.Get(line, "args"u8);
        body.Input = arguments.IsNothing ? null : arguments.IsString ? [(byte)'"', .. arguments.In(line), (byte)'"'] : arguments.In(line).ToArray();
        if (GeminiTools.PatchOf(line, call, scratch) is { } patch)
        {
            body.Patches.Add(patch);
        }

        var todos = new JsonElements(line, scratch.Read(line, arguments).Get(line, "todos"u8));
        var entry = new JsonFields();
        while (todos.MoveNext())
        {
            entry.Read(line, todos.Current);
            if (entry.Get(line, "description"u8).Text(line) is { } description)
            {
                body.Todos.Add(new TodoEntry(description, entry.Get(line, "status"u8).Text(line, 40) ?? "pending"));
            }
        }

        var output = GeminiTools.Output(line, call, scratch);
        output = output.IsString ? output : call.Get(line, "resultDisplay"u8);
        if (output.Text(line) is { } text)
        {
            body.OutputBytes = Encoding.UTF8.GetByteCount(text);
            body.OutputCut = text.Length > limits.Output;
            body.Output = body.OutputCut ? text[..limits.Output] : text;
        }
    }

    private static string Joined(ReadOnlySpan<byte> line, JsonValue content)
    {
        var scratch = new JsonFields();
        if (!content.IsArray)
        {
            return GeminiContent.Text(line, content, scratch, out _, out _).Text(line) ?? "";
        }

        var texts = new List<string>();
        var parts = new JsonElements(line, content);
        while (parts.MoveNext())
        {
            if (GeminiContent.Text(line, parts.Current, scratch, out _, out _).Text(line) is { Length: > 0 } text)
            {
                texts.Add(text);
            }
        }

        return string.Join("\n\n", texts);
    }

    private static List<(string Type, JsonValue Data)> Images(ReadOnlySpan<byte> line)
    {
        var found = new List<(string, JsonValue)>();
        var message = Message(line);
        var scratch = new JsonFields();
        var parts = new JsonElements(line, message?.Get(line, "content"u8) ?? default);
        while (parts.MoveNext())
        {
            var inline = scratch.Read(line, parts.Current).Get(line, "inlineData"u8);
            scratch.Read(line, inline);
            if (scratch.Get(line, "data"u8) is { IsString: true } data)
            {
                found.Add((scratch.Get(line, "mimeType"u8).Text(line, 80) ?? "", data));
            }
        }

        return found;
    }

    private static JsonFields? Message(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || !JsonFields.IsObject(line))
        {
            return null;
        }

        var start = line.IndexOf((byte)'{');
        return new JsonFields().Read(line, new JsonValue(JsonTokenType.StartObject, start, line.Length - start));
    }

    private static JsonValue Element(ReadOnlySpan<byte> line, JsonValue array, int index)
    {
        var all = new JsonElements(line, array);
        while (all.MoveNext())
        {
            if (index-- == 0)
            {
                return all.Current;
            }
        }

        return default;
    }

    private static void SetText(ItemBody body, string text, int most)
    {
        body.TextCut = text.Length > most;
        body.Text = body.TextCut ? text[..most] : text;
    }
}
