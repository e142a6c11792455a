using System.Text;
using System.Text.Json;
using Muse.Sessions.Reading;
using Muse.Sessions.Reading.Codex;

namespace Muse.Sessions.Tests.Reading.Codex;

public sealed class CodexCorpusTests
{
    private static readonly BodyLimits Limits = new(8000, 60_000);
    private readonly CodexFormat _format = new();

    [Fact]
    public void Every_line_of_every_file_is_counted_once()
    {
        Assert.SkipWhen(Corpus.Folder is null, Corpus.Missing);

        Assert.All(Files(), file =>
        {
            var bytes = File.ReadAllBytes(file);

            Assert.Equal(bytes.AsSpan().Count((byte)'\n'), Read(file, bytes).TotalLines);
        });
    }

    [Fact]
    public void Any_cut_gives_the_same_as_one_read()
    {
        Assert.SkipWhen(Corpus.Folder is null, Corpus.Missing);
        var random = new Random(7);

        Assert.All(Files(), file =>
        {
            var bytes = File.ReadAllBytes(file);
            var whole = Read(file, bytes);

            var pieces = Read(file, bytes, Enumerable.Range(0, bytes.Length < 300_000 ? 40 : 12).Select(_ => random.Next(bytes.Length + 1)));

            Assert.Equal(whole.ToString(), pieces.ToString());
            Assert.Equal(whole.State, pieces.State);
        });
    }

    [Fact]
    public void Usage_adds_up_to_the_last_total_of_the_thread()
    {
        Assert.SkipWhen(Corpus.Folder is null, Corpus.Missing);

        // Not the one with trimmed values, and no fork whose prefix lies in its parent's file: its totals begin there.
        Assert.All(Files().Where(f => !f.EndsWith("small.jsonl", StringComparison.Ordinal) && !File.ReadLines(f).First().Contains("history_base", StringComparison.Ordinal)), file =>
        {
            var bytes = File.ReadAllBytes(file);

            var usage = Read(file, bytes).Usage.DistinctBy(u => u.Identity).ToList();

            var read = (usage.Sum(u => u.InputTokens + u.CacheReadTokens + u.CacheWrite5mTokens), usage.Sum(u => u.OutputTokens));
            Assert.Equal(LastTotal(bytes), read);
        });
    }

    [Fact]
    public void Every_item_has_a_body_and_every_result_its_call()
    {
        Assert.SkipWhen(Corpus.Folder is null, Corpus.Missing);

        Assert.All(Files(), file =>
        {
            var bytes = File.ReadAllBytes(file);
            foreach (var item in Read(file, bytes).Items)
            {
                var line = bytes.AsSpan((int)item.Offset, item.Length);
                var result = item.ResultOffset is { } at ? bytes.AsSpan((int)at, item.ResultLength) : default;

                var body = _format.ReadBody(item, line, result, Limits);

                var says = item.Kind is ItemKind.Prompt or ItemKind.Reply or ItemKind.Thinking;
                Assert.True(!says || body.Text is { Length: > 0 } || item.Images > 0, $"{item.Ordinal} {item.Kind} {item.Preview}");
                Assert.True(item.Kind != ItemKind.Tool || item.ResultOffset is null || body.Output is not null, $"{item.Ordinal} {item.Name} {item.Preview}");
            }
        });
    }

    [Fact]
    public void The_newest_recordings_hold_no_unknown_type()
    {
        Assert.SkipWhen(Corpus.Folder is null, Corpus.Missing);

        Assert.Empty(Files().Where(f => f.Contains("corpus-live", StringComparison.Ordinal))
            .SelectMany(f => Read(f, File.ReadAllBytes(f)).Unknown.Keys).Distinct());
    }

    internal static IReadOnlyList<string> Files() => Corpus.Files(
        "*.jsonl", f => f.Contains($"{Path.DirectorySeparatorChar}codex", StringComparison.Ordinal)
            && f.Contains("corpus", StringComparison.Ordinal) && Path.GetFileName(f) is not ("history.jsonl" or "session_index.jsonl"));

    private ReadResult Read(string file, byte[] bytes, params IEnumerable<int> cuts) =>
        Transcripts.Read(_format, _format.Identify("", file, bytes.AsSpan(0, Math.Min(bytes.Length, 64 << 10)))!, bytes, cuts);

    private static (long Input, long Output) LastTotal(byte[] bytes)
    {
        var last = (0L, 0L);
        foreach (var line in Encoding.UTF8.GetString(bytes.AsSpan(0, bytes.AsSpan().LastIndexOf((byte)'\n') + 1)).Split('\n').Where(l => l.Contains("\"token_count\"", StringComparison.Ordinal)))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("payload").TryGetProperty("info", out var info) && info.ValueKind == JsonValueKind.Object
                && info.TryGetProperty("total_token_usage", out var total))
            {
                last = (total.GetProperty("input_tokens").GetInt64(), total.GetProperty("output_tokens").GetInt64());
            }
        }

        return last;
    }
}
