using Muse.Sessions.Search;

namespace Muse.Sessions.Tests.Search;

public sealed class RegexShapeTests
{
    [Theory]
    [InlineData("hello world", "hello world")]
    [InlineData("foo|bar", "foo bar")]
    [InlineData("(?:get|set)Value", "getValue setValue")]
    [InlineData("abc[de]fghij", "abcdfghij abcefghij")]
    [InlineData("abc[de]+fghij", "fghij")]
    [InlineData("abcd*efgh", "efgh")]
    [InlineData("abcd?", "abcd abc")]
    [InlineData("abcd+ef", "abcd")]
    [InlineData("(abcdef)?xyz", "abcdefxyz xyz")]
    [InlineData("(ab\\d+)?xyz", "xyz")]
    [InlineData("a(bcd|efg)h", "abcdh aefgh")]
    [InlineData("(ab\\d|cd\\d)x", "ab cd")]
    [InlineData("foo\\d|bar\\w", "foo bar")]
    [InlineData("foo|\\d+", null)]
    [InlineData("\\b|foo", "foo")]
    [InlineData("\\d+ items", " items")]
    [InlineData("node\\.js", "node.js")]
    [InlineData("(?i)hello", "hello")]
    [InlineData("(?s:he.lo)", "he")]
    [InlineData("(?<name>hello)\\d", "hello")]
    [InlineData("(?'name'hello)\\d", "hello")]
    [InlineData("a{2,3}bcd", "bcd")]
    [InlineData("a{3}bcd", "aaabcd")]
    [InlineData("a{,3}bcd", "a{,3}bcd")]
    [InlineData("[]abc]defg", "defg")]
    [InlineData("[^]]defg", "defg")]
    [InlineData("\\u0041bcd\\x65", "Abcde")]
    [InlineData("say \"hi there\"", "say \"hi there\"")]
    [InlineData("^\\s*return\\b", "return")]
    [InlineData("\\d{4}-\\d{2}", "-")]
    [InlineData("kalo\\w+ = rensu\\w*\\(", " = rensu")]
    [InlineData("(?x) a b", "?")] // not understood
    [InlineData("[a-z-[aeiou]]bcd", "?")]
    public void What_every_match_must_hold_is_taken_from_the_expression(string expression, string? literals)
    {
        var shape = RegexShape.Of(expression);

        Assert.Equal(literals, shape is null ? "?" : shape.Literals is null ? null : expression.Contains(' ') ? Assert.Single(shape.Literals) : string.Join(' ', shape.Literals));
    }

    [Theory]
    [InlineData("a.b", false)]
    [InlineData("a\\sb", true)]
    [InlineData("a[^b]c", true)]
    [InlineData("a[^b\\n]c", false)]
    [InlineData("[ -~]", false)]
    [InlineData("[\\w.-]+@[a-z]+", false)]
    [InlineData("\\Sx\\d", false)]
    [InlineData("\\D", true)]
    [InlineData("(?s)a.b", true)]
    [InlineData("a\\nb", true)]
    public void Whether_a_match_can_hold_a_line_break(string expression, bool crosses) => Assert.Equal(crosses, RegexShape.Of(expression)?.CrossesLines);

    [Theory]
    [InlineData("^ab$|\\Acd\\z", "(?:)ab(?:)|(?:)cd(?:)")]
    [InlineData("[^$]\\$\\^", "[^$]\\$\\^")]
    public void Anchors_are_taken_out(string expression, string expected) => Assert.Equal(expected, RegexShape.Of(expression)?.Unanchored);

    // Fails when a literal is taken for needed that is not in a match.
    [Fact]
    public void Every_match_holds_one_of_the_literals()
    {
        string[] pieces = ["a", "b", "ab", "[ab]", "[^a]", ".", "\\d", "\\w", "(", "(?:", ")", "|", "*", "+", "?", "{2}", "{0,2}", "{1,}", "^", "$", "\\b", "1", "\\n", "\\.", "(?i)"];
        var random = new Random(8);
        var tried = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var expression = string.Concat(Enumerable.Range(0, 1 + random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (TextPattern.OfRegex(expression).Pattern is not { } pattern || RegexShape.Of(expression) is not { } shape)
            {
                continue;
            }

            var text = new string([.. Enumerable.Range(0, 12).Select(_ => "aAbB1.\n"[random.Next(7)])]);
            if (pattern.In(text) is not { } place)
            {
                continue;
            }

            tried++;
            var match = text[place.Start..place.End];
            Assert.True(shape.Literals is null || shape.Literals.Any(l => match.Contains(l, StringComparison.OrdinalIgnoreCase)), $"{expression} in {match}: {string.Join(' ', shape.Literals ?? [])}");
            Assert.True(shape.CrossesLines || !match.Contains('\n', StringComparison.Ordinal), $"{expression} crosses a line in {match}");
            Assert.True(pattern.MayBeIn(text), $"{expression} is not quickly seen in {text}");
        }

        Assert.True(tried > 500, $"{tried}");
    }
}
