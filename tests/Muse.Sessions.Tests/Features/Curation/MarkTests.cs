using System.Net;

namespace Muse.Sessions.Tests.Features.Curation;

public sealed class MarkTests : IAsyncLifetime
{
    private CuratedHost _host = null!; // made before each test

    public async ValueTask InitializeAsync() => _host = await new CuratedHost().WithSessionsAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_pinned_session_stands_first_and_is_found_by_its_pin()
    {
        await _host.PutAsync($"/api/sessions/{CuratedHost.One}/pin");

        Assert.Equal(["one", "three", "two"], (await _host.ListAsync()).Items.Select(s => s.NativeId));
        Assert.Equal("one", Assert.Single((await _host.ListAsync("?is=pinned")).Items).NativeId);
    }

    [Fact]
    public async Task Pages_go_on_behind_the_pinned_ones()
    {
        await _host.PutAsync($"/api/sessions/{CuratedHost.One}/pin");

        var first = await _host.ListAsync("?limit=1");
        var second = await _host.ListAsync($"?limit=1&cursor={first.NextCursor}");

        Assert.Equal(["one", "three"], first.Items.Select(s => s.NativeId));
        Assert.Equal(["two"], second.Items.Select(s => s.NativeId));
        Assert.Equal((3, 3), (first.Total, second.Total));
        Assert.Null(second.NextCursor);
    }

    [Fact]
    public async Task What_is_starred_is_found_by_its_star_until_it_is_taken_off()
    {
        await _host.PutAsync($"/api/sessions/{CuratedHost.Two}/star");
        Assert.Equal("two", Assert.Single((await _host.ListAsync("?is=starred")).Items).NativeId);

        await _host.DeleteAsync($"/api/sessions/{CuratedHost.Two}/star");

        Assert.Empty((await _host.ListAsync("?is=starred")).Items);
    }

    [Fact]
    public async Task What_is_archived_is_hidden_and_still_opens()
    {
        await _host.PutAsync($"/api/sessions/{CuratedHost.Two}/archive");

        Assert.Equal(["three", "one"], (await _host.ListAsync()).Items.Select(s => s.NativeId));
        Assert.Equal("two", Assert.Single((await _host.ListAsync("?is=archived")).Items).NativeId);
        var opened = await _host.Muse.GetAsync<Sessions.Features.GetSession.GetSession.Response>($"/api/sessions/{CuratedHost.Two}?limit=1");
        Assert.True(opened.Session.Marks.Archived);
    }

    [Fact]
    public async Task An_archive_from_before_Muse_is_not_news()
    {
        Assert.Empty((await _host.ListAsync("?is=unread")).Items);
    }

    [Fact]
    public async Task A_session_is_unread_until_somebody_reads_it_and_again_with_its_next_record()
    {
        var later = _host.Muse.Clock.GetUtcNow().ToUnixTimeMilliseconds() + 60_000;
        var transcript = _host.Write("two", later, "More paint");
        await _host.Muse.SettleAsync();
        Assert.Equal("two", Assert.Single((await _host.ListAsync("?is=unread")).Items).NativeId);

        await _host.PutAsync($"/api/sessions/{CuratedHost.Two}/read");
        Assert.Empty((await _host.ListAsync("?is=unread")).Items);

        transcript.Reply("It is red now.");
        await _host.Muse.SettleAsync();
        Assert.True((await _host.MarksAsync(CuratedHost.Two)).Unread);
    }

    [Fact]
    public async Task A_read_session_can_be_kept_for_later()
    {
        await _host.DeleteAsync($"/api/sessions/{CuratedHost.One}/read");

        Assert.Equal("one", Assert.Single((await _host.ListAsync("?is=unread")).Items).NativeId);
    }

    [Fact]
    public async Task A_title_of_ones_own_is_shown_sorted_and_found_and_given_back()
    {
        await _host.PutAsync($"/api/sessions/{CuratedHost.Two}/title", new { title = "  A shed \u001b[31mfor Ärzte " });

        Assert.Equal("A shed for Ärzte", (await _host.ListAsync("?q=ärzte")).Items.Single().Title);
        Assert.Equal("A shed for Ärzte", (await _host.ListAsync("?sort=title")).Items[0].Title);
        await _host.PutAsync($"/api/sessions/{CuratedHost.Two}/title", new { title = "" });
        Assert.Equal("Paint the shed", (await _host.ListAsync("?q=paint")).Items.Single().Title);
    }

