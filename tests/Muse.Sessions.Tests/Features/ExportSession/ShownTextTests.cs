using Muse.Sessions.Export;

namespace Muse.Sessions.Tests.Features.ExportSession;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("plain\ntext\tas it is", "plain\ntext\tas it is")]
    [InlineData("\u001b[1;31mred\u001b[0m", "red")]
    [InlineData("\u001b]0;title\u0007text", "text")]
    [InlineData("\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001b]never ended", "never ended")]
    [InlineData("\u001bPdevice\u001b\\text", "text")]
    [InlineData("\u001b", "")]
    [InlineData("\u001b[", "")]
    [InlineData("a\u202eb\u2066c\u200bd\ufeff", "a⟨U+202E⟩b⟨U+2066⟩c⟨U+200B⟩d⟨U+FEFF⟩")]
    [InlineData("tag\U000E0041", "tag⟨U+E0041⟩")]
    [InlineData("two\r\nlines, one\rover", "two\nlines, one\nover")]
    [InlineData("bell\u0007, eight \u009b31m", "bell⟨U+0007⟩, eight ⟨U+009B⟩31m")]
    [InlineData("👩‍👩‍👧 é ü 日本", "👩‍👩‍👧 é ü 日本")]
    public void What_cannot_be_seen_is_gone_or_shown(string text, string expected) => Assert.Equal(expected, ShownText.From(text));

    [Fact]
    public void Half_a_letter_is_replaced() => Assert.Equal("\ufffd alone", ShownText.From((char)0xd800 + " alone"));
}
