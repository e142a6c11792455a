using Muse.Sessions.Reading;
using Muse.Sessions.Reading.Claude;

namespace Muse.Sessions.Tests.Reading.Claude;

public sealed class ClaudeCorpusTests
{
    private readonly ClaudeFormat _format = new();

    [Fact]
    public void Every_line_of_every_file_is_counted_once()
    {
        Assert.SkipWhen(Corpus.Folder is null, Corpus.Missing);

        foreach (var file in Files())
        {
            var bytes = File.ReadAllBytes(file);

            var read = Transcripts.Read(_format, PlaceOf(file), bytes);

            Assert.True(bytes.AsSpan().Count((byte)'\n') == read.TotalLines, file);
        }
    }

    [Fact]
    public void Any_cut_gives_the_same_as_one_read()
    {
        Assert.SkipWhen(Corpus.Folder is null, Corpus.Missing);
        var random = new Random(7);

        foreach (var file in Files())
        {
            var bytes = File.ReadAllBytes(file);
            var whole = Transcripts.Read(_format, PlaceOf(file), bytes);

            var cuts = Enumerable.Range(0, bytes.Length < 300_000 ? 40 : 12).Select(_ => random.Next(bytes.Length + 1));
            var pieces = Transcripts.Read(_format, PlaceOf(file), bytes, cuts);

            Assert.True(whole.ToString() == pieces.ToString(), $"{file}\n{FirstDifference(whole.ToString(), pieces.ToString())}");
            Assert.Equal(whole.State, pieces.State);
        }
    }

    [Fact]
    public void Every_item_has_a_body()
    {
        Assert.SkipWhen(Corpus.Folder is null, Corpus.Missing);

        foreach (var file in Files())
        {
            var bytes = File.ReadAllBytes(file);
            foreach (var item in Transcripts.Read(_format, PlaceOf(file), bytes).Items)
            {
                var line = bytes.AsSpan((int)item.Offset, item.Length);
                var result = item.ResultOffset is { } at ? bytes.AsSpan((int)at, item.ResultLength) : default;

                var body = _format.ReadBody(item, line, result, new BodyLimits(8000, 60_000));

                Assert.True(
                    item.Kind is not (ItemKind.Prompt or ItemKind.Reply or ItemKind.Thinking) || body.Text is { Length: > 0 } || item.Images > 0,
                    $"{file} {item.Ordinal} {item.Kind} {item.Preview}");
            }
        }
    }

    [Fact]
    public void The_newest_recordings_hold_no_unknown_type()
    {
        Assert.SkipWhen(Corpus.Folder is null, Corpus.Missing);

        var unknown = Files().Where(f => f.Contains("corpus-live", StringComparison.Ordinal))
            .SelectMany(f => Transcripts.Read(_format, PlaceOf(f), File.ReadAllBytes(f)).Unknown.Keys).Distinct();

        Assert.Empty(unknown);
    }

    [Fact]
    public void The_recorded_forks_are_found_and_nothing_else()
    {
        Assert.SkipWhen(Corpus.Folder is null, Corpus.Missing);

        var forks = Files().Where(f => f.Contains("corpus-live", StringComparison.Ordinal)).Select(f => _format.Identify("", f, File.ReadAllBytes(f))!)
            .Where(place => place.CopiedUntil > 0).Select(place => $"{place.NativeId[..8]} from {place.ParentNativeId![..8]}");

        Assert.Equal(["248122b9 from f954f0ab", "61ae7083 from 11111111"], forks);
    }

    internal static IReadOnlyList<string> Files() => Corpus.Files(
        "*.jsonl",
        f => f.Contains("claude-code", StringComparison.Ordinal) && Path.GetFileName(f) is not ("history.jsonl" or "journal.jsonl"));

    internal static TranscriptPlace PlaceOf(string file)
    {
        var stem = Path.GetFileNameWithoutExtension(file);
        return new TranscriptPlace(stem, stem.StartsWith("agent-", StringComparison.Ordinal) ? stem["agent-".Length..] : null);
    }

    internal static string FirstDifference(string left, string right)
    {
        var at = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"one read: {Around(left, at)}\npieces:   {Around(right, at)}";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 300)..Math.Min(text.Length, at + 300)];
}
