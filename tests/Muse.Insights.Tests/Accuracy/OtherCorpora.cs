using System.Globalization;
using System.Text.Json;

namespace Muse.Insights.Tests.Accuracy;

/// <summary>A thread of Codex that tells totals, each twice, with another model in the middle; and one forked from it.</summary>
/// <param name="plain">Each total once, and no fork.</param>
internal sealed class CodexCorpus(Truth truth, Random random, string home, bool plain)
{
    public void Write(DateTimeOffset start)
    {
        var thread = $"019a0000-0000-7000-8000-{random.NextInt64(1L << 40):x12}";
        var fork = $"019a0001-0000-7000-8000-{random.NextInt64(1L << 40):x12}";
        var totals = new long[4];
        List<string> lines = [Line(start, "session_meta", Meta(thread, start, null))];
        var at = Turns(lines, start, totals, 0, 30);
        Save(thread, start, lines);
        if (plain)
        {
            return;
        }

        // A fork's file begins with its parent's lines, told again with their totals.
        List<string> forked = [Line(at, "session_meta", Meta(fork, at, thread)), .. lines];
        Turns(forked, at, totals, 30, 40);
        Save(fork, at, forked);
    }

    private DateTimeOffset Turns(List<string> lines, DateTimeOffset at, long[] totals, int from, int to)
    {
        for (var turn = from; turn < to; turn++)
        {
            at = at.AddMinutes(random.Next(1, 120));
            var model = turn is >= 10 and < 20 ? "gpt-5-mini" : "gpt-5";
            var turnId = $"019b0000-0000-7000-8000-{turn:x12}";
            lines.Add(Line(at, "event_msg", new { type = "task_started", turn_id = turnId, model_context_window = 258_400 }));
            lines.Add(Line(at, "turn_context", new { turn_id = turnId, cwd = "/home/ann/shop", approval_policy = "never", model }));
            lines.Add(Line(at, "event_msg", new { type = "user_message", message = $"Step {turn}" }));
            lines.Add(Line(at, "event_msg", new { type = "agent_message", message = $"Did {turn}" }));
            long[] step = [random.Next(1, 9000), random.Next(0, 60_000), random.Next(10, 2000), random.Next(0, 10)];
            long[] request = [step[0] + step[1], step[1], step[2], step[3]];
            for (var i = 0; i < totals.Length; i++)
            {
                totals[i] += request[i];
            }

            at = at.AddSeconds(20);
            truth.Note("codex", at, model, new Used(step[0], 0, 0, step[1], step[2]));
            var count = new { type = "token_count", info = new { total_token_usage = Usage(totals), last_token_usage = Usage(request), model_context_window = 258_400 } };
            lines.AddRange(Enumerable.Repeat(Line(at, "event_msg", count), plain ? 1 : 2));
        }

        return at;
    }

    private static object Usage(long[] of) => new
    {
        input_tokens = of[0], cached_input_tokens = of[1], output_tokens = of[2], reasoning_output_tokens = of[3], total_tokens = of[0] + of[2],
    };

    private static Dictionary<string, object?> Meta(string id, DateTimeOffset at, string? parent) => new Dictionary<string, object?>
    {
        ["id"] = id, ["timestamp"] = Text(at), ["cwd"] = "/home/ann/shop", ["originator"] = "codex_cli_rs", ["cli_version"] = "0.104.0", ["source"] = "cli",
        ["forked_from_id"] = parent,
    }.Where(f => f.Value is not null).ToDictionary();

    private static string Line(DateTimeOffset at, string type, object payload) => JsonSerializer.Serialize(new { timestamp = Text(at), type, payload });

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private void Save(string thread, DateTimeOffset at, List<string> lines)
    {
        var folder = Directory.CreateDirectory(Path.Combine(home, ".codex", "sessions", at.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture)));
        File.WriteAllLines(Path.Combine(folder.FullName, $"rollout-{at:yyyy-MM-dd'T'HH-mm-ss}-{thread}.jsonl"), lines);
    }
}

/// <summary>A chat of Gemini CLI, as one document: its input includes what was cached, its output leaves the thoughts out.</summary>
/// <param name="plain">Nothing was cached.</param>
internal sealed class GeminiCorpus(Truth truth, Random random, string home, bool plain)
{
    public void Write(DateTimeOffset start)
    {
        var session = $"{random.NextInt64(1L << 31):x8}-1111-4111-8111-{random.NextInt64(1L << 40):x12}";
        var at = start;
        List<object> messages = [];
        for (var turn = 0; turn < 25; turn++)
        {
            at = at.AddMinutes(random.Next(1, 120));
            messages.Add(new { id = $"u{turn}", timestamp = Text(at), type = "user", content = $"Step {turn}" });
            var used = new Used(random.Next(1, 9000), 0, 0, plain ? 0 : turn % 8 == 7 ? random.Next(200_001, 300_000) : random.Next(0, 90_000), random.Next(100, 2000));
            var thoughts = random.Next(0, 90);
            at = at.AddSeconds(10);
            truth.Note("gemini", at, "gemini-2.5-pro", used);
            messages.Add(new
            {
                id = $"g{turn}", timestamp = Text(at), type = "gemini", content = $"Did {turn}", model = "gemini-2.5-pro",
                tokens = new { input = used.Input + used.Read, output = used.Output - thoughts, cached = used.Read, thoughts, tool = 0, total = used.Input + used.Read + used.Output },
            });
        }

        var folder = Directory.CreateDirectory(Path.Combine(home, ".gemini", "tmp", new string('a', 64), "chats"));
        File.WriteAllText(
            Path.Combine(folder.FullName, $"session-{start:yyyy-MM-dd'T'HH-mm}-{session[..8]}.json"),
            JsonSerializer.Serialize(new { sessionId = session, projectHash = new string('a', 64), startTime = Text(start), lastUpdated = Text(at), messages }));
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
