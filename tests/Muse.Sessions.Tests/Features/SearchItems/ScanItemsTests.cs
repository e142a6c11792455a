using System.Text.Json;
using Muse.Sessions.Search;
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
        var events = await ScanAsync(mode, q);

        var found = events.Where(e => e.Type == "hits").SelectMany(e => e.Data.GetProperty("hits").EnumerateArray()
            .Select(h => (Session: e.Data.GetProperty("session").GetProperty("id").GetString(), Item: h.GetProperty("id").GetString()))).ToList();
        if (expected.Length == 0)
        {
            Assert.Empty(found);
        }
        else
        {
            Assert.Equal((A.SessionId(expected.Split(' ')[0]), expected.Split(' ')[1]), Assert.Single(found));
        }

        var done = events[^1];
        Assert.Equal(("done", "complete"), (done.Type, done.Data.GetProperty("reason").GetString()));
        Assert.Equal(4, done.Data.GetProperty("progress").GetProperty("filesDone").GetInt32());
        Assert.Equal("progress", events[0].Type);
    }

    [Fact]
    public async Task A_hit_says_where_it_stands_in_its_snippet()
    {
        var hit = (await ScanAsync("substring", "tputneed")).Single(e => e.Type == "hits").Data.GetProperty("hits")[0];

        var mark = Assert.Single(hit.GetProperty("marks").EnumerateArray());
        Assert.Equal("tputneed", hit.GetProperty("snippet").GetString()!.Substring(mark.GetProperty("start").GetInt32(), mark.GetProperty("length").GetInt32()));
    }

    [Theory]
    [InlineData("hello world", "hello world")]
    [InlineData("foo|bar", null)]
    [InlineData("abc[de]+fghij", "fghij")]
    [InlineData("abcd*efgh", "efgh")]
    [InlineData("abcd?", "abc")]
    [InlineData("abcd+ef", "abcd")]
    [InlineData("(abcdef)?xyz", "xyz")]
    [InlineData("a(bcd|efg)h", null)]
    [InlineData("\\d+ items", " items")]
    [InlineData("node\\.js", "node.js")]
    [InlineData("(?i)hello", null)]
    [InlineData("a{2,3}bcd", "bcd")]
    [InlineData("[]abc]defg", "defg")]
    [InlineData("\\u0041bcd", null)]
    [InlineData("say \"hi there\"", "hi there")]
    public void What_every_match_must_hold_is_taken_from_the_expression(string expression, string? literal) => Assert.Equal(literal, TextPattern.Literal(expression));

    // Fails when a pattern that makes backtracking engines run for ever holds the server.
    [Fact]
    public async Task A_pattern_that_explodes_elsewhere_is_answered() => Assert.Equal("done", (await ScanAsync("regex", "(s+t*r*)+$x"))[^1].Type);

    private async Task<List<(string Type, JsonElement Data)>> ScanAsync(string mode, string q)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var text = await archive.Host.Client.GetStringAsync($"/api/search?mode={mode}&q={Uri.EscapeDataString(q)}", deadline.Token);
        return [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split('\n')).Select(e => (e[0]["event: ".Length..], JsonElement.Parse(e[^1]["data: ".Length..])))];
    }
}
