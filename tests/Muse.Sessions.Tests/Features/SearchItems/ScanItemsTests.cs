using Muse.Testing;

namespace Muse.Sessions.Tests.Features.SearchItems;

public sealed class ScanItemsTests(SearchArchive archive) : IClassFixture<SearchArchive>
{
    [Theory]
    [InlineData("substring", "tputNEED", "shop 2")]
    [InlineData("substring", "grep commandneedle \"src\\\\a", "shop 2")]
    [InlineData("substring", "parentUuid", "")]
    [InlineData("substring", "われた", "shop 4")]
    [InlineData("substring", "subagentn", "shop 1")]
    [InlineData("regex", "output\\w+", "shop 2")]
    [InlineData("regex", "^common g.*d$", "garden 1")]
    [InlineData("regex", "[aeiou]ldneed", "old 1")]
    [InlineData("regex", "\\bL'A.guill", "shop 4")]
    public async Task Parts_and_patterns_are_found_in_what_a_person_reads(string mode, string q, string expected)
    {
        var events = await ScanEvents.OfAsync(archive.Host, mode, q);

        if (expected.Length == 0)
        {
            Assert.Empty(events.Hits);
        }
        else
        {
            Assert.Equal((A.SessionId(expected.Split(' ')[0]), expected.Split(' ')[1]), Assert.Single(events.Hits));
        }

        Assert.Equal("complete", events.Reason);
        Assert.Equal(4, events.Done.GetProperty("progress").GetProperty("filesDone").GetInt32());
        Assert.Equal("progress", events.All[0].Type);
    }

    [Fact]
    public async Task A_hit_says_where_it_stands_in_its_snippet()
    {
        var hit = (await ScanEvents.OfAsync(archive.Host, "substring", "tputneed")).Groups.Single().GetProperty("hits")[0];

        var mark = Assert.Single(hit.GetProperty("marks").EnumerateArray());
        Assert.Equal("tputneed", hit.GetProperty("snippet").GetString()!.Substring(mark.GetProperty("start").GetInt32(), mark.GetProperty("length").GetInt32()));
    }

    // Fails when a pattern that makes backtracking engines run for ever holds the server.
    [Fact]
    public async Task A_pattern_that_explodes_elsewhere_is_answered() => Assert.Equal("complete", (await ScanEvents.OfAsync(archive.Host, "regex", "(s+t*r*)+$x")).Reason);
}
