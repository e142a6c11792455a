using System.Text.Json;

namespace Muse.Insights.Tests.Accuracy;

/// <summary>
/// Counts a home by the rules that explain what other tools count of it (docs/cost-accuracy.md). It looks at each record
/// for itself, as they do, and knows nothing of Muse.
/// </summary>
internal static class OtherTools
{
    private sealed record Row(string Day, string Model, Used Used);

    /// <summary>By tool, agent, UTC day and model; what was written to the cache stands in one bucket.</summary>
    public static SortedDictionary<(string Tool, string Agent, string Day, string Model), Used> Count(string home)
    {
        var sums = new SortedDictionary<(string, string, string, string), Used>();
        Add(sums, ["ccusage", "tokscale"], "claude-code", Claude(home));
        Add(sums, ["@ccusage/codex", "tokscale"], "codex", Codex(home));
        Add(sums, ["tokscale"], "gemini", Gemini(home));
        return sums;
    }

    private static void Add(SortedDictionary<(string, string, string, string), Used> sums, string[] tools, string agent, IEnumerable<Row> rows)
    {
        foreach (var (day, model, used) in rows.ToList())
        {
            foreach (var tool in tools)
            {
                sums[(tool, agent, day, model)] = sums.GetValueOrDefault((tool, agent, day, model)) + used;
            }
        }
    }

    /// <summary>
    /// The first record of a message counts, whatever the later ones say of its output; the same message asked for by
    /// another request, as a subagent's file repeats it, counts again.
    /// </summary>
    private static IEnumerable<Row> Claude(string home) => Lines(home, ".claude").Where(l => Text(l, "type") == "assistant")
        .DistinctBy(l => (l.GetProperty("message").GetProperty("id").GetString(), Text(l, "requestId")))
        .Select(l => (Line: l, Message: l.GetProperty("message"), Usage: l.GetProperty("message").GetProperty("usage")))
        .Select(l => new Row(Day(l.Line), Text(l.Message, "model"), new Used(
            Number(l.Usage, "input_tokens"), Number(l.Usage, "cache_creation_input_tokens"), 0, Number(l.Usage, "cache_read_input_tokens"), Number(l.Usage, "output_tokens"))));

    /// <summary>Each record of tokens counts: those that are written twice, and those that a fork copied from its parent.</summary>
    private static IEnumerable<Row> Codex(string home)
    {
        var model = "";
        foreach (var line in Lines(home, ".codex"))
        {
            var payload = line.GetProperty("payload");
            model = Text(line, "type") == "turn_context" ? Text(payload, "model") : model;
            if (Text(payload, "type") == "token_count")
            {
                var last = payload.GetProperty("info").GetProperty("last_token_usage");
                var cached = Number(last, "cached_input_tokens");
                yield return new Row(Day(line), model, new Used(Number(last, "input_tokens") - cached, 0, 0, cached, Number(last, "output_tokens")));
            }
        }
    }

    /// <summary>What was cached counts twice: as such, and in the input that includes it.</summary>
    private static IEnumerable<Row> Gemini(string home) => Directory.GetFiles(Path.Combine(home, ".gemini"), "*.json", SearchOption.AllDirectories)
        .SelectMany(p => JsonElement.Parse(File.ReadAllText(p)).GetProperty("messages").EnumerateArray())
        .Where(m => m.TryGetProperty("tokens", out _))
        .Select(m => (Message: m, Tokens: m.GetProperty("tokens")))
        .Select(m => new Row(Day(m.Message), Text(m.Message, "model"), new Used(
            Number(m.Tokens, "input"), 0, 0, Number(m.Tokens, "cached"), Number(m.Tokens, "output") + Number(m.Tokens, "thoughts"))));

    private static IEnumerable<JsonElement> Lines(string home, string folder) =>
        Directory.GetFiles(Path.Combine(home, folder), "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines).Select(line => JsonElement.Parse(line));

    private static string Day(JsonElement record) => Text(record, "timestamp")[..10];

    private static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static long Number(JsonElement of, string name) => of.GetProperty(name).GetInt64();
}
