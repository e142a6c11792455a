using Muse.Testing;
using Slice = Muse.Sessions.Features.SearchItems.SearchItems;

namespace Muse.Sessions.Tests.Features.SearchItems;

public sealed class RewrittenTests
{
    // Fails when documents of a superseded generation are shown until they are removed.
    [Fact]
    public async Task Old_text_is_not_found_even_before_it_is_removed_from_the_index()
    {
        await using var muse = new MuseHost();
        var transcript = A.Transcript(muse, "s").Prompt("the former words");
        await muse.IndexAsync();
        Assert.Single((await muse.GetAsync<Slice.Response>("/api/search?q=former")).Groups);

        File.WriteAllText(transcript.Path, "");
        transcript.Prompt("the latter words");
        await muse.SettleAsync();
        Assert.Empty((await muse.GetAsync<Slice.Response>("/api/search?q=former")).Groups);

        await muse.IndexAsync();
        Assert.Empty((await muse.GetAsync<Slice.Response>("/api/search?q=former")).Groups);
        Assert.Single((await muse.GetAsync<Slice.Response>("/api/search?q=latter")).Groups);
    }

    // Fails when a key or a hash that is longer than a snippet ends the search in an error of the server.
    [Fact]
    public async Task A_word_longer_than_a_snippet_is_found()
    {
        await using var muse = new MuseHost();
        A.Transcript(muse, "s").Prompt($"key {new string('x', 400)} end").Reply($"{new string('y', 300)} {new string('y', 300)}");
        await muse.IndexAsync();

        foreach (var q in new[] { "xxx*", "yyy*", "key xxx*" })
        {
            Assert.StartsWith(q[^2] == 'x' ? "key xxx" : "yyy", Assert.Single((await muse.GetAsync<Slice.Response>($"/api/search?q={q}")).Groups).Hits[0].Snippet, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_answer_says_how_much_can_be_searched()
    {
        await using var muse = new MuseHost();
        A.Transcript(muse, "s").Prompt("one").Reply("two");
        await muse.SettleAsync();
        Assert.Equal("waiting", (await muse.GetAsync<Muse.Sessions.Search.SearchProgress>("/api/search/status")).State);

        await muse.IndexAsync();

        var progress = await muse.GetAsync<Muse.Sessions.Search.SearchProgress>("/api/search/status");
        Assert.Equal(("idle", 2, 2), (progress.State, progress.Items, progress.Indexed));
        Assert.True(progress.SizeBytes > 0);
    }
}
