using System.Net;
using Muse.Testing;

namespace Muse.Sessions.Tests.Features.StreamEvents;

public sealed class StreamEventsTests : IAsyncLifetime
{
    private readonly MuseHost _muse = new();

    [Fact]
    public async Task A_new_session_is_told_to_who_lists_sessions()
    {
        using var stream = await _muse.ListenAsync("/api/events?topics=sessions");
        var hello = await stream.NextAsync();

        A.Transcript(_muse, "s").Prompt("Hello");
        await _muse.SettleAsync();

        var session = await stream.NextAsync("session");
        Assert.Equal(("fresh", "0"), (hello.Data.GetProperty("verdict").GetString(), hello.Id));
        Assert.Equal("s", session.Data.GetProperty("nativeId").GetString());
        Assert.Equal("1", session.Id);
    }

    [Fact]
    public async Task Items_of_a_watched_session_come_at_once()
    {
        var transcript = A.Transcript(_muse, "s").Prompt("Hello");
        await _muse.SettleAsync();
        using var stream = await _muse.ListenAsync($"/api/events?topics=sessions,session:{A.SessionId("s")}");
        await stream.NextAsync();

        transcript.Reply("Hi");
        await _muse.SettleAsync();

        var items = await stream.NextAsync();
        Assert.Equal("items", items.Type);
        Assert.Equal("Hi", items.Data.GetProperty("items")[0].GetProperty("text").GetString());
        Assert.Equal("session", (await stream.NextAsync()).Type);
    }

    [Fact]
    public async Task A_session_whose_file_vanishes_is_told_now_and_to_who_comes_back()
    {
        A.Transcript(_muse, "s").Prompt("Hello");
        await _muse.SettleAsync();
        using var stream = await _muse.ListenAsync("/api/events?topics=sessions");
        var seen = (await stream.NextAsync()).Id;

        Directory.Delete(Path.Combine(_muse.Home, ".claude", "projects"), recursive: true);
        await _muse.SettleAsync();

        Assert.Equal("missing", (await stream.NextAsync("session")).Data.GetProperty("state").GetString());
        using var second = await _muse.ListenAsync("/api/events?topics=sessions", seen);
        Assert.Equal("resumed", (await second.NextAsync()).Data.GetProperty("verdict").GetString());
        Assert.Equal("missing", (await second.NextAsync()).Data.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_tab_that_comes_back_hears_of_sessions_that_changed()
    {
        A.Transcript(_muse, "old").Prompt("Before");
        await _muse.SettleAsync();
        using var first = await _muse.ListenAsync("/api/events?topics=sessions");
        var seen = (await first.NextAsync()).Id;
        first.Dispose();
        A.Transcript(_muse, "new").Prompt("After");
        await _muse.SettleAsync();

        using var second = await _muse.ListenAsync("/api/events?topics=sessions", seen);

        var hello = await second.NextAsync();
        Assert.Equal(("resumed", seen), (hello.Data.GetProperty("verdict").GetString(), hello.Id));
        Assert.Equal("new", (await second.NextAsync()).Data.GetProperty("nativeId").GetString());
    }

    [Fact]
    public async Task A_tab_says_how_much_of_a_transcript_it_has()
    {
        var transcript = A.Transcript(_muse, "s").Prompt("Hello");
        await _muse.SettleAsync();
        var window = await _muse.GetAsync<Muse.Sessions.Features.GetSession.GetSession.Response>($"/api/sessions/{A.SessionId("s")}?limit=5");
        transcript.Reply("Between");
        await _muse.SettleAsync();

        using var stream = await _muse.ListenAsync($"/api/events?topics=session:{A.SessionId("s")}@{window.Generation}.{window.Revision}");

        Assert.Equal("resumed", (await stream.NextAsync()).Data.GetProperty("verdict").GetString());
        Assert.Equal("Between", (await stream.NextAsync("items")).Data.GetProperty("items")[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("5000")]
    [InlineData("nonsense")]
    public async Task A_number_from_elsewhere_is_a_gap(string lastEventId)
    {
        using var stream = await _muse.ListenAsync("/api/events?topics=sessions", lastEventId);

        Assert.Equal("gap", (await stream.NextAsync()).Data.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Who_watches_the_ingest_hears_how_far_it_is()
    {
        using var stream = await _muse.ListenAsync("/api/events?topics=ingest");
        await stream.NextAsync();

        A.Transcript(_muse, "s").Prompt("Hello");
        await _muse.SettleAsync();

        Assert.Equal(1, (await stream.NextAsync("ingest")).Data.GetProperty("filesTotal").GetInt32());
    }

    [Fact]
    public async Task The_answer_is_neither_stored_nor_held_back()
    {
        using var stream = await _muse.ListenAsync("/api/events");

        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no", stream.Response.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.True(stream.Response.Headers.CacheControl is { NoCache: true, NoStore: true });
    }

    [Theory]
    [InlineData("weather")]
    [InlineData("session:")]
    [InlineData("session:s1@5")]
    [InlineData("sessions,session:s1@1.2:")]
    public async Task A_topic_that_makes_no_sense_is_refused(string topics)
    {
        var (status, problem) = await _muse.GetProblemAsync($"/api/events?topics={topics}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty("topics", out _));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _muse.DisposeAsync();
}
