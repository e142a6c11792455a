using System.Net;
using System.Net.Http.Json;
using Slice = Muse.Sessions.Features.MarkSessions.MarkSessions;

namespace Muse.Sessions.Tests.Features.Curation;

public sealed class MarkSessionsTests : IAsyncLifetime
{
    private CuratedHost _host = null!; // made before each test

    public async ValueTask InitializeAsync() => _host = await new CuratedHost().WithSessionsAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("star", "starred")]
    [InlineData("pin", "pinned")]
    [InlineData("archive", "archived")]
    public async Task Several_are_marked_at_once_and_what_changed_can_be_taken_back(string mark, string found)
    {
        await _host.PutAsync($"/api/sessions/{CuratedHost.Two}/{mark}");

        var done = await PostAsync(new { ids = new[] { CuratedHost.One, CuratedHost.Two, "nobody" }, mark, on = true });

        Assert.Equal([CuratedHost.One], done.Changed);
        Assert.Equal(["nobody"], done.Unknown);
        Assert.Equal(["one", "two"], (await _host.ListAsync($"?is={found}")).Items.Select(s => s.NativeId).Order(StringComparer.Ordinal));

        await PostAsync(new { ids = done.Changed, mark, on = false });

        Assert.Equal("two", Assert.Single((await _host.ListAsync($"?is={found}")).Items).NativeId);
    }

    [Fact]
    public async Task Several_are_read_and_unread_again()
    {
        await PostAsync(new { ids = new[] { CuratedHost.One, CuratedHost.Three }, mark = "read", on = false });
        Assert.Equal(["three", "one"], (await _host.ListAsync("?is=unread")).Items.Select(s => s.NativeId));

        var done = await PostAsync(new { ids = new[] { CuratedHost.One, CuratedHost.Two, CuratedHost.Three }, mark = "read", on = true });

        Assert.Equal([CuratedHost.One, CuratedHost.Three], done.Changed);
        Assert.Empty((await _host.ListAsync("?is=unread")).Items);
    }

    [Fact]
    public async Task A_tag_is_put_on_several_and_made_if_there_is_none()
    {
        await _host.PutAsync("/api/tags/lamps", new { rule = new { q = "lamp" } });

        var done = await PostAsync(new { ids = new[] { CuratedHost.One, CuratedHost.Two }, tag = "Lamps", on = true });
        var made = await PostAsync(new { ids = new[] { CuratedHost.Three }, tag = "later", on = true });

        Assert.Equal([CuratedHost.Two], done.Changed); // the rule had put it on the other
        Assert.Equal([CuratedHost.Three], made.Changed);
        Assert.Equal(["lamps", "later"], (await _host.MarksAsync(CuratedHost.Three)).Tags);
        Assert.Equal(["lamps"], (await _host.MarksAsync(CuratedHost.Two)).Tags);
    }

    [Theory]
    [InlineData("""{"ids":[],"mark":"star","on":true}""", "ids")]
    [InlineData("""{"ids":["a"],"on":true}""", "mark")]
    [InlineData("""{"ids":["a"],"mark":"star","tag":"later","on":true}""", "mark")]
    [InlineData("""{"ids":["a"],"mark":"loud","on":true}""", "mark")]
    [InlineData("""{"ids":["a"],"tag":"!","on":true}""", "tag")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        var (status, problem) = await _host.RefusedAsync(HttpMethod.Post, "/api/sessions/marks", System.Text.Json.JsonElement.Parse(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Fact]
    public async Task A_tag_that_there_is_not_cannot_be_taken_off()
    {
        var (status, problem) = await _host.RefusedAsync(HttpMethod.Post, "/api/sessions/marks", new { ids = new[] { CuratedHost.One }, tag = "later", on = false });

        Assert.Equal((HttpStatusCode.NotFound, "tag-not-found"), (status, problem.GetProperty("code").GetString()));
    }

    private async Task<Slice.Response> PostAsync(object body)
    {
        using var response = await _host.Muse.Client.PostAsJsonAsync("/api/sessions/marks", body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<Slice.Response>())!; // it has a body
    }
}
