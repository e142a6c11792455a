using Muse.Sessions.Domain;

namespace Muse.Sessions.Tests.Domain;

/// <summary>Lines are read together where they stand together, in whatever order they are asked for.</summary>
public sealed class TranscriptLinesTests : IDisposable
{
    private const int Line = 1000;
    private readonly Counted _bytes = new(5_000_000);

    public void Dispose() => _bytes.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_planned_byte_is_read_once(bool backwards)
    {
        using var lines = new TranscriptLines(_bytes);
        var wanted = Enumerable.Range(0, 4000).Select(i => new LineRange((long)i * Line, Line)).ToList();
        lines.Plan(wanted);
        if (backwards)
        {
            wanted.Reverse();
        }

        Assert.All(wanted, range => AssertIsThere(lines, range));

        Assert.Equal(4000 * Line, _bytes.BytesRead);
        Assert.InRange(_bytes.Reads, 4, 5);
    }

    [Fact]
    public void A_wide_gap_is_not_read()
    {
        using var lines = new TranscriptLines(_bytes);
        LineRange[] wanted = [new(0, Line), new(2 * Line, Line), new(1_000_000, Line)];
        lines.Plan(wanted);

        Assert.All(wanted.Reverse(), range => AssertIsThere(lines, range));

        Assert.Equal(4 * Line, _bytes.BytesRead);
    }

    [Fact]
    public void A_line_that_was_not_planned_or_is_longer_than_its_run_is_read_by_itself()
    {
        using var lines = new TranscriptLines(_bytes);
        lines.Plan([new LineRange(10, Line)]);

        AssertIsThere(lines, new LineRange(4_000_000, Line));
        AssertIsThere(lines, new LineRange(10, 3 * Line));
        AssertIsThere(lines, new LineRange(500, 10));

        Assert.Equal(4 * Line, _bytes.BytesRead);
    }

    [Fact]
    public void Lines_beyond_the_end_are_empty_and_those_before_it_are_not()
    {
        using var lines = new TranscriptLines(_bytes);
        LineRange[] wanted = [new(4_999_000, Line), new(5_000_000, Line), new(4_999_900, Line)];
        lines.Plan(wanted);

        AssertIsThere(lines, wanted[0]);
        Assert.True(lines.Line(5_000_000, Line).IsEmpty);
        Assert.True(lines.Line(4_999_900, Line).IsEmpty);
        AssertIsThere(lines, wanted[0]);
    }

    private static void AssertIsThere(TranscriptLines lines, LineRange range)
    {
        var line = lines.Line(range.Offset, range.Length);
        Assert.Equal(range.Length, line.Length);
        Assert.Equal(Counted.At(range.Offset), line[0]);
        Assert.Equal(Counted.At(range.End - 1), line[^1]);
    }

    /// <summary>Bytes that tell where they stand.</summary>
    private sealed class Counted(long length) : ITranscriptBytes
    {
        public long Length => length;
        public int Reads { get; private set; }
        public long BytesRead { get; private set; }

        public static byte At(long offset) => (byte)(offset % 251);

        public int Read(long offset, Span<byte> buffer)
        {
            var count = (int)Math.Clamp(length - offset, 0, buffer.Length);
            for (var i = 0; i < count; i++)
            {
                buffer[i] = At(offset + i);
            }

            (Reads, BytesRead) = (Reads + 1, BytesRead + count);
            return count;
        }

        public void Dispose()
        {
        }
    }
}
