using Muse.Board.Deliveries;

namespace Muse.Board.Tests.Deliveries;

public sealed class DeliveryTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\r\nb\rc", "a\nb\nc")]
    [InlineData("a\tb", "a    b")]
    [InlineData("end\n\n  \n", "end")]
    [InlineData("a\u001b[201~b\u0003\u009b1mc\u007f", "a[201~b1mc")]
    [InlineData("a\u202eb\u2066c\u200bd\ufeff", "abcd")]
    [InlineData("  indented\n    more", "  indented\n    more")]
    [InlineData("äöü 日本 🎉", "äöü 日本 🎉")]
    [InlineData("\u200b \n\t", "")]
    [InlineData("", "")]
    public void What_is_a_key_or_unseen_is_taken_out(string text, string cleaned) => Assert.Equal(cleaned, DeliveryText.Clean(text));

    [Theory]
    [InlineData("/clear", false, " /clear")]
    [InlineData("/clear", true, "/clear")]
    [InlineData("!ls", false, " !ls")]
    [InlineData("#note", false, " #note")]
    [InlineData("@file", false, " @file")]
    [InlineData("why /x", false, "why /x")]
    public void A_blank_makes_text_of_what_would_open_a_command(string text, bool asCommand, string typed) =>
        Assert.Equal(typed, DeliveryText.ForBox(text, asCommand));

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("🎉")]
    public void Long_text_is_typed_in_small_pieces_that_are_the_text(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 1000));

        var pieces = DeliveryText.Pieces(text).ToList();

        Assert.Equal(text, string.Concat(pieces));
        Assert.All(pieces, piece => Assert.InRange(piece.Length, 1, 400));
        Assert.All(pieces, piece => Assert.False(char.IsLowSurrogate(piece[0])));
    }

    [Fact]
    public void A_character_without_end_is_cut_all_the_same()
    {
        var text = "e" + new string('\u0301', 1000);

        var pieces = DeliveryText.Pieces(text).ToList();

        Assert.Equal(text, string.Concat(pieces));
        Assert.All(pieces, piece => Assert.InRange(piece.Length, 1, 400));
    }

    [Theory]
    [InlineData("hello there", "hello there", true)]
    [InlineData("hello\n  there", "hello there", true)]
    [InlineData("my draft: hello there", "hello there", false)]
    [InlineData("hello", "hello there", false)]
    public void A_short_text_must_be_all_that_stands_in_the_box(string stands, string text, bool shown) => Assert.Equal(shown, DeliveryText.IsShown(stands, text, mayBePart: false));

    [Fact]
    public void Of_a_box_that_may_be_scrolled_all_it_shows_must_be_the_texts_end()
    {
        var text = string.Concat(Enumerable.Range(0, 100).Select(i => $"word{i} "));

        Assert.True(DeliveryText.IsShown(text[200..], text, mayBePart: true));
        Assert.False(DeliveryText.IsShown(text[200..], text, mayBePart: false));
        Assert.False(DeliveryText.IsShown("mine " + text[200..], text, mayBePart: true));
        Assert.False(DeliveryText.IsShown(text[..200], text, mayBePart: true));
        Assert.False(DeliveryText.IsShown(text[^20..], text, mayBePart: true));
    }
}
