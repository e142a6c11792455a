using System.Text;
using System.Text.Json;

namespace Muse.Sessions.Reading.Claude;

/// <summary>
/// Bodies, read when somebody looks. One item is one line and at most one result line, so a document in memory is
/// small here and keeps this legible; the fast path is <see cref="ClaudeReader"/>.
/// </summary>
internal static class ClaudeBodies
{
    public static ItemBody Read(Item item, ReadOnlySpan<byte> line, ReadOnlySpan<byte> resultLine, BodyLimits limits)
    {
        var body = new ItemBody();
        if (item.Kind is ItemKind.Unknown or ItemKind.Malformed)
        {
            SetText(body, Encoding.UTF8.GetString(line[..Math.Min(line.Length, limits.Text)]), limits);
            body.TextCut |= line.Length > limits.Text;
            return body;
        }

        if (item is { Kind: ItemKind.Mark, Block: < 0 })
        {
            // Nobody wrote it: it stands before what the line says.
            SetText(body, item.Preview, limits);
            return body;
        }

        // A compaction's words are those of the summary that follows it.
        var source = item.Kind == ItemKind.Compaction && !resultLine.IsEmpty ? resultLine : line;
        ReadLine(item, source, limits, body);
        if (item.Kind == ItemKind.Tool && limits.Output > 0 && !resultLine.IsEmpty)
        {
            ReadResult(item, resultLine, limits, body);
        }

        return body;
    }

    private static void ReadLine(Item item, ReadOnlySpan<byte> line, BodyLimits limits, ItemBody body)
    {
        var record = new ClaudeRecord();
        if (!TryParse(line, record))
        {
            return;
        }

        if (item.Kind == ItemKind.Tool)
        {
            if (limits.Output > 0 && item.Block >= 0 && item.Block < record.Blocks.Count)
            {
                ReadCall(line, record.Blocks[item.Block], body);
            }

            return;
        }

        if (item.Kind is ItemKind.Reply or ItemKind.Thinking && item.Block >= 0 && item.Block < record.Blocks.Count)
        {
            SetText(body, JsonText.Unescape(record.Blocks[item.Block].Text.In(line), limits.Text + 1), limits);
            return;
        }

        SetText(body, WholeText(line, record, limits.Text + 1), limits);
        if (item.Images > 0)
        {
            ClaudeImages.List(line, body.Images);
        }
    }

    private static string WholeText(ReadOnlySpan<byte> line, ClaudeRecord record, int most)
    {
        var single = !record.StringContent.IsEmpty ? record.StringContent : record.Content;
        if (!single.IsEmpty)
        {
            return JsonText.Unescape(ClaudeWrappers.WithoutContext(single.In(line)), most);
        }

        var text = new StringBuilder();
        foreach (var block in record.Blocks)
        {
            if (block.Type == ClaudeBlockType.Text && text.Length < most)
            {
                text.Append(text.Length > 0 ? "\n\n" : "").Append(JsonText.Unescape(ClaudeWrappers.WithoutContext(block.Text.In(line)), most));
            }
        }

        return text.ToString();
    }

