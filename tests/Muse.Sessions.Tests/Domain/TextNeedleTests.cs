using System.Text;
using Muse.Sessions.Domain;

namespace Muse.Sessions.Tests.Domain;

public sealed class TextNeedleTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(100)]
    public void A_text_is_found_at_every_distance(int before)
    {
        var bytes = Encoding.UTF8.GetBytes(new string('a', before) + "NeEdle" + new string('b', 50));

        Assert.Equal(before, TextNeedle.SpellingsOf("needle")[0].IndexIn(bytes));
    }

    [Theory]
    [InlineData("needle", "needl")]
    [InlineData("a", "")]
    [InlineData("[", "{ and then some more text than a vector has")]
    public void What_is_not_there_is_not_found(string text, string bytes) =>
        Assert.Equal(-1, TextNeedle.SpellingsOf(text)[0].IndexIn(Encoding.UTF8.GetBytes(bytes)));

    [Fact]
    public void Random_texts_are_found_where_the_plain_search_finds_them()
    {
        var random = new Random(5);
        foreach (var _ in Enumerable.Range(0, 2000))
        {
            var text = new string([.. Enumerable.Range(0, random.Next(200)).Select(_ => (char)('a' + random.Next(3)))]);
            var needle = new string([.. Enumerable.Range(0, 1 + random.Next(5)).Select(_ => (char)('A' + random.Next(3)))]);

            Assert.Equal(text.IndexOf(needle, StringComparison.OrdinalIgnoreCase), TextNeedle.SpellingsOf(needle)[0].IndexIn(Encoding.UTF8.GetBytes(text)));
        }
    }
}
