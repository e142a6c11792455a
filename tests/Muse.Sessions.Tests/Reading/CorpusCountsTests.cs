using System.Globalization;
using System.Text;
using Muse.Sessions.Reading;
using Muse.Sessions.Reading.Claude;
using Muse.Sessions.Reading.Codex;
using Muse.Sessions.Reading.Gemini;

namespace Muse.Sessions.Tests.Reading;

/// <summary>Real transcripts that failed one reader or another: how much of what each is, so that a change of a reader shows.</summary>
public sealed class CorpusCountsTests
{
    private static readonly string[] Chosen =
    [
        "corpus/claude-code/*/1-continue-run-ls-tool.jsonl", "corpus/claude-code/*/task_non_sdk.jsonl", "corpus/claude-code/*/duplicate-assistant-response.jsonl",
        "corpus/claude-code/*/239b63dda932-0.jsonl", "corpus/claude-code/*/27d853466055-0.jsonl", "corpus/claude-code/*/10906611becd-0.jsonl",
        "corpus/claude-code/*/fa812bfe-b295-4cca-9c2f-fdf01028cb46.jsonl", "corpus/claude-code/*/truncated.jsonl", "corpus/claude-code/*/37995ebed6e4-2.jsonl",
        "corpus/claude-code/*/8cfa910f8ef9-5.jsonl", "corpus/claude-code/*/36bccd745309-0.jsonl", "corpus/claude-code/*/small.jsonl",
        "corpus/claude-code/*/claude-code-pomodoro-timer.jsonl", "corpus/claude-code/*/1b006db4f6c6-1.jsonl",
        "corpus/codex/*/0034f597b72d-1.jsonl", "corpus/codex/*/3c162d1d8ad4-1.jsonl", "corpus/codex/*/a57b22d8d4bd-0.jsonl", "corpus/codex/*/codex-pomodor-timer.jsonl",
        "corpus/codex/*/codex_052_raw.jsonl", "corpus/codex/*/codex_053_rate_limit.jsonl", "corpus/codex/*/small.jsonl", "corpus/codex/*/fc_stdin.jsonl",
        "corpus/gemini-cli/*/gemini.jsonl", "corpus/gemini-cli/*/9c53780d06b7-0.json", "corpus/gemini-cli/*/gemini-session-simple.jsonl",
    ];

    [Fact]
    public void Files_hold_as_many_of_each_kind_as_verified()
    {
        Assert.SkipWhen(Corpus.Folder is null, Corpus.Missing);
        var counts = new StringBuilder();

        foreach (var file in Chosen.SelectMany(pattern => Matches(pattern)))
        {
            counts.Append(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(Corpus.Folder, file)}\n{Counts(file)}");
        }

        Golden.Verify(Path.Combine(Golden.Folder, "corpus-counts.verified.txt"), counts.ToString());
    }

    private static IEnumerable<string> Matches(string pattern)
    {
        var parts = pattern.Split('/');
        var folder = Path.Combine([Corpus.Folder!, .. parts[..^2]]);
        return Directory.EnumerateFiles(folder, parts[^1], SearchOption.AllDirectories).Where(f => Path.GetDirectoryName(Path.GetDirectoryName(f)) == folder)
            .Order(StringComparer.Ordinal);
    }

    private static string Counts(string file)
    {
        ITranscriptFormat format = file.Contains("claude-code", StringComparison.Ordinal) ? new ClaudeFormat()
            : file.Contains("gemini-cli", StringComparison.Ordinal) ? new GeminiFormat() : new CodexFormat();
        var bytes = File.ReadAllBytes(file);
        var read = Transcripts.Read(format, file, format.Identify("", file, bytes.AsSpan(0, Math.Min(bytes.Length, 64 << 10)))!, bytes);
        var usage = read.Usage.Where(u => !u.Inherited).GroupBy(u => u.Identity).Select(g => g.MaxBy(u => u.OutputTokens)!).ToList();
        return $"""
              lines {read.TotalLines}: items {read.ItemLines} folded {read.FoldedLines} unknown {read.UnknownLines} malformed {read.MalformedLines} blank {read.BlankLines}
              {string.Join(' ', read.Items.CountBy(i => i.Kind).OrderBy(k => k.Key).Select(k => $"{k.Key.ToString().ToLowerInvariant()} {k.Value}"))}
              {string.Join(' ', Enum.GetValues<ItemFlags>().Skip(1).Select(f => (Flag: f, Count: read.Items.Count(i => i.Flags.HasFlag(f)))).Where(f => f.Count > 0).Select(f => $"{f.Flag.ToString().ToLowerInvariant()} {f.Count}"))}
              responses {usage.Count} in {usage.Sum(u => u.InputTokens)} write {usage.Sum(u => u.CacheWrite5mTokens + u.CacheWrite1hTokens)} read {usage.Sum(u => u.CacheReadTokens)} out {usage.Sum(u => u.OutputTokens)} searches {usage.Sum(u => u.WebSearches)}
              prompts {read.Prompts.Count(p => !p.Reply)} replies {read.Prompts.Count(p => p.Reply)} edits {read.Edits.Count} +{read.Edits.Sum(e => e.AddedLines)} -{read.Edits.Sum(e => e.RemovedLines)} commits {read.Commits.Count} errors {read.Errors.Count}

            """;
    }
}
