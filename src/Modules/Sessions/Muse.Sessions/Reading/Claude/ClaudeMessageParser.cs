using System.Text.Json;
using static Muse.Sessions.Reading.JsonWalk;

namespace Muse.Sessions.Reading.Claude;

/// <summary>The <c>message</c> of a record: content blocks and usage.</summary>
internal static class ClaudeMessageParser
{
    /// <summary>The reader stands on the message's opening brace; afterwards on its closing one.</summary>
    public static void Parse(ref JsonCursor reader, ClaudeRecord record)
    {
        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("content"u8))
            {
                if (reader.TokenType == JsonTokenType.StartArray)
                {
                    ParseBlocks(ref reader, record.Blocks);
                    continue;
                }

                record.StringContent = JsonText.SliceOf(ref reader);
            }
            else if (name.SequenceEqual("id"u8))
            {
                record.MessageId = JsonText.SliceOf(ref reader);
            }
            else if (name.SequenceEqual("model"u8))
            {
                record.Model = JsonText.SliceOf(ref reader);
            }
            else if (name.SequenceEqual("stop_reason"u8))
            {
                record.StopReason = JsonText.SliceOf(ref reader);
            }
            else if (name.SequenceEqual("usage"u8))
            {
                ClaudeUsageParser.Parse(ref reader, ref record.Usage, record.Iterations);
                continue;
            }

