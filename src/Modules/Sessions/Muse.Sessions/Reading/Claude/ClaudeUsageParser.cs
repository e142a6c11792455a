using System.Text.Json;
using static Muse.Sessions.Reading.JsonWalk;

namespace Muse.Sessions.Reading.Claude;

/// <summary>The <c>usage</c> of a message: disjoint counts, with the passes of the request where there were several (2.1.38 and later).</summary>
internal static class ClaudeUsageParser
{
    /// <param name="iterations">Takes the passes; null within one.</param>
    public static void Parse(ref JsonCursor reader, ref ClaudeUsage usage, List<ClaudeUsage>? iterations)
    {
        if (!EnterObject(ref reader))
        {
            return;
        }

        usage.Present = true;
        while (NextProperty(ref reader, out var name))
        {
            switch (name.Length)
            {
                case 12 when name.SequenceEqual("input_tokens"u8):
                    usage.Input = Count(ref reader);
                    break;
                case 13 when name.SequenceEqual("output_tokens"u8):
                    usage.Output = Count(ref reader);
                    break;
                case 23 when name.SequenceEqual("cache_read_input_tokens"u8):
                    usage.CacheRead = Count(ref reader);
                    break;
                case 27 when name.SequenceEqual("cache_creation_input_tokens"u8):
                    usage.CacheWrite = Count(ref reader);
                    break;
                case 14 when name.SequenceEqual("cache_creation"u8) && reader.TokenType == JsonTokenType.StartObject:
                case 15 when name.SequenceEqual("server_tool_use"u8) && reader.TokenType == JsonTokenType.StartObject:
                case 21 when name.SequenceEqual("output_tokens_details"u8) && reader.TokenType == JsonTokenType.StartObject:
                    ParseDetail(ref reader, ref usage);
                    continue;
                case 5 when name.SequenceEqual("speed"u8):
                    usage.Fast = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("fast"u8);
                    break;
                case 5 when name.SequenceEqual("model"u8):
                    usage.Model = JsonText.SliceOf(ref reader);
                    break;
                case 10 when name.SequenceEqual("iterations"u8) && iterations is not null && reader.TokenType == JsonTokenType.StartArray:
                    while (NextElement(ref reader))
                    {
                        var pass = default(ClaudeUsage);
                        Parse(ref reader, ref pass, null);
                        iterations.Add(pass);
                    }

                    continue;
            }

            reader.Skip();
        }
    }

    private static void ParseDetail(ref JsonCursor reader, ref ClaudeUsage usage)
    {
        while (NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("ephemeral_5m_input_tokens"u8))
            {
                usage.CacheWrite5m = Count(ref reader);
            }
            else if (name.SequenceEqual("ephemeral_1h_input_tokens"u8))
            {
                usage.CacheWrite1h = Count(ref reader);
            }
            else if (name.SequenceEqual("web_search_requests"u8))
            {
                usage.WebSearches = Count(ref reader);
            }
            else if (name.SequenceEqual("thinking_tokens"u8))
            {
                usage.Thinking = Count(ref reader);
            }

            reader.Skip();
        }
    }

    /// <summary>Never so large that sums overflow. Less than nothing stays less, so that whoever counts sees that it cannot be.</summary>
    private static long Count(ref JsonCursor reader) => Math.Clamp(JsonText.Number(ref reader), -1, 1_000_000_000_000);
}
