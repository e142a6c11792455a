using CsCheck;
using Muse.Sessions.Reading.Gemini;

namespace Muse.Sessions.Tests.Reading.Gemini;

public sealed class GeminiReaderTests
{
    private static readonly string Input = Path.Combine(Golden.Folder(), "lines.jsonl");
    private readonly GeminiFormat _format = new();

    [Fact]
    public void Reads_as_verified() => Golden.Verify(Input, Corpus.Read(_format, new("5e55-1"), File.ReadAllBytes(Input)).ToString());

    [Fact]
    public void Every_cut_gives_the_same_as_one_read()
    {
        var bytes = File.ReadAllBytes(Input);
        var whole = Corpus.Read(_format, new("x"), bytes).ToString();

        Gen.Int[0, bytes.Length].Array[0, 20].Sample(cuts => Corpus.Read(_format, new("x"), bytes, cuts).ToString() == whole, iter: 200);
    }

    [Fact]
    public void Damaged_bytes_never_throw_and_every_line_is_counted()
    {
        var bytes = File.ReadAllBytes(Input);

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
