using System.Text.Json;
using static Muse.Sessions.Reading.JsonWalk;

namespace Muse.Sessions.Reading.Claude;

/// <summary>Takes a line apart in one forward pass. Keys come in any order and with any type: what does not fit is skipped.</summary>
internal static class ClaudeRecordParser
{
    /// <returns>False if the line is JSON but no object.</returns>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static bool Parse(ReadOnlySpan<byte> line, ClaudeRecord record)
    {
        record.Clear();
        var reader = new JsonCursor(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            while (reader.Read())
            {
            }

            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ParseProperty(ref reader, record);
        }

        // A second value on the line makes the reader throw here.
        while (reader.Read())
        {
        }

        return true;
    }

    private static void ParseProperty(ref JsonCursor reader, ClaudeRecord record)
    {
        var name = reader.ValueSpan;
        reader.Read();
        switch (name.Length)
        {
            case 3 when name.SequenceEqual("cwd"u8):
                record.Cwd = JsonText.SliceOf(ref reader);
                break;
            case 4 when name.SequenceEqual("type"u8):
                record.Type = JsonText.SliceOf(ref reader);
                break;
            case 4 when name.SequenceEqual("uuid"u8):
                record.Uuid = JsonText.SliceOf(ref reader);
                break;
            case 4 when name.SequenceEqual("data"u8):
                ParseData(ref reader, record);
                return;
            case 5 when name.SequenceEqual("error"u8):
                record.Error = JsonText.SliceOf(ref reader);
                break;
            case 5 when name.SequenceEqual("prUrl"u8):
                record.PrUrl = JsonText.SliceOf(ref reader);
                break;
            case 6 when name.SequenceEqual("isMeta"u8):
                record.IsMeta = JsonText.True(ref reader);
                break;
            case 6 when name.SequenceEqual("origin"u8):
                record.OriginKind = StringIn(ref reader, "kind"u8);
                return;
            case 7 when name.SequenceEqual("message"u8):
                ParseMessage(ref reader, record);
                return;
            case 7 when name.SequenceEqual("version"u8):
                record.Version = JsonText.SliceOf(ref reader);
                break;
            case 7 when name.SequenceEqual("subtype"u8):
                record.Subtype = JsonText.SliceOf(ref reader);
                break;
            case 7 when name.SequenceEqual("content"u8):
                record.Content = JsonText.SliceOf(ref reader);
                break;
            case 7 when name.SequenceEqual("agentId"u8):
                record.AgentId = JsonText.SliceOf(ref reader);
                break;
            case 7 when name.SequenceEqual("summary"u8) || name.SequenceEqual("aiTitle"u8):
            case 9 when name.SequenceEqual("agentName"u8):
            case 10 when name.SequenceEqual("lastPrompt"u8):
            case 11 when name.SequenceEqual("customTitle"u8):
                record.Title = JsonText.SliceOf(ref reader);
                break;
            case 9 when name.SequenceEqual("timestamp"u8):
                record.AtMs = JsonText.Time(ref reader);
                break;
            case 9 when name.SequenceEqual("gitBranch"u8):
                record.Branch = JsonText.SliceOf(ref reader);
                break;
            case 9 when name.SequenceEqual("operation"u8):
                record.Operation = JsonText.SliceOf(ref reader);
                break;
            case 10 when name.SequenceEqual("attachment"u8):
                ParseAttachment(ref reader, record);
                return;
            case 10 when name.SequenceEqual("hookErrors"u8):
                record.HasHookErrors = HasElements(ref reader);
                return;
            case 10 when name.SequenceEqual("maxRetries"u8):
                record.MaxRetries = JsonText.Number(ref reader);
                break;
            case 11 when name.SequenceEqual("isSidechain"u8):
                record.IsSidechain = JsonText.True(ref reader);
                break;
            case 12 when name.SequenceEqual("promptSource"u8):
                record.PromptSource = JsonText.SliceOf(ref reader);
                break;
            case 12 when name.SequenceEqual("retryAttempt"u8):
                record.RetryAttempt = JsonText.Number(ref reader);
                break;
            case 13 when name.SequenceEqual("toolUseResult"u8):
                ClaudeReportParser.Parse(ref reader, ref record.Report);
                return;
            case 13 when name.SequenceEqual("originalModel"u8):
                record.Model = JsonText.SliceOf(ref reader);
                break;
            case 13 when name.SequenceEqual("fallbackModel"u8):
                record.Extra = JsonText.SliceOf(ref reader);
                break;
            case 14 when name.SequenceEqual("toolDenialKind"u8):
                record.DenialKind = JsonText.SliceOf(ref reader);
                break;
            case 15 when name.SequenceEqual("compactMetadata"u8):
                ParseCompaction(ref reader, record);
                return;
            case 16 when name.SequenceEqual("isCompactSummary"u8):
                record.IsCompactSummary = JsonText.True(ref reader);
                break;
            case 17 when name.SequenceEqual("isApiErrorMessage"u8):
                record.IsApiError = JsonText.True(ref reader);
                break;
            case 21 when name.SequenceEqual("preventedContinuation"u8):
                record.PreventedContinuation = JsonText.True(ref reader);
                break;
        }

        reader.Skip();
    }

