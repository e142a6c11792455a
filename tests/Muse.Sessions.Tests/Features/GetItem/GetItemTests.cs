using System.Net;
using System.Text.Json.Nodes;
using Muse.Testing;
using Slice = Muse.Sessions.Features.GetItem.GetItem;

namespace Muse.Sessions.Tests.Features.GetItem;

public sealed class GetItemTests(GetItemTests.Archive muse) : IClassFixture<GetItemTests.Archive>
{
    [Fact]
    public async Task A_tool_call_shows_its_input_and_output()
    {
        var body = await GetAsync("1");

        Assert.Equal(("tool", "Bash"), (body.Kind, body.Name));
        Assert.Equal("ls -l", body.Input!.Value.GetProperty("command").GetString());
        Assert.Equal("total 0\nlamp.txt", body.Output);
        Assert.True(body is { OutputCut: false, LineLength: > 0, ResultOffset: > 0, ResultLength: > 0 });
    }

    [Fact]
    public async Task A_text_is_whole_where_a_window_cut_it()
    {
        var body = await GetAsync("2");

        Assert.Equal((20_000, false), (body.Text!.Length, body.TextCut));
    }

    [Fact]
    public async Task A_picture_is_told_of()
    {
        var image = Assert.Single((await GetAsync("3")).Images);

        Assert.Equal((0, "image/png"), (image.Index, image.MediaType));
    }

    [Theory]
    [InlineData("{s}/items/99", HttpStatusCode.NotFound, "item-not-found")]
    [InlineData("{s}/items/first", HttpStatusCode.BadRequest, "invalid-parameter")]
    [InlineData("{s}/items/0?agent=b", HttpStatusCode.NotFound, "agent-not-found")]
    [InlineData("nobody/items/0", HttpStatusCode.NotFound, "session-not-found")]
    [InlineData("{s}/items/0/raw?part=middle", HttpStatusCode.BadRequest, "invalid-parameter")]
    [InlineData("{s}/items/0/raw?part=result", HttpStatusCode.NotFound, "result-not-found")]
    [InlineData("{s}/items/99/raw", HttpStatusCode.NotFound, "item-not-found")]
    [InlineData("{s}/items/3/images/1", HttpStatusCode.NotFound, "image-not-found")]
    [InlineData("{s}/items/3/images/first", HttpStatusCode.BadRequest, "invalid-parameter")]
    [InlineData("{s}/items/99/images/0", HttpStatusCode.NotFound, "item-not-found")]
    [InlineData("{gone}/items/0/raw", HttpStatusCode.NotFound, "transcript-gone")]
    [InlineData("{gone}/items/0/images/0", HttpStatusCode.NotFound, "transcript-gone")]
    public async Task What_cannot_be_shown_says_why(string address, HttpStatusCode expected, string code)
    {
        var (status, problem) = await muse.Host.GetProblemAsync("/api/sessions/" + address
            .Replace("{s}", A.SessionId("work"), StringComparison.Ordinal).Replace("{gone}", A.SessionId("gone"), StringComparison.Ordinal));

        Assert.Equal(expected, status);
        Assert.Equal(code, problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_is_left_of_a_vanished_item_is_its_preview()
    {
        var body = await muse.Host.GetAsync<Slice.Response>($"/api/sessions/{A.SessionId("gone")}/items/0");

        Assert.Equal(("Remember me", true), (body.Text, body.TextCut));
    }

    [Fact]
    public async Task The_raw_line_is_as_on_disk()
    {
        var lines = await File.ReadAllLinesAsync(muse.Work.Path);

        var call = await muse.Host.Client.GetStringAsync($"/api/sessions/{A.SessionId("work")}/items/1/raw");
        var result = await muse.Host.Client.GetStringAsync($"/api/sessions/{A.SessionId("work")}/items/1/raw?part=result");

        Assert.Equal((lines[1], lines[2]), (call, result));
    }

    [Fact]
    public async Task A_picture_comes_as_its_bytes()
    {
        using var response = await muse.Host.Client.GetAsync($"/api/sessions/{A.SessionId("work")}/items/3/images/0");

        Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(A.Png, await response.Content.ReadAsByteArrayAsync());
    }

    private Task<Slice.Response> GetAsync(string item) => muse.Host.GetAsync<Slice.Response>($"/api/sessions/{A.SessionId("work")}/items/{item}");

    public sealed class Archive : IAsyncLifetime
    {
        public MuseHost Host { get; } = new();

        internal ClaudeTranscript Work { get; private set; } = null!; // set before any test

        public async ValueTask InitializeAsync()
        {
            Work = A.Transcript(Host, "work").Prompt("Look").Call("t1", "Bash", new JsonObject { ["command"] = "ls -l" })
                .Result("t1", "total 0\nlamp.txt").Reply(new string('y', 20_000)).Image("See this", A.Png);
            var gone = A.Transcript(Host, "gone").Prompt("Remember me").Reply("I shall.");
            await Host.SettleAsync();
            File.Delete(gone.Path);
            await Host.SettleAsync();
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
