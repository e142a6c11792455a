using CsCheck;
using Muse.Sessions.Reading;
using Muse.Sessions.Reading.Claude;

namespace Muse.Sessions.Tests.Reading.Claude;

public sealed class ClaudeReaderTests
{
    private static readonly TranscriptPlace Place = new("golden");
    private readonly ClaudeFormat _format = new();

    [Theory]
    [InlineData("2.1.330.jsonl")]
    public void Reads_as_verified(string name)
    {
        var input = Path.Combine(Golden.Folder(), name);

        Golden.Verify(input, Corpus.Read(_format, Place, File.ReadAllBytes(input)).ToString());
    }

    [Fact]
    public void Whatever_stands_on_a_line_it_is_counted_once_and_nothing_throws()
    {
        var input = File.ReadAllBytes(Path.Combine(Golden.Folder(), "2.1.330.jsonl"));
        var damage = Gen.Select(Gen.Int[0, input.Length - 1], Gen.Int[0, 400], Gen.Byte);

        damage.Array[1, 6].Sample(
            damages =>
            {
                var bytes = input.ToArray();
                foreach (var (at, length, value) in damages)
                {
                    bytes.AsSpan(at, Math.Min(length, bytes.Length - at)).Fill(value);
                }

                var read = Corpus.Read(_format, Place, bytes);

                return read.TotalLines == bytes.AsSpan().Count((byte)'\n');
            },
            iter: 300);
    }
}