    private static bool HasElements(ref JsonCursor reader)
    {
        var any = false;
        if (EnterArray(ref reader))
        {
            while (NextElement(ref reader))
            {
                any = true;
                reader.Skip();
            }
        }

        return any;
    }

    private static void ParseCompaction(ref JsonCursor reader, ClaudeRecord record)
    {
        if (!EnterObject(ref reader))
        {
            return;
        }

        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("trigger"u8))
            {
                record.CompactTrigger = JsonText.SliceOf(ref reader);
            }
            else if (name.SequenceEqual("preTokens"u8))
            {
                record.Number = JsonText.Number(ref reader);
            }

            reader.Skip();
        }
    }

    private static void ParseAttachment(ref JsonCursor reader, ClaudeRecord record)
    {
        if (!EnterObject(ref reader))
        {
            return;
        }

        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("type"u8))
            {
                record.AttachmentType = JsonText.SliceOf(ref reader);
            }
            else if (name.SequenceEqual("prompt"u8))
            {
                if (reader.TokenType == JsonTokenType.StartArray)
                {
                    ClaudeMessageParser.ParseBlocks(ref reader, record.Blocks);
                    continue;
                }

                record.StringContent = JsonText.SliceOf(ref reader);
            }
            else if (name.SequenceEqual("commandMode"u8))
            {
                record.CommandMode = JsonText.SliceOf(ref reader);
            }
            else if (name.SequenceEqual("origin"u8))
            {
                record.OriginKind = StringIn(ref reader, "kind"u8);
                continue;
            }
            else if (name.SequenceEqual("isMeta"u8))
            {
                record.AttachmentMeta = JsonText.True(ref reader);
            }
            else if (name.SequenceEqual("displayPath"u8) || name.SequenceEqual("stderr"u8) || name.SequenceEqual("condition"u8)
                || (name.SequenceEqual("content"u8) && record.Extra.IsEmpty))
            {
                record.Extra = JsonText.SliceOf(ref reader);
            }

            reader.Skip();
        }
    }

    /// <summary>A progress record's body; a subagent's message inside it counts like a record of its own.</summary>
    private static void ParseData(ref JsonCursor reader, ClaudeRecord record)
    {
        if (!EnterObject(ref reader))
        {
            return;
        }

        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("type"u8))
            {
                record.DataType = JsonText.SliceOf(ref reader);
            }
            else if (name.SequenceEqual("agentId"u8))
            {
                record.AgentId = JsonText.SliceOf(ref reader);
            }
            else if (name.SequenceEqual("message"u8) && reader.TokenType == JsonTokenType.StartObject)
            {
                while (NextProperty(ref reader, out var inner))
                {
                    if (inner.SequenceEqual("message"u8))
                    {
                        ParseMessage(ref reader, record);
                        continue;
                    }

                    reader.Skip();
                }

                continue;
            }

            reader.Skip();
        }
    }

    private static void ParseMessage(ref JsonCursor reader, ClaudeRecord record)
    {
        record.HasMessage = true;
        if (EnterObject(ref reader))
        {
            ClaudeMessageParser.Parse(ref reader, record);
        }
    }
}
