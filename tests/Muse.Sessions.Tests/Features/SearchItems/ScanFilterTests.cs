using System.Net;
using Muse.Testing;

namespace Muse.Sessions.Tests.Features.SearchItems;

/// <summary>Filters narrow a look through the bytes as they narrow a search for words.</summary>
public sealed class ScanFilterTests(SearchArchive archive) : IClassFixture<SearchArchive>
{
    [Theory]
    [InlineData("substring", "ommon", "shop 4, shop 2, garden 1, garden 0, old 0")]
    [InlineData("substring", "ommon project:garden", "garden 1, garden 0")]
    [InlineData("substring", "project:/home/ann/attic ommon", "old 0")]
    [InlineData("substring", "ommon -project:shop -project:attic", "garden 1, garden 0")]
    [InlineData("substring", "ommon agent:codex", "")]
    [InlineData("substring", "ommon agent:claude-code role:user", "garden 0, old 0")]
    [InlineData("substring", "ommon model:sonnet", "old 0")]
    [InlineData("substring", "ommon model:sonnet model:opus role:tool", "shop 2, garden 1")]
    [InlineData("substring", "mmandneed tool:bash", "shop 2")]
    [InlineData("substring", "mmandneed -tool:bash", "")]
    [InlineData("substring", "ommon is:error", "shop 2")]
    [InlineData("substring", "ommon has:commit", "")]
    [InlineData("substring", "wtextneed file:pathneedle/Cart", "shop 3")]
    [InlineData("substring", "wtextneed file:shop/Cart.cs", "")]
    [InlineData("substring", "ommon before:2100-01-01 after:2000-01-01 project:attic", "old 0")]
    [InlineData("substring", "ommon after:2100-01-01", "")]
    [InlineData("substring", "a  common  role:user", "")] // the text between filters is taken as it stands
    [InlineData("regex", "comm.n\\s\\w+ role:user", "garden 0, old 0")]
    [InlineData("regex", "tool:Read ^common g.*d$", "garden 1")]
    [InlineData("regex", "[aeiou]mm[aeiou]n role:assistant", "shop 4")]
    [InlineData("substring", "is\\:error", "")]
    [InlineData("substring", "tool: common", "")]
    public async Task Filters_apply(string mode, string q, string expected)
    {
        var events = await ScanEvents.OfAsync(archive.Host, mode, q);

        Assert.Equal("complete", events.Reason);
        Assert.Equal(
            expected.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split(' ')).Select(e => (A.SessionId(e[0]), e[1])),
            events.Hits);
    }

    [Theory]
    [InlineData("project:shop", "text")]
    [InlineData("word is:happy", "'is:' takes error")]
    [InlineData("word before:soon", "date")]
    [InlineData("word -role:user", "excluded (character 6)")]
    [InlineData("word tool:\"a b", "not closed")]
    public async Task A_mistyped_filter_is_named(string q, string word)
    {
        foreach (var mode in new[] { "substring", "regex" })
        {
            var (status, problem) = await archive.Host.GetProblemAsync($"/api/search?mode={mode}&q={Uri.EscapeDataString(q)}");

            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains(word, problem.GetProperty("errors").GetProperty("q")[0].GetString(), StringComparison.Ordinal);
        }
    }

    // Fails when a first match that is empty hides the others.
    [Fact]
    public async Task An_empty_match_hides_no_other() =>
        Assert.Equal((A.SessionId("garden"), "0"), Assert.Single((await ScanEvents.OfAsync(archive.Host, "regex", "\\b|ommon gard")).Hits));
}
