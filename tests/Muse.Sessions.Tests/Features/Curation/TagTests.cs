using System.Net;
using Muse.Sessions.Features.ListTags;
using Muse.Sessions.Features.ListViews;

namespace Muse.Sessions.Tests.Features.Curation;

public sealed class TagTests : IAsyncLifetime
{
    private CuratedHost _host = null!; // made before each test

    public async ValueTask InitializeAsync() => _host = await new CuratedHost().WithSessionsAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_tag_is_made_by_putting_it_on_and_found_in_any_case()
    {
        await _host.PutAsync($"/api/sessions/{CuratedHost.Two}/tags/Later%20On");

        Assert.Equal(["later on"], (await _host.MarksAsync(CuratedHost.Two)).Tags);
        Assert.Equal("two", Assert.Single((await _host.ListAsync("?tag=LATER%20on")).Items).NativeId);
        Assert.Equal(("later on", "gray", 1), await OnlyTagAsync());
    }

    [Fact]
    public async Task A_rule_tags_what_was_read_before_it_and_what_comes_after()
    {
        await _host.PutAsync("/api/tags/lamps", new { color = "orange", rule = new { q = "LAMP" } });
        _host.Write("four", _host.Muse.Clock.GetUtcNow().ToUnixTimeMilliseconds(), "A lamp for the shed");
        await _host.Muse.SettleAsync();

        Assert.Equal(["four", "three", "one"], (await _host.ListAsync("?tag=lamps")).Items.Select(s => s.NativeId));
        Assert.Equal(("lamps", "orange", 3), await OnlyTagAsync());
        Assert.Equal(3, Assert.Single((await _host.Muse.GetAsync<Sessions.Features.ListFacets.ListFacets.Response>("/api/sessions/facets")).Tags).Count);
    }

    [Fact]
    public async Task All_parts_of_a_rule_must_hold()
    {
        await _host.PutAsync("/api/tags/lamps", new { rule = new { q = "lamp", project = "/home/ann/garden" } });

        Assert.Equal("three", Assert.Single((await _host.ListAsync("?tag=lamps")).Items).NativeId);
    }

    [Fact]
    public async Task What_a_person_takes_off_stays_off_whatever_the_rule_says()
    {
        await _host.PutAsync("/api/tags/lamps", new { rule = new { q = "lamp" } });

        await _host.DeleteAsync($"/api/sessions/{CuratedHost.One}/tags/lamps");

        Assert.Equal("three", Assert.Single((await _host.ListAsync("?tag=lamps")).Items).NativeId);
        Assert.Empty((await _host.MarksAsync(CuratedHost.One)).Tags);
    }

    [Fact]
    public async Task A_new_name_goes_along_with_all_who_carry_it()
    {
        await _host.PutAsync($"/api/sessions/{CuratedHost.Two}/tags/later");

        await _host.PutAsync("/api/tags/later", new { name = "soon", color = "teal" });

        Assert.Equal(["soon"], (await _host.MarksAsync(CuratedHost.Two)).Tags);
        Assert.Equal(("soon", "teal", 1), await OnlyTagAsync());
    }

    [Fact]
    public async Task A_name_that_is_taken_is_a_conflict()
    {
        await _host.PutAsync("/api/tags/later", new { });
        await _host.PutAsync("/api/tags/soon", new { });

        var (status, problem) = await _host.RefusedAsync(HttpMethod.Put, "/api/tags/later", new { name = "Soon" });

        Assert.Equal((HttpStatusCode.Conflict, "tag-taken"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_dropped_tag_is_on_no_session_also_when_it_comes_back()
    {
        await _host.PutAsync($"/api/sessions/{CuratedHost.Two}/tags/later");

        Assert.Equal(HttpStatusCode.NoContent, await _host.DeleteAsync("/api/tags/later"));
        await _host.PutAsync("/api/tags/later", new { });

        Assert.Equal(("later", "gray", 0), await OnlyTagAsync());
    }

    [Theory]
    [InlineData("/api/tags/none", "tag-not-found")]
    [InlineData("/api/views/none", "view-not-found")]
    public async Task What_is_not_there_is_404(string address, string code)
    {
        var (status, problem) = await _host.RefusedAsync(HttpMethod.Delete, address);

        Assert.Equal((HttpStatusCode.NotFound, code), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_tag_that_is_not_there_cannot_be_taken_off()
    {
        var (status, problem) = await _host.RefusedAsync(HttpMethod.Delete, $"/api/sessions/{CuratedHost.One}/tags/none");

        Assert.Equal((HttpStatusCode.NotFound, "tag-not-found"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Bad_tags_are_refused_by_the_field_that_is_wrong()
    {
        (string Address, object Body, string Field)[] bad =
        [
            ("/api/tags/-x", new { }, "tag"),
            ("/api/tags/x", new { name = "a,b" }, "name"),
            ("/api/tags/x", new { color = "red" }, "color"),
            ("/api/tags/x", new { rule = new { q = " " } }, "rule"),
            ("/api/tags/x", new { rule = new { agent = "nobody" } }, "rule"),
            ("/api/tags/x", new { rule = new { state = "asleep" } }, "rule"),
            ($"/api/sessions/{CuratedHost.One}/tags/%1B", new { }, "tag"),
            ("/api/views/x", new { filter = "" }, "filter"),
            ("/api/views/x", new { filter = "cursor=1" }, "filter"),
            ($"/api/views/{new string('x', 61)}", new { filter = "q=x" }, "name"),
        ];

        foreach (var (address, body, field) in bad)
        {
            var (status, problem) = await _host.RefusedAsync(HttpMethod.Put, address, body);
            Assert.Equal((address, HttpStatusCode.BadRequest), (address, status));
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), $"{address}: {problem}");
        }
    }

    [Fact]
    public async Task A_view_is_kept_changed_and_dropped()
    {
        await _host.PutAsync("/api/views/To%20read", new { filter = "is=unread" });
        await _host.PutAsync("/api/views/To%20read", new { filter = "is=unread&agent=codex" });
        Assert.Equal([new ListViews.Response("To read", "is=unread&agent=codex")], await _host.Muse.GetAsync<ListViews.Response[]>("/api/views"));

        await _host.DeleteAsync("/api/views/To%20read");

        Assert.Empty(await _host.Muse.GetAsync<ListViews.Response[]>("/api/views"));
    }

    [Fact]
    public async Task New_tags_views_and_notes_are_told_to_who_watches()
    {
        using var events = await _host.Muse.ListenAsync("/api/events?topics=sessions");
        await events.NextAsync("hello");

        await _host.PutAsync("/api/tags/later", new { });
        Assert.Equal("tags", (await events.NextAsync("curation")).Data.GetProperty("part").GetString());
        await _host.PutAsync("/api/views/x", new { filter = "q=x" });
        Assert.Equal("views", (await events.NextAsync("curation")).Data.GetProperty("part").GetString());
        await _host.NoteAsync(CuratedHost.One, "Look here");
        Assert.Equal(CuratedHost.One, (await events.NextAsync("curation")).Data.GetProperty("sessionId").GetString());
    }

    private async Task<(string Name, string Color, int Sessions)> OnlyTagAsync()
    {
        var tag = Assert.Single(await _host.Muse.GetAsync<ListTags.Response[]>("/api/tags"));
        return (tag.Name, tag.Color, tag.Sessions);
    }
}
