using System.Net;
using Muse.Testing;
using Slice = Muse.Sessions.Features.SearchItems.SearchItems;

namespace Muse.Sessions.Tests.Features.SearchItems;

public sealed class SearchItemsTests(SearchArchive archive) : IClassFixture<SearchArchive>
{
    [Fact]
    public async Task Every_needle_is_found_where_it_was_planted()
    {
        foreach (var (needle, session, agent, item) in SearchArchive.Needles)
        {
            var found = await SearchAsync(needle);

            var group = Assert.Single(found.Groups);
            var hit = Assert.Single(group.Hits);
            Assert.Equal((A.SessionId(session), agent, item), (group.Session.Id, hit.AgentId, hit.Id));
            Assert.Equal($"/sessions/{Uri.EscapeDataString(A.SessionId(session))}?focus={item}&unfold=1{(agent is null ? "" : "&agent=a1")}", hit.Link);
            Assert.NotEmpty(hit.Marks);
        }
    }

    [Theory]
    [InlineData("promptneedle", "Find the promptneedle, please", "promptneedle")]
    [InlineData("\"the word common\"", "outputneedle the word common", "the,word,common")]
    [InlineData("needleincamel", "これは失われた針です。 L'Aiguillé; NeedleInCamel and needle_in_snake, a common word", "NeedleInCamel")]
    public async Task A_snippet_shows_the_words_and_where_they_stand(string q, string expected, string marked)
    {
        var hit = (await SearchAsync(q)).Groups[0].Hits[0];

        Assert.EndsWith(expected, hit.Snippet, StringComparison.Ordinal);
        Assert.Equal(marked.Split(','), hit.Marks.Select(m => hit.Snippet.Substring(m.Start, m.Length)).Distinct());
    }

    [Theory]
    [InlineData("common", "shop garden old")] // the newest first
    [InlineData("common word", "shop old")]
    [InlineData("\"common word\"", "shop old")]
    [InlineData("\"word common\"", "shop")]
    [InlineData("common -word", "garden")]
    [InlineData("comm*", "shop garden old")]
    [InlineData("common project:garden", "garden")]
    [InlineData("common project:/home/ann/attic", "old")]
    [InlineData("common -project:shop -project:attic", "garden")]
    [InlineData("common agent:claude-code", "shop garden old")]
    [InlineData("common agent:codex", "")]
    [InlineData("common model:sonnet", "old")]
    [InlineData("common model:claude-opus-4-5", "shop garden")]
    [InlineData("common model:sonnet model:opus", "shop garden old")]
    [InlineData("common tool:Read", "garden")]
    [InlineData("tool:bash", "shop")]
    [InlineData("file:cart.cs", "shop")]
    [InlineData("file:pathneedle/Cart", "shop")]
    [InlineData("file:shop/Cart.cs", "")]
    [InlineData("is:error", "shop")]
    [InlineData("common is:error", "shop")]
    [InlineData("has:commit", "")]
    [InlineData("common role:user", "garden old")]
    [InlineData("common role:tool", "shop garden")]
    [InlineData("common role:assistant", "shop")]
    [InlineData("common before:2100-01-01", "shop garden old")]
    [InlineData("common after:2100-01-01", "")]
    [InlineData("common before:1970-02-01", "")]
    [InlineData("cart.cs::x", "")]
    [InlineData("xylophone", "")]
    public async Task Words_and_filters_narrow(string q, string sessions) =>
        Assert.Equal(sessions.Length == 0 ? [] : sessions.Split(' ').Select(A.SessionId), (await SearchAsync(q)).Groups.Select(g => g.Session.Id));

    [Fact]
    public async Task Prompts_and_replies_stand_before_output() =>
        Assert.Equal(["reply", "tool"], (await SearchAsync("common project:shop")).Groups.Single().Hits.Select(h => h.Kind));

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var page = await archive.Host.GetAsync<Slice.Response>($"/api/search?q=common&limit=1{cursor}");
            seen.AddRange(page.Groups.SelectMany(g => g.Hits).Select(h => h.Link));
            cursor = page.NextCursor is null ? "" : $"&cursor={page.NextCursor}";
        }
        while (cursor.Length > 0);

        var all = (await SearchAsync("common")).Groups.SelectMany(g => g.Hits).Select(h => h.Link);
        Assert.Equal(all.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("q=", "q", "")]
    [InlineData("", "q", "")]
    [InlineData("q=%22open", "q", "character 1")]
    [InlineData("q=word+colour:red", "q", "'colour:' (character 6)")]
    [InlineData("q=is:happy", "q", "error")]
    [InlineData("q=agent:emacs", "q", "claude-code")]
    [InlineData("q=before:soon", "q", "date")]
    [InlineData("q=-role:user", "q", "excluded")]
    [InlineData("q=tool:", "q", "value")]
    [InlineData("q=a*", "q", "letters")]
    [InlineData("q=!!!", "q", "substring")]
    [InlineData("q=word&limit=0", "limit", "")]
    [InlineData("q=word&cursor=zz", "cursor", "")]
    [InlineData("q=word&mode=magic", "mode", "regex")]
    [InlineData("q=(a&mode=regex", "q", "character")]
    [InlineData("q=(a)%5C1&mode=regex", "q", "not supported")]
    [InlineData("q=%5Cb&mode=regex", "q", "empty text")]
    [InlineData("q=a*&mode=regex", "q", "empty text")]
    public async Task What_makes_no_sense_is_named(string query, string parameter, string word)
    {
        var (status, problem) = await archive.Host.GetProblemAsync($"/api/search?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(word, problem.GetProperty("errors").GetProperty(parameter)[0].GetString(), StringComparison.Ordinal);
    }

    // Fails when anything that a person can type ends in an error of the server.
    [Fact]
    public async Task Whatever_is_typed_gives_an_answer_or_a_problem()
    {
        string[] pieces =
        [
            "\"", "*", "-", ":", "(", ")", "AND", "OR", "NOT", "NEAR(", "^", "+", "{", "}", "col:", "text:", "is:", "file:", "after:", "role:tool", " ", "  ", "a", "common",
            "\0", "\u0001", "\u0002any\u0001", "針", "é", "😀", "\ud800", "--", "'", ";", "\\", "%", "file:a\"b", "before:99999999999999999", "words*", "\"\"", "\"*", "tool:\"a b\"",
        ];
        var random = new Random(20261129);
        for (var i = 0; i < 1500; i++)
        {
            var q = string.Concat(Enumerable.Range(0, 1 + random.Next(6)).Select(_ => pieces[random.Next(pieces.Length)]));
            using var response = await archive.Host.Client.GetAsync($"/api/search?limit=2&q={Uri.EscapeDataString(q)}");
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{q}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task Ten_kilobytes_are_refused() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await archive.Host.GetProblemAsync($"/api/search?q={new string('x', 10_000)}")).Status);

    private Task<Slice.Response> SearchAsync(string q) => archive.Host.GetAsync<Slice.Response>($"/api/search?q={Uri.EscapeDataString(q)}");
}
