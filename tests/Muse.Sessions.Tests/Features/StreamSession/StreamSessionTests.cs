using System.Net;
using Muse.Sessions.Live;
using Muse.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Muse.Sessions.Tests.Features.StreamSession;

public sealed class StreamSessionTests : IAsyncLifetime
{
    private readonly MuseHost _muse = new();

    [Fact]
    public async Task A_line_that_is_appended_reaches_the_stream()
    {
        var transcript = A.Transcript(_muse, "s").Prompt("Hello");
        await _muse.SettleAsync();
        using var stream = await ListenAsync();
        var hello = await stream.NextAsync();

        transcript.Reply("Hi there");
        await _muse.SettleAsync();

        var items = await stream.NextAsync();
        Assert.Equal(("hello", "fresh"), (hello.Type, hello.Data.GetProperty("verdict").GetString()));
        Assert.Equal("items", items.Type);
        Assert.Equal("Hi there", items.Data.GetProperty("items")[0].GetProperty("text").GetString());
        Assert.Equal(2, items.Data.GetProperty("total").GetInt64());
        Assert.Equal($"{items.Data.GetProperty("generation")}.{items.Data.GetProperty("revision")}", items.Id);
    }

    [Fact]
    public async Task A_result_brings_its_call_again()
    {
        var transcript = A.Transcript(_muse, "s").Prompt("Hello").Call("t1", "Read", new() { ["file_path"] = "/a" });
        await _muse.SettleAsync();
        using var stream = await ListenAsync();
        await stream.NextAsync();

        transcript.Result("t1", "text");
        await _muse.SettleAsync();

        var item = (await stream.NextAsync("items")).Data.GetProperty("items")[0];
        Assert.Equal(("1", "ok"), (item.GetProperty("id").GetString(), item.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_client_that_comes_back_gets_what_it_missed()
    {
        var transcript = A.Transcript(_muse, "s").Prompt("Hello");
        await _muse.SettleAsync();
        using var first = await ListenAsync();
        var seen = (await first.NextAsync()).Id;
        first.Dispose();
        transcript.Reply("While you were out");
        await _muse.SettleAsync();

        using var second = await ListenAsync(seen);

        Assert.Equal("resumed", (await second.NextAsync()).Data.GetProperty("verdict").GetString());
        var items = await second.NextAsync();
        Assert.Equal("While you were out", items.Data.GetProperty("items")[0].GetProperty("text").GetString());
        Assert.NotEqual(seen, items.Id);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("999.1")]
    [InlineData("1.999")]
    public async Task A_mark_that_fits_nothing_is_a_gap(string mark)
    {
        A.Transcript(_muse, "s").Prompt("Hello");
        await _muse.SettleAsync();

        using var stream = await ListenAsync(mark);

        Assert.Equal("gap", (await stream.NextAsync()).Data.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_rewritten_file_resets_the_stream()
    {
        var transcript = A.Transcript(_muse, "s").Prompt("A long question before it").Reply("Answer");
        await _muse.SettleAsync();
        using var stream = await ListenAsync();
        await stream.NextAsync();

        File.Delete(transcript.Path);
        A.Transcript(_muse, "s").Prompt("New");
        await _muse.SettleAsync();

        Assert.Equal("reset", (await stream.NextAsync()).Type);
        Assert.Equal("New", (await stream.NextAsync("items")).Data.GetProperty("items")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_client_that_leaves_leaves_nothing_behind()
    {
        A.Transcript(_muse, "s").Prompt("Hello");
        await _muse.SettleAsync();
        var feed = _muse.Services.GetRequiredService<LiveFeed>();
        var stream = await ListenAsync();
        await stream.NextAsync();
        Assert.Equal(1, feed.Subscribers);

        stream.Dispose();

        Assert.True(SpinWait.SpinUntil(() => feed.Subscribers == 0, TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData("nobody/stream", "session-not-found")]
    [InlineData("{s}/stream?agent=b", "agent-not-found")]
    public async Task What_is_not_there_is_404(string address, string code)
    {
        A.Transcript(_muse, "s").Prompt("Hello");
        await _muse.SettleAsync();

        var (status, problem) = await _muse.GetProblemAsync("/api/sessions/" + address.Replace("{s}", A.SessionId("s"), StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.NotFound, code), (status, problem.GetProperty("code").GetString()));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _muse.DisposeAsync();

    private Task<EventReader> ListenAsync(string? lastEventId = null) => _muse.ListenAsync($"/api/sessions/{A.SessionId("s")}/stream", lastEventId);
}
