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

    // Fails when any expression that a person can type ends in an error of the server, or in none at all.
    [Fact]
    public async Task Whatever_expression_is_typed_gives_an_answer_or_a_problem()
    {
        string[] pieces =
        [
            "common", "a", "(", ")", "(?:", "(?i)", "(?<x>", "(?=", "(?x)", "[", "]", "[^a]", "[a-z-[aeiou]]", "|", "*", "+", "?", "{2}", "{1000}", "{1,}", "^", "$", "\\b", "\\w", "\\s",
            "\\1", "\\k<x>", "\\p{L}", "\\u0041", "\\", ".", "針", "é", "😀", "\"", "\0", "role:tool ", " ",
        ];
        var random = new Random(20261129);
        var expressions = Enumerable.Range(0, 300).Select(_ => string.Concat(Enumerable.Range(0, 1 + random.Next(7)).Select(_ => pieces[random.Next(pieces.Length)])))
            .Append(new string('(', 240) + "a" + new string(')', 240)).Append("((a{1,90}b{1,90}){1,90}c){1,90}").Append(string.Join('|', Enumerable.Range(100, 120))).Append(new string('a', 500));
        foreach (var q in expressions)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            using var response = await archive.Host.Client.GetAsync($"/api/search?mode=regex&q={Uri.EscapeDataString(q)}", deadline.Token);
            Assert.True((int)response.StatusCode is 200 or 400, $"{q}: {response.StatusCode}");
            Assert.Contains(response.IsSuccessStatusCode ? "event: done" : "errors", await response.Content.ReadAsStringAsync(deadline.Token), StringComparison.Ordinal);
        }
    }

    // Fails when a pattern that makes backtracking engines run for ever holds the server.
    [Fact]
    public async Task A_pattern_that_explodes_elsewhere_is_answered() => Assert.Equal("complete", (await ScanEvents.OfAsync(archive.Host, "regex", "(s+t*r*)+$x")).Reason);
}
