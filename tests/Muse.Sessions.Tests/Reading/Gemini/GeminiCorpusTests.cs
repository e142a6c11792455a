using Muse.Sessions.Reading;
using Muse.Sessions.Reading.Gemini;

namespace Muse.Sessions.Tests.Reading.Gemini;

public sealed class GeminiCorpusTests
{
    private static readonly BodyLimits Limits = new(8000, 60_000);
    private readonly GeminiFormat _format = new();

    [Fact]
    public void Every_line_of_every_file_is_counted_once()
    {
        Assert.SkipWhen(Corpus.Folder is null, Corpus.Missing);

        Assert.All(Files(".jsonl"), file =>
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

        Assert.All(Files(".jsonl"), file =>
        {
            var bytes = File.ReadAllBytes(file);
            var whole = Read(file, bytes);

            var pieces = Read(file, bytes, Enumerable.Range(0, 40).Select(_ => random.Next(bytes.Length + 1)));

            Assert.Equal(whole.ToString(), pieces.ToString());
            Assert.Equal(whole.State, pieces.State);
        });
    }

    [Fact]
    public void Every_item_has_a_body()
    {
        Assert.SkipWhen(Corpus.Folder is null, Corpus.Missing);

        Assert.All([.. Files(".jsonl"), .. Files(".json")], file =>
        {
            var bytes = File.ReadAllBytes(file);
            foreach (var item in _format.IsDocument(file) ? ReadDocument(file, bytes).Items : Read(file, bytes).Items)
            {
                var body = _format.ReadBody(item, bytes.AsSpan((int)item.Offset, item.Length), default, Limits);

                var says = item.Kind is ItemKind.Prompt or ItemKind.Reply or ItemKind.Thinking;
                Assert.True(!says || body.Text is { Length: > 0 } || item.Images > 0, $"{item.Ordinal} {item.Kind} {item.Preview}");
                Assert.NotEqual(ItemKind.Malformed, item.Kind);
            }
        });
    }

    private static IReadOnlyList<string> Files(string ending) => Corpus.Files(
        $"*{ending}", f => f.Contains("gemini-cli", StringComparison.Ordinal) && f.EndsWith(ending, StringComparison.Ordinal)
            && Path.GetFileName(f) is not ("index.json" or "logs.json" or "projects.json"));

    private ReadResult Read(string file, byte[] bytes, params IEnumerable<int> cuts) => Transcripts.Read(_format, Place(file, bytes), bytes, cuts);

    private ReadBatch ReadDocument(string file, byte[] bytes)
    {
        var batch = new ReadBatch(0);
        _format.Open(Place(file, bytes), default).ReadDocument(bytes, batch);
        return batch;
    }

    private TranscriptPlace Place(string file, byte[] bytes) => _format.Identify("", file, bytes.AsSpan(0, Math.Min(bytes.Length, 64 << 10)))!;
}