            reader.Skip();
        }
    }

    public static void ParseBlocks(ref JsonCursor reader, List<ClaudeBlock> blocks)
    {
        while (NextElement(ref reader))
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                blocks.Add(new ClaudeBlock { Type = ClaudeBlockType.Text, Text = JsonText.SliceOf(ref reader) });
                continue;
            }

            if (!EnterObject(ref reader))
            {
                continue;
            }

            var block = new ClaudeBlock { Start = reader.TokenStart };
            while (NextProperty(ref reader, out var name))
            {
                ParseBlockProperty(ref reader, name, ref block);
            }

            block.End = reader.Consumed;
            blocks.Add(block);
        }
    }

    private static void ParseBlockProperty(ref JsonCursor reader, scoped ReadOnlySpan<byte> name, ref ClaudeBlock block)
    {
        if (name.SequenceEqual("type"u8))
        {
            block.Type = TypeOf(reader.TokenType == JsonTokenType.String ? reader.ValueSpan : default);
        }
        else if (name.SequenceEqual("text"u8) || name.SequenceEqual("thinking"u8))
        {
            block.Text = JsonText.SliceOf(ref reader);
        }
        else if (name.SequenceEqual("id"u8) || name.SequenceEqual("tool_use_id"u8))
        {
            block.Id = JsonText.SliceOf(ref reader);
        }
        else if (name.SequenceEqual("name"u8))
        {
            block.Name = JsonText.SliceOf(ref reader);
        }
        else if (name.SequenceEqual("is_error"u8))
        {
            block.IsError = JsonText.True(ref reader);
        }
        else if (name.SequenceEqual("input"u8))
        {
            ParseInput(ref reader, ref block);
            return;
        }
        else if (name.SequenceEqual("content"u8))
        {
            ParseResultContent(ref reader, ref block);
            return;
        }

        reader.Skip();
    }

    private static ClaudeBlockType TypeOf(ReadOnlySpan<byte> type) => type.Length switch
    {
        4 when type.SequenceEqual("text"u8) => ClaudeBlockType.Text,
        8 when type.SequenceEqual("thinking"u8) => ClaudeBlockType.Thinking,
        17 when type.SequenceEqual("redacted_thinking"u8) => ClaudeBlockType.RedactedThinking,
        8 when type.SequenceEqual("tool_use"u8) => ClaudeBlockType.ToolUse,
        15 when type.SequenceEqual("server_tool_use"u8) => ClaudeBlockType.ToolUse,
        11 when type.SequenceEqual("tool_result"u8) => ClaudeBlockType.ToolResult,
        22 when type.SequenceEqual("web_search_tool_result"u8) => ClaudeBlockType.ToolResult,
        5 when type.SequenceEqual("image"u8) => ClaudeBlockType.Image,
        8 when type.SequenceEqual("document"u8) => ClaudeBlockType.Document,
        8 when type.SequenceEqual("fallback"u8) => ClaudeBlockType.Fallback,
        _ => ClaudeBlockType.Other,
    };

    /// <summary>Finds the input value that tells a person what the call is about; the rest is read when the row is unfolded.</summary>
    private static void ParseInput(ref JsonCursor reader, ref ClaudeBlock block)
    {
        if (!EnterObject(ref reader))
        {
            return;
        }

        while (NextProperty(ref reader, out var name))
        {
            if (reader.TokenType == JsonTokenType.StartArray && name.SequenceEqual("todos"u8))
            {
                ParseTodos(ref reader, ref block);
                continue;
            }

            if (reader.TokenType == JsonTokenType.String)
            {
                var rank = AboutRank(name);
                if (rank > block.AboutRank)
                {
                    (block.AboutRank, block.About) = (rank, JsonText.SliceOf(ref reader));
                }

                if (rank == FileRank)
                {
                    block.FilePath = JsonText.SliceOf(ref reader);
                }
            }

            reader.Skip();
        }
    }

    /// <summary>A list of things to do is about the one in hand, or the first that is still to do.</summary>
    private static void ParseTodos(ref JsonCursor reader, ref ClaudeBlock block)
    {
        while (NextElement(ref reader))
        {
            var (content, rank) = (default(JsonSlice), 1);
            if (!EnterObject(ref reader))
            {
                continue;
            }

            while (NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("content"u8))
                {
                    content = JsonText.SliceOf(ref reader);
                }
                else if (name.SequenceEqual("status"u8) && reader.TokenType == JsonTokenType.String)
                {
                    rank = reader.ValueTextEquals("in_progress"u8) ? 3 : reader.ValueTextEquals("pending"u8) ? 2 : 1;
                }

                reader.Skip();
            }

            if (rank > block.AboutRank)
            {
                (block.AboutRank, block.About) = (rank, content);
            }
        }
    }

    private const int FileRank = 8;

    private static int AboutRank(ReadOnlySpan<byte> name) => name.Length switch
    {
        7 when name.SequenceEqual("command"u8) => 9,
        9 when name.SequenceEqual("file_path"u8) => FileRank,
        13 when name.SequenceEqual("notebook_path"u8) => FileRank,
        7 when name.SequenceEqual("pattern"u8) => 7,
        5 when name.SequenceEqual("query"u8) => 7,
        3 when name.SequenceEqual("url"u8) => 7,
        11 when name.SequenceEqual("description"u8) => 6,
        7 when name.SequenceEqual("subject"u8) => 6,
        5 when name.SequenceEqual("skill"u8) => 6,
        4 when name.SequenceEqual("plan"u8) => 5,
        4 when name.SequenceEqual("path"u8) => 5,
        6 when name.SequenceEqual("prompt"u8) => 4,
        7 when name.SequenceEqual("message"u8) => 4,
        7 when name.SequenceEqual("task_id"u8) => 2,
        6 when name.SequenceEqual("taskId"u8) => 2,
        _ => 1,
    };

    private static void ParseResultContent(ref JsonCursor reader, ref ClaudeBlock block)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            block.Text = JsonText.SliceOf(ref reader);
            reader.Skip();
            return;
        }

        while (NextElement(ref reader))
        {
            if (!EnterObject(ref reader))
            {
                continue;
            }

            while (NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("text"u8) && block.Text.IsEmpty)
                {
                    block.Text = JsonText.SliceOf(ref reader);
                }
                else if (name.SequenceEqual("type"u8) && reader.ValueTextEquals("image"u8))
                {
                    block.Images++;
                }

                reader.Skip();
            }
        }
    }
}
