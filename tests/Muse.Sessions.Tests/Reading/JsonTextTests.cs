using System.Text;
using Muse.BuildingBlocks.Text;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Tests.Reading;

public sealed class JsonTextTests
{
    /// <summary>The place that is left holds half of it: it is left out.</summary>
    [Fact]
    public void A_character_of_two_halves_at_the_end_of_what_is_read_is_left_out()
    {
        Span<char> text = stackalloc char[4];

        var written = JsonText.Unescape("ab\\n\U0001F600"u8, text);

        Assert.Equal("ab\n", text[..written].ToString());
    }

    [Fact]
    public void A_preview_of_a_line_with_such_a_character_where_its_head_ends_is_made()
    {
        var line = Encoding.UTF8.GetBytes($"{new string(' ', (PreviewText.MaxLength * 4) - 3)}x\\n\U0001F600");

        Assert.Equal("x", JsonText.Preview(line));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_replaced()
    {
        Span<char> text = stackalloc char[8];

        var written = JsonText.Unescape([(byte)'a', 0xff, 0xed, 0xa0, 0x80, (byte)'b', 0xc3], text);

        Assert.Equal("a\uFFFD\uFFFD\uFFFD\uFFFDb\uFFFD", text[..written].ToString());
    }

    [Theory]
    [InlineData("two  words\tand\nlines", 240, "two words and lines")]
    [InlineData(" cut here", 3, "cut")]
    [InlineData("cut here", 4, "cut")]
    [InlineData("cut here", 5, "cut h")]
    [InlineData("a\u007fb\u0000c\u202ed\u001b[31me", 240, "abcde")]
    [InlineData("ab \U0001F600", 4, "ab")]
    public void A_preview_is_one_harmless_line(string text, int most, string expected) => Assert.Equal(expected, PreviewText.From(text, most));
}
