using System.Text;
using System.Text.Json;

namespace Muse.Sessions.Reading.Codex;

/// <summary>An item's body, from its line and the line of its result.</summary>
internal static class CodexBodies
{
    public static ItemBody Read(Item item, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> resultBytes, BodyLimits limits)
    {
        var body = new ItemBody();
        var line = new CodexLine();
        if (item.Kind is ItemKind.Malformed or ItemKind.Unknown || !line.Parse(bytes, item.Offset))
        {
            SetText(body, Encoding.UTF8.GetString(bytes[..(int)Math.Min(bytes.Length, limits.Text * 4L)]), limits.Text);
            return body;
        }

        body.Images.AddRange(CodexImages.List(item.Kind == ItemKind.Tool ? resultBytes : bytes));
        if (item.Kind != ItemKind.Tool)
        {
            SetText(body, TextOf(item, bytes, line), limits.Text);
            return body;
        }

        if (limits.Output > 0)
        {
            ReadCall(body, bytes, line);
            ReadResult(body, resultBytes, limits);
        }

        return body;
    }

    private static string TextOf(Item item, ReadOnlySpan<byte> bytes, CodexLine line)
    {
        if (item.Kind == ItemKind.Error)
        {
            return line.Get(bytes, "message"u8).Text(bytes)
                ?? line.Nested.Read(bytes, line.Get(bytes, "error"u8)).Get(bytes, "message"u8).Text(bytes)
                ?? line.Get(bytes, "error"u8).Text(bytes) ?? line.Get(bytes, "text"u8).Text(bytes) ?? item.Preview;
        }

        if (item.Kind == ItemKind.Mark)
        {
            return item.Preview;
        }

        foreach (var fields in (ReadOnlySpan<JsonFields>)[line.Item, line.Body])
        {
            foreach (var key in (ReadOnlySpan<string>)["message", "text", "summary", "summary_text", "content", "raw_content"])
            {
                if (Joined(bytes, fields.Get(bytes, Encoding.UTF8.GetBytes(key)), line.Inner) is { Length: > 0 } text)
                {
                    return text;
                }
            }
        }

        return item.Preview;
    }

    /// <summary>A string, or the texts of parts without what the program added.</summary>
    private static string Joined(ReadOnlySpan<byte> bytes, JsonValue value, JsonFields scratch)
    {
        if (value.IsString)
        {
            return value.Text(bytes)!;
        }

        var texts = new List<string>();
        var parts = new JsonElements(bytes, value);
        while (parts.MoveNext())
        {
            var text = parts.Current.IsString ? parts.Current : scratch.Read(bytes, parts.Current).Get(bytes, "text"u8);
            if (text.IsString && text.Length > 0 && !CodexWrappers.IsWrapper(text.In(bytes)))
            {
                texts.Add(text.Text(bytes)!);
            }
        }

        return string.Join("\n\n", texts);
    }

    private static void ReadCall(ItemBody body, ReadOnlySpan<byte> bytes, CodexLine line)
    {
        var arguments = line.Get(bytes, "arguments"u8);
        arguments = arguments.IsNothing ? line.Get(bytes, "input"u8) : arguments;
        arguments = arguments.IsNothing ? line.Get(bytes, "action"u8) : arguments;
        if (arguments.IsString)
        {
            var text = JsonText.Unescape(arguments.In(bytes));
            var inner = Encoding.UTF8.GetBytes(text);
            body.Input = JsonFields.IsObject(inner) ? inner : [.. "{\"input\":\""u8, .. arguments.In(bytes), .. "\"}"u8];
            if (body.Input == inner)
            {
                ReadPlan(body, inner);
            }
        }
        else if (!arguments.IsNothing)
        {
            body.Input = arguments.In(bytes).ToArray();
        }

        if (CallArguments.Read(bytes, arguments, line.Nested).Patch is { } patch)
        {
            body.Patches.AddRange(PatchText.Parse(patch));
        }
    }

    private static void ReadPlan(ItemBody body, byte[] arguments)
    {
        var fields = new JsonFields();
        fields.Read(arguments, new JsonValue(JsonTokenType.StartObject, 0, arguments.Length));
        var steps = new JsonElements(arguments, fields.Get(arguments, "plan"u8));
        while (steps.MoveNext())
        {
            fields.Read(arguments, steps.Current);
            if (fields.Get(arguments, "step"u8).Text(arguments) is { } step)
            {
                body.Todos.Add(new TodoEntry(step, fields.Get(arguments, "status"u8).Text(arguments, 40) ?? "pending"));
            }
        }
    }

    private static void ReadResult(ItemBody body, ReadOnlySpan<byte> bytes, BodyLimits limits)
    {
        var line = new CodexLine();
        if (bytes.IsEmpty || !line.Parse(bytes, 0))
        {
            return;
        }

        var of = line.Kind == "item_completed" ? line.Item : line.Body;
        if (of.Get(bytes, "changes"u8) is { IsObject: true } changes)
        {
            var patches = CodexToolEnds.Patches(bytes, changes, line.Nested, line.Inner);
            if (patches.Count > 0)
            {
                body.Patches.Clear();
                body.Patches.AddRange(patches);
            }
        }

        var output = of.Get(bytes, "output"u8);
        output = output.IsNothing ? of.Get(bytes, "aggregated_output"u8) : output;
        output = output.IsNothing ? of.Get(bytes, "stdout"u8) : output;
        output = output.IsNothing ? of.Get(bytes, "result"u8) : output;
        output = output.IsNothing ? of.Get(bytes, "tools"u8) : output;
        if (output.IsObject && line.Nested.Read(bytes, output).Get(bytes, "content"u8) is { IsNothing: false } content)
        {
            output = content;
        }

        var text = Joined(bytes, output, line.Inner);
        if (text.Length == 0 && output.Length > 2 && !output.IsString && body.Images.Count == 0)
        {
            text = Encoding.UTF8.GetString(output.In(bytes));
        }

        text = CodexOutput.ReadJson(text)?.Text ?? text[CodexOutput.ReadHead(text).Body..];
        if (output.IsNothing)
        {
            return;
        }

        body.OutputBytes = Encoding.UTF8.GetByteCount(text);
        body.OutputCut = text.Length > limits.Output;
        body.Output = body.OutputCut ? text[..limits.Output] : text;
    }

    private static void SetText(ItemBody body, string text, int most)
    {
        body.TextCut = text.Length > most;
        body.Text = body.TextCut ? text[..most] : text;
    }
}
