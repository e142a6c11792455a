using CsCheck;
using Muse.Board.Screens;

namespace Muse.Board.Tests.Screens;

public sealed class AnsiScreenTests
{
    [Fact]
    public void Colours_and_traits_become_runs()
    {
        var line = AnsiScreen.Parse("a\u001b[38;5;246mb\u001b[1;7;48;2;1;2;255mc\u001b[22;27;39md\u001b[0;2;91me").Lines[0];

        Assert.Equal("abcde", line.Text);
        Assert.Equal(
            [
                "0+1 default/default None",
                "1+1 246/default None",
                "2+1 246/#0102ff Bold, Reverse",
                "3+1 default/#0102ff None",
                "4+1 9/default Dim",
            ],
            line.Runs.Select(r => $"{r.Start}+{r.Length} {r.Style.Foreground}/{r.Style.Background} {r.Style.Traits}"));
    }

    [Fact]
    public void A_style_goes_on_in_the_next_line()
    {
        var screen = AnsiScreen.Parse("\u001b[2mone\ntwo\u001b[m\nthree");

        Assert.Equal([TextTraits.Dim, TextTraits.Dim, TextTraits.None], screen.Lines.Select(l => l.Runs[0].Style.Traits));
    }

    [Theory]
    [InlineData("a\u001b[2Jb\u001b[10;10Hc\u001b[?1049hd", "abcd")]
    [InlineData("a\u001b]0;title\u0007b\u001b]8;;http://x\u001b\\c\u001bPq#0\u001b\\d", "abcd")]
    [InlineData("a\u001b(Bb\u001bMc\u001b#8d\u001b", "abcd")]
    [InlineData("a\u009b2Jb\u009d0;t\u009cc\u0085d", "abcd")]
    [InlineData("a\u202eb\u200bc\u2066d\ufeff\u00ad\udb40\udc41", "abcd")]
    [InlineData("a\0b\bc\rd\u007f", "abcd")]
    [InlineData("\u001b]never ended\nabcd", "|abcd")]
    [InlineData("\u001b[38;5\nabcd", "|abcd")]
    [InlineData("😀 e\u0301 \u00a0", "😀 e\u0301 \u00a0")]
    public void Everything_but_colours_is_dropped(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', AnsiScreen.Parse(text).Lines.Select(l => l.Text)));

    [Fact]
    public void Half_a_character_becomes_the_sign_for_one() => Assert.Equal("a\ufffdb", AnsiScreen.Parse("a\ud800b").Lines[0].Text);

    [Theory]
    [InlineData("\u001b[38;5;999mx")]
    [InlineData("\u001b[38;2;1;2mx")]
    [InlineData("\u001b[99999999999999999999;38;5mx")]
    [InlineData("\u001b[38;7;1mx")]
    public void Numbers_that_no_terminal_knows_colour_nothing(string text) =>
        Assert.Equal(default, AnsiScreen.Parse(text).Lines[0].Runs[0].Style);

    [Fact]
    public void A_screen_is_bounded_and_keeps_its_end()
    {
        var screen = AnsiScreen.Parse(string.Concat(Enumerable.Range(0, 1_000).Select(i => $"{i} {new string('x', 1_000)}\n")));

        Assert.Equal((Screen.MaxRows, Screen.MaxColumns), (screen.Lines.Count, screen.Lines.Max(l => l.Cells.Length)));
        Assert.StartsWith("999 ", screen.Lines[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Megabytes_of_half_sequences_cost_what_their_length_costs()
    {
        var hostile = string.Concat(Enumerable.Repeat("\u001b[\u001b]\u001b[1;\u001b", 300_000));

        var screen = AnsiScreen.Parse(hostile);

        Assert.Empty(screen.Lines);
    }

    [Fact]
    public void No_text_makes_it_throw_or_lets_a_control_character_through() => Gen.OneOf(Gen.Const("\u001b["), Gen.Const("\u001b]"), Gen.Const("38;5;"), Gen.Const("m"), Gen.Const("\n"), Gen.Char.Select(c => c.ToString()))
        .Array[0, 60].Select(parts => string.Concat(parts)).Sample(text =>
        {
            var lines = AnsiScreen.Parse(text).Lines;
            Assert.All(lines, l => Assert.DoesNotContain(l.Cells, char.IsControl));
            Assert.All(lines, l => Assert.Equal(l.Cells.Length, l.Runs.Sum(r => r.Length)));
        });
}
