using System.Text;
using Muse.Sessions.Search;

namespace Muse.Sessions.Tests.Search;

public sealed class SearchTokensTests
{
    [Theory]
    [InlineData("parseLine", "parse parseline^ line")]
    [InlineData("HTTPServer2Go", "http httpserver2go^ server2 go")]
    [InlineData("parse_line", "parse line")]
    [InlineData("src/Muse.Host/Program.cs", "src muse host program cs")]
    [InlineData("git commit -m 'x'", "git commit m x")]
    [InlineData("Crème BRÛLÉE", "creme brulee")]
    [InlineData("cre\u0300me", "creme")]
    [InlineData("Łódź ÅNGSTRÖM Ёж", "łodz angstrom еж")]
    [InlineData("搜索 index", "搜 索 index")]
    [InlineData("テストabc", "テ ス ト abc")]
    [InlineData("검색", "검 색")]
    [InlineData("sha256 v2.1.330 deadBEEF", "sha256 v2 1 330 dead deadbeef^ beef")]
    [InlineData("𝒳 😀 ok", "𝒳 ok")]
    [InlineData("", "")]
    [InlineData("!!! {} ...", "")]
    public void Words_are_taken_apart(string text, string expected) => Assert.Equal(expected, Tokens(text));

    [Fact]
    public void A_query_asks_for_the_humps_in_a_row() => Assert.Equal("parse line", Tokens("parseLine", asked: true));

    [Fact]
    public void A_long_word_counts_by_its_head() => Assert.Equal(new string('a', 64), Tokens(new string('a', 5000)));

    [Fact]
    public void Noise_of_many_humps_stays_whole() => Assert.Equal("abcdefghijklmnopqrstuv", Tokens("aBcDeFgHiJkLmNoPqRsTuV"));

    [Fact]
    public void A_mark_is_one_token_whatever_it_holds() => Assert.Equal("a \u0001file:my file.cs b", Tokens("a\u0001file:my file.cs\u0002b"));

    [Fact]
    public void Broken_bytes_are_passed_over()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            var sink = new Joined(bytes.Length);
            SearchTokens.Read(bytes, random.Next(2) == 0, ref sink);
            Assert.True(sink.Sound);
        }
    }

    private static string Tokens(string text, bool asked = false)
    {
        var sink = new Joined(Encoding.UTF8.GetByteCount(text));
        SearchTokens.Read(Encoding.UTF8.GetBytes(text), asked, ref sink);
        Assert.True(sink.Sound);
        return sink.ToString();
    }

    private struct Joined(int length) : ITokenSink
    {
        private readonly List<string> _tokens = [];

        public bool Sound { get; private set; } = true;

        public bool Take(ReadOnlySpan<byte> token, int start, int end, bool beside)
        {
            Sound &= token.Length is > 0 and <= 300 && start >= 0 && start < end && end <= length;
            _tokens.Add(Encoding.UTF8.GetString(token) + (beside ? "^" : ""));
            return true;
        }

        public override readonly string ToString() => string.Join(' ', _tokens);
    }
}
