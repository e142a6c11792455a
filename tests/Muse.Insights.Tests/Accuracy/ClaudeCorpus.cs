using System.Text.Json;

namespace Muse.Insights.Tests.Accuracy;

/// <summary>
/// Made-up transcripts of Claude Code in which each response stands several times: streamed, repeated in a subagent's
/// file under another request, and copied whole into a fork.
/// </summary>
/// <param name="plain">Each response once, and nothing that is dearer than usual.</param>
internal sealed class ClaudeCorpus(Truth truth, Random random, string home, bool plain)
{
    private const string Cwd = "/home/ann/shop";
    private const string Opus = "claude-opus-4-6";
    private const string Haiku = "claude-haiku-4-5-20251001";
    private int _count;

    public void Write(DateTimeOffset start)
    {
        var session = Id();
        var at = start;
        List<(DateTimeOffset At, string Line)> main = [];
        for (var turn = 0; turn < 40; turn++)
        {
            at = at.AddMinutes(random.Next(1, 90));
            main.Add((at, Line(session, at, "user", new { role = "user", content = $"Step {turn}" })));
            main.AddRange(Response(session, ref at, turn % 5 == 4 ? Haiku : Opus, isLong: turn % 9 == 8, sidechain: false));
        }

        Save($"{session}.jsonl", main);
        WriteSubagent(session, main, start);
        if (!plain)
        {
            WriteFork(main, at);
        }
    }

    /// <summary>Its own responses, behind a copy of what its parent said: the same messages, asked for by other requests.</summary>
    private void WriteSubagent(string session, List<(DateTimeOffset At, string Line)> parent, DateTimeOffset at)
    {
        var replay = parent.Take(plain ? 0 : 8).Select(l => (l.At, l.Line
            .Replace("\"isSidechain\":false", "\"isSidechain\":true,\"agentId\":\"a1\"", StringComparison.Ordinal)
            .Replace("\"requestId\":\"req_", "\"requestId\":\"req_side_", StringComparison.Ordinal)));
        List<(DateTimeOffset, string)> own = [.. replay];
        for (var turn = 0; turn < 12; turn++)
        {
            at = at.AddMinutes(random.Next(1, 200));
            own.AddRange(Response(session, ref at, Haiku, isLong: false, sidechain: true));
        }

        Save($"{session}/subagents/agent-a1.jsonl", own);
    }

    /// <summary>The whole chain under another session's id, then more of its own.</summary>
    private void WriteFork(List<(DateTimeOffset At, string Line)> parent, DateTimeOffset at)
    {
        var session = Id();
        List<(DateTimeOffset, string)> lines = [.. parent.Select(l => (l.At, System.Text.RegularExpressions.Regex.Replace(l.Line, "\"sessionId\":\"[^\"]+\"", $"\"sessionId\":\"{session}\"")))];
        for (var turn = 0; turn < 6; turn++)
        {
            at = at.AddMinutes(random.Next(1, 90));
            lines.AddRange(Response(session, ref at, Opus, isLong: false, sidechain: false));
        }

        Save($"{session}.jsonl", lines);
    }

    /// <summary>Written as it streams: the first records say little of the output, only the last one says all.</summary>
    private List<(DateTimeOffset, string)> Response(string session, ref DateTimeOffset at, string model, bool isLong, bool sidechain)
    {
        var used = new Used(
            random.Next(1, 500), random.Next(0, 4) == 0 ? 0 : random.Next(0, 9000), !plain && random.Next(0, 3) == 0 ? random.Next(0, 9000) : 0,
            isLong && !plain ? random.Next(200_001, 400_000) : random.Next(0, 90_000), random.Next(3, 3000));
        truth.Note("claude-code", at.AddSeconds(1), model, used);
        var (message, request) = ($"msg_{++_count:x8}", $"req_{_count:x8}");
        var records = plain ? 1 : random.Next(1, 4);
        List<(DateTimeOffset, string)> lines = [];
        for (var record = 1; record <= records; record++)
        {
            at = at.AddSeconds(1);
            lines.Add((at, Line(
                session, at, "assistant",
                new
                {
                    id = message, type = "message", role = "assistant", model, stop_reason = record == records ? "end_turn" : null,
                    content = new[] { new { type = "text", text = $"Part {record}" } },
                    usage = new
                    {
                        input_tokens = used.Input, cache_creation_input_tokens = used.Write5m + used.Write1h, cache_read_input_tokens = used.Read,
                        output_tokens = record == records ? used.Output : record,
                        cache_creation = new { ephemeral_5m_input_tokens = used.Write5m, ephemeral_1h_input_tokens = used.Write1h },
                    },
                },
                request, sidechain)));
        }

        return lines;
    }

    private string Line(string session, DateTimeOffset at, string type, object message, string? request = null, bool sidechain = false) => JsonSerializer.Serialize(
        new Dictionary<string, object?>
        {
            ["parentUuid"] = null, ["isSidechain"] = sidechain, ["userType"] = "external", ["cwd"] = Cwd, ["sessionId"] = session, ["version"] = "2.1.100",
            ["gitBranch"] = "main", ["type"] = type, ["message"] = message, ["uuid"] = Id(), ["requestId"] = request,
            ["timestamp"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
        }.Where(f => f.Value is not null || f.Key == "parentUuid").ToDictionary());

    private string Id() => $"{++_count:x8}-0000-4000-8000-{random.NextInt64(1L << 40):x12}";

    private void Save(string name, IEnumerable<(DateTimeOffset, string Line)> lines)
    {
        var path = Path.Combine(home, ".claude", "projects", Cwd.Replace('/', '-'), name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, lines.Select(l => l.Line));
    }
}
