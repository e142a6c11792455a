using System.Text.Json;
using static Muse.Sessions.Reading.JsonWalk;

namespace Muse.Sessions.Reading.Claude;

/// <summary>The tool's own report beside a result (<c>toolUseResult</c>): an object that depends on the tool, a string, or a list.</summary>
internal static class ClaudeReportParser
{
    public static void Parse(ref JsonCursor reader, ref ClaudeToolReport report)
    {
        report.Present = true;
        if (reader.TokenType == JsonTokenType.String)
        {
            report.Text = JsonText.SliceOf(ref reader);
        }

        if (!EnterObject(ref reader))
        {
            return;
        }

        while (NextProperty(ref reader, out var name))
        {
            if (!ParseNested(ref reader, name, ref report))
            {
                ParseValue(ref reader, name, ref report);
                reader.Skip();
            }
        }
    }

    private static bool ParseNested(ref JsonCursor reader, scoped ReadOnlySpan<byte> name, ref ClaudeToolReport report)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            if (name.SequenceEqual("structuredPatch"u8))
            {
                ParsePatch(ref reader, ref report);
                return true;
            }

            return false;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        if (name.SequenceEqual("file"u8))
        {
            report.FilePath = StringIn(ref reader, "filePath"u8);
            return true;
        }

        if (name.SequenceEqual("gitOperation"u8))
        {
            while (NextProperty(ref reader, out var inner))
            {
                if (inner.SequenceEqual("commit"u8))
                {
                    report.CommitSha = StringIn(ref reader, "sha"u8);
                    continue;
                }

                reader.Skip();
            }

            return true;
        }

        return false;
    }

    private static void ParseValue(ref JsonCursor reader, scoped ReadOnlySpan<byte> name, ref ClaudeToolReport report)
    {
        switch (name.Length)
        {
            case 4 when name.SequenceEqual("type"u8):
                report.Kind = JsonText.SliceOf(ref reader);
                break;
            case 6 when name.SequenceEqual("stdout"u8):
                report.Stdout = JsonText.SliceOf(ref reader);
                break;
            case 6 when name.SequenceEqual("status"u8):
                report.Status = JsonText.SliceOf(ref reader);
                break;
            case 7 when name.SequenceEqual("content"u8):
                report.Content = JsonText.SliceOf(ref reader);
                break;
            case 7 when name.SequenceEqual("agentId"u8):
                report.AgentId = JsonText.SliceOf(ref reader);
                break;
            case 7 when name.SequenceEqual("isAsync"u8):
                report.Background |= JsonText.True(ref reader);
                break;
            case 8 when name.SequenceEqual("filePath"u8):
                report.FilePath = JsonText.SliceOf(ref reader);
                break;
            case 8 when name.SequenceEqual("numFiles"u8) || name.SequenceEqual("numLines"u8):
            case 10 when name.SequenceEqual("numMatches"u8):
            case 12 when name.SequenceEqual("totalMatches"u8):
                // A search states one of them and leaves the others out or at 0, by its mode.
                report.Hits = Math.Max(report.Hits ?? 0, JsonText.Number(ref reader));
                break;
            case 10 when name.SequenceEqual("durationMs"u8):
            case 15 when name.SequenceEqual("totalDurationMs"u8):
                report.DurationMs = JsonText.Number(ref reader);
                break;
            case 11 when name.SequenceEqual("interrupted"u8):
                report.Interrupted = JsonText.True(ref reader);
                break;
            case 11 when name.SequenceEqual("searchCount"u8):
                report.Searches = JsonText.Number(ref reader);
                break;
            case 16 when name.SequenceEqual("backgroundTaskId"u8):
                report.Background |= reader.TokenType == JsonTokenType.String;
                break;
        }
    }

    private static void ParsePatch(ref JsonCursor reader, ref ClaudeToolReport report)
    {
        while (NextElement(ref reader))
        {
            if (!EnterObject(ref reader))
            {
                continue;
            }

            report.HasPatch = true;
            while (NextProperty(ref reader, out var name))
            {
                if (!name.SequenceEqual("lines"u8) || reader.TokenType != JsonTokenType.StartArray)
                {
                    reader.Skip();
                    continue;
                }

                while (NextElement(ref reader))
                {
                    if (reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty)
                    {
                        report.Added += reader.ValueSpan[0] == '+' ? 1 : 0;
                        report.Removed += reader.ValueSpan[0] == '-' ? 1 : 0;
                    }

                    reader.Skip();
                }
            }
        }
    }
}
