using CsCheck;
using Muse.Sessions.Reading.Codex;

namespace Muse.Sessions.Tests.Reading.Codex;

public sealed class CodexReaderTests
{
    private static readonly string Folder = Golden.Folder();
    private readonly CodexFormat _format = new();

    [Theory]
    [InlineData("doubled-0.140.jsonl")]
    [InlineData("fork-0.104.jsonl")]
    public void Reads_as_verified(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder, name));

        Golden.Verify(Path.Combine(Folder, name), Corpus.Read(_format, new("x"), bytes).ToString());
    }

    [Theory]
    [InlineData("doubled-0.140.jsonl")]
    [InlineData("fork-0.104.jsonl")]
    public void Every_cut_gives_the_same_as_one_read(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder, name));
        var whole = Corpus.Read(_format, new("x"), bytes).ToString();

        Gen.Int[0, bytes.Length].Array[0, 20].Sample(cuts => Corpus.Read(_format, new("x"), bytes, cuts).ToString() == whole, iter: 200);
    }

    [Fact]
    public void Damaged_bytes_never_throw_and_every_line_is_counted()
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder, "doubled-0.140.jsonl"));

        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Array[1, 40].Sample(
            changes =>
            {
                var damaged = bytes.ToArray();
                foreach (var (at, value) in changes)
                {
                    damaged[at] = value;
                }

                return Corpus.Read(_format, new("x"), damaged).TotalLines == damaged.AsSpan().Count((byte)'\n');
            },
            iter: 1000);
    }
}