    [Fact]
    public async Task Pages_by_title_go_by_the_titles_that_are_shown()
    {
        await _host.PutAsync($"/api/sessions/{CuratedHost.One}/title", new { title = "Zebra" });

        var first = await _host.ListAsync("?sort=title&limit=2");
        var second = await _host.ListAsync($"?sort=title&limit=2&cursor={first.NextCursor}");

        Assert.Equal(["Paint the shed", "Repair the lamp", "Zebra"], first.Items.Concat(second.Items).Select(s => s.Title));
    }

    [Theory]
    [InlineData("pin")]
    [InlineData("star")]
    [InlineData("archive")]
    [InlineData("read")]
    public async Task An_unknown_session_is_404(string mark)
    {
        var (status, problem) = await _host.RefusedAsync(HttpMethod.Put, $"/api/sessions/none/{mark}");

        Assert.Equal((HttpStatusCode.NotFound, "session-not-found"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_title_that_is_too_long_is_refused_with_the_fix()
    {
        var (status, problem) = await _host.RefusedAsync(HttpMethod.Put, $"/api/sessions/{CuratedHost.One}/title", new { title = new string('x', 201) });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("at most 200", problem.GetProperty("errors").GetProperty("title")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is=loud", "is")]
    [InlineData("is=unread,", "is")]
    [InlineData("tag=,", "tag")]
    public async Task A_filter_that_is_not_understood_is_refused_by_its_name(string query, string field)
    {
        var (status, problem) = await _host.Muse.GetProblemAsync($"/api/sessions?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_mark_is_told_to_who_watches_the_list_and_to_who_comes_back()
    {
        using var events = await _host.Muse.ListenAsync("/api/events?topics=sessions");
        var hello = await events.NextAsync("hello");

        await _host.PutAsync($"/api/sessions/{CuratedHost.Two}/star");

        var told = await events.NextAsync("session");
        Assert.True(told.Data.GetProperty("marks").GetProperty("starred").GetBoolean());
        using var back = await _host.Muse.ListenAsync("/api/events?topics=sessions", hello.Id);
        Assert.Equal("resumed", (await back.NextAsync("hello")).Data.GetProperty("verdict").GetString());
        Assert.Equal(CuratedHost.Two, (await back.NextAsync("session")).Data.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Saying_it_twice_tells_nobody_twice()
    {
        using var events = await _host.Muse.ListenAsync("/api/events?topics=sessions");
        await events.NextAsync("hello");
        await _host.DeleteAsync($"/api/sessions/{CuratedHost.Two}/read");
        Assert.Equal(CuratedHost.Two, (await events.NextAsync("session")).Data.GetProperty("id").GetString());

        await _host.DeleteAsync($"/api/sessions/{CuratedHost.Two}/read");
        await _host.PutAsync($"/api/sessions/{CuratedHost.One}/star");

        Assert.Equal(CuratedHost.One, (await events.NextAsync("session")).Data.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Everything_said_survives_that_all_is_read_again()
    {
        await _host.PutAsync($"/api/sessions/{CuratedHost.One}/pin");
        await _host.PutAsync($"/api/sessions/{CuratedHost.One}/star");
        await _host.PutAsync($"/api/sessions/{CuratedHost.One}/tags/later");
        await _host.PutAsync($"/api/sessions/{CuratedHost.One}/title", new { title = "Mine" });
        await _host.PutAsync($"/api/sessions/{CuratedHost.Two}/archive");
        await _host.DeleteAsync($"/api/sessions/{CuratedHost.Three}/read");
        await _host.PutAsync("/api/views/unread", new { filter = "is=unread" });

        await _host.ReadAgainAsync();

        var one = (await _host.ListAsync()).Items.Single(s => s.Id == CuratedHost.One);
        Assert.Equal(("Mine", true, true, "later"), (one.Title, one.Marks.Pinned, one.Marks.Starred, Assert.Single(one.Marks.Tags)));
        Assert.True((await _host.MarksAsync(CuratedHost.Two)).Archived);
        Assert.True((await _host.MarksAsync(CuratedHost.Three)).Unread);
        Assert.Equal("is=unread", Assert.Single(await _host.Muse.GetAsync<Sessions.Features.ListViews.ListViews.Response[]>("/api/views")).Filter);
    }
}