    private static void ReadCall(ReadOnlySpan<byte> line, ClaudeBlock block, ItemBody body)
    {
        try
        {
            using var document = JsonDocument.Parse(line[block.Start..block.End].ToArray(), new JsonDocumentOptions { MaxDepth = 512 });
            if (!document.RootElement.TryGetProperty("input", out var input))
            {
                return;
            }

            body.Input = Encoding.UTF8.GetBytes(input.GetRawText());
            AddTodos(input, "todos", body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The row stays as it is; the raw line can be opened.
        }
    }

    private static void ReadResult(Item item, ReadOnlySpan<byte> line, BodyLimits limits, ItemBody body)
    {
        var record = new ClaudeRecord();
        if (!TryParse(line, record))
        {
            return;
        }

        var result = record.Blocks.Find(b => b.Type == ClaudeBlockType.ToolResult);
        try
        {
            using var document = JsonDocument.Parse(line.ToArray(), new JsonDocumentOptions { MaxDepth = 512 });
            var text = ResultText(document.RootElement, item.CallId);
            body.OutputBytes = Encoding.UTF8.GetByteCount(text);
            body.OutputCut = text.Length > limits.Output;
            body.Output = body.OutputCut ? text[..limits.Output] : text;
            if (document.RootElement.TryGetProperty("toolUseResult", out var report) && report.ValueKind == JsonValueKind.Object)
            {
                AddPatches(report, body);
                AddTodos(report, "newTodos", body);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A lone surrogate refuses to become a string here; the lenient way still shows the text.
            body.Output = JsonText.Unescape(result.Text.In(line), limits.Output);
        }

        if (result.Images > 0)
        {
            ClaudeImages.List(line, body.Images);
        }
    }

    private static string ResultText(JsonElement root, string? callId)
    {
        if (!root.TryGetProperty("message", out var message) || !message.TryGetProperty("content", out var content)
            || content.ValueKind != JsonValueKind.Array)
        {
            return "";
        }

        var results = content.EnumerateArray().Where(b => b.ValueKind == JsonValueKind.Object && b.TryGetProperty("tool_use_id", out _)).ToList();
        var own = results.Find(b => b.GetProperty("tool_use_id").ToString() == callId);
        var block = own.ValueKind == JsonValueKind.Object ? own : results.FirstOrDefault();
        if (block.ValueKind != JsonValueKind.Object || !block.TryGetProperty("content", out var result))
        {
            return "";
        }

        return result.ValueKind switch
        {
            JsonValueKind.String => result.GetString() ?? "",
            JsonValueKind.Array => string.Join('\n', result.EnumerateArray()
                .Where(part => part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
                .Select(part => part.GetProperty("text").GetString())),
            _ => result.GetRawText(),
        };
    }

    private static void AddPatches(JsonElement report, ItemBody body)
    {
        var path = report.TryGetProperty("filePath", out var file) && file.ValueKind == JsonValueKind.String ? file.GetString() ?? "" : "";
        if (report.TryGetProperty("structuredPatch", out var patch) && patch.ValueKind == JsonValueKind.Array && patch.GetArrayLength() > 0)
        {
            var hunks = new List<PatchHunk>();
            foreach (var hunk in patch.EnumerateArray().Where(h => h.ValueKind == JsonValueKind.Object))
            {
                hunks.Add(new PatchHunk(
                    Number(hunk, "oldStart"), Number(hunk, "oldLines"), Number(hunk, "newStart"), Number(hunk, "newLines"),
                    hunk.TryGetProperty("lines", out var lines) && lines.ValueKind == JsonValueKind.Array
                        ? [.. lines.EnumerateArray().Where(l => l.ValueKind == JsonValueKind.String).Select(l => l.GetString() ?? "")]
                        : []));
            }

            body.Patches.Add(Counted(path, hunks));
        }
        else if (report.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("create")
            && report.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String)
        {
            var lines = (content.GetString() ?? "").TrimEnd('\n').Split('\n').Select(l => "+" + l).ToList();
            body.Patches.Add(Counted(path, [new PatchHunk(0, 0, 1, lines.Count, lines)]));
        }
    }

    private static Patch Counted(string path, List<PatchHunk> hunks) => new(
        path,
        hunks.Sum(h => h.Lines.Count(l => l.StartsWith('+'))),
        hunks.Sum(h => h.Lines.Count(l => l.StartsWith('-'))),
        hunks);

    private static int Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;

    private static void AddTodos(JsonElement parent, string name, ItemBody body)
    {
        if (body.Todos.Count > 0 || !parent.TryGetProperty(name, out var todos) || todos.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var todo in todos.EnumerateArray().Where(t => t.ValueKind == JsonValueKind.Object))
        {
            string Text(string key) => todo.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
            body.Todos.Add(new TodoEntry(Text("content"), Text("status") is "completed" or "in_progress" ? Text("status") : "pending"));
        }
    }

    private static bool TryParse(ReadOnlySpan<byte> line, ClaudeRecord record)
    {
        try
        {
            return ClaudeRecordParser.Parse(line, record);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static void SetText(ItemBody body, string text, BodyLimits limits)
    {
        body.TextCut = text.Length > limits.Text;
        body.Text = body.TextCut ? text[..limits.Text] : text;
    }
}
