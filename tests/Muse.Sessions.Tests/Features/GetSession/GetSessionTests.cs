using System.Net;
using Muse.Testing;
using Slice = Muse.Sessions.Features.GetSession.GetSession;

namespace Muse.Sessions.Tests.Features.GetSession;

public sealed class GetSessionTests(GetSessionTests.Archive muse) : IClassFixture<GetSessionTests.Archive>
{
    [Fact]
    public async Task The_tail_is_the_last_items_with_their_texts()
    {
        var window = await GetAsync("?limit=2&anchor=tail");

        Assert.Equal(["38", "39"], window.Items.Select(i => i.Id));
        Assert.Equal(("prompt", "Question 19"), (window.Items[0].Kind, window.Items[0].Text));
        Assert.Equal(("reply", "Answer 19"), (window.Items[1].Kind, window.Items[1].Text));
        Assert.Equal((40, true, false), (window.Total, window.HasBefore, window.HasAfter));
        Assert.Equal("long", window.Session.NativeId);
    }

    [Theory]
    [InlineData("?limit=3&anchor=head", "0,1,2", false, true)]
    [InlineData("?limit=3&before=3", "0,1,2", false, true)]
    [InlineData("?limit=3&before=10", "7,8,9", true, true)]
    [InlineData("?limit=3&after=10", "11,12,13", true, true)]
    [InlineData("?limit=3&after=37", "38,39", true, false)]
    [InlineData("?limit=5&around=10", "8,9,10,11,12", true, true)]
    [InlineData("?limit=1&around=10", "10", true, true)]
    [InlineData("?limit=3&anchor=head&kinds=reply", "1,3,5", false, true)]
    public async Task A_window_is_what_was_asked_for(string query, string ids, bool before, bool after)
    {
        var window = await GetAsync(query);

        Assert.Equal(ids, string.Join(',', window.Items.Select(i => i.Id)));
        Assert.Equal((before, after), (window.HasBefore, window.HasAfter));
    }

    [Fact]
    public async Task Without_a_window_the_whole_thread_comes()
    {
        var thread = await GetAsync("");

        Assert.Equal(Enumerable.Range(0, 40).Select(i => (long?)i), thread.Items.Select(i => i.Ordinal));
        Assert.Equal("Answer 19", thread.Items[^1].Text);
        Assert.Equal((40, false, false), (thread.Total, thread.HasBefore, thread.HasAfter));
        Assert.True(thread.Generation > 0 && thread.Revision > 0);
    }

    [Fact]
    public async Task A_long_text_is_cut()
    {
        var window = await muse.Host.GetWindowAsync("wordy", "?limit=10");

        Assert.True(window.Items[1].Cut);
        Assert.Equal(8000, window.Items[1].Text!.Length);
        Assert.False(window.Items[0].Cut);
    }

    [Fact]
    public async Task A_subagent_has_its_own_transcript()
    {
        var window = await muse.Host.GetWindowAsync("wordy", "?limit=10&agent=a1");

        Assert.Equal(("a1", "Look around"), (window.AgentId, window.Items[0].Text));
    }

    [Fact]
    public async Task What_is_gone_from_disk_keeps_its_previews()
    {
        var window = await muse.Host.GetWindowAsync("gone", "?limit=10");

        Assert.Equal((null, true, "Remember me"), (window.Items[0].Text, window.Items[0].Cut, window.Items[0].Preview));
        Assert.Equal("missing", window.Session.State);
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=501", "limit")]
    [InlineData("?anchor=middle", "anchor")]
    [InlineData("?before=one", "before")]
    [InlineData("?after=t5", "after")]
    [InlineData("?around=-1", "around")]
    [InlineData("?kinds=prompt,song", "kinds")]
    [InlineData("?anchor=head&limit=2&kinds=song", "kinds")]
    [InlineData("?before=3&after=3", "anchor")]
    public async Task A_parameter_that_makes_no_sense_is_named(string query, string parameter)
    {
        var (status, problem) = await muse.Host.GetProblemAsync($"/api/sessions/{A.SessionId("long")}{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(parameter, out _));
    }

    [Theory]
    [InlineData("/api/sessions/nobody", "session-not-found")]
    [InlineData("/api/sessions/nobody?limit=3", "session-not-found")]
    [InlineData("/api/sessions/{long}?agent=b", "agent-not-found")]
    [InlineData("/api/sessions/{long}?limit=3&agent=b", "agent-not-found")]
    [InlineData("/api/sessions/{long}?before=40", "item-not-found")]
    [InlineData("/api/sessions/{long}?before=t999999.0", "item-not-found")]
    [InlineData("/api/sessions/{long}?before=900000000000", "item-not-found")]
    public async Task What_is_not_there_is_404(string address, string code)
    {
        var (status, problem) = await muse.Host.GetProblemAsync(address.Replace("{long}", A.SessionId("long"), StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal(code, problem.GetProperty("code").GetString());
    }

    private Task<Slice.Response> GetAsync(string query) => muse.Host.GetWindowAsync("long", query);

    public sealed class Archive : IAsyncLifetime
    {
        public MuseHost Host { get; } = new();

        public async ValueTask InitializeAsync()
        {
            var transcript = A.Transcript(Host, "long");
            foreach (var i in Enumerable.Range(0, 20))
            {
                transcript.Prompt($"Question {i}").Reply($"Answer {i}");
            }

            A.Transcript(Host, "wordy").Prompt("Tell me everything").Reply(new string('x', 20_000));
            A.Transcript(Host, "wordy", agentId: "a1").Prompt("Look around").Reply("Nothing here.");
            var gone = A.Transcript(Host, "gone").Prompt("Remember me").Reply("I shall.");
            await Host.SettleAsync();
            File.Delete(gone.Path);
            await Host.SettleAsync();
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}

internal static class GetSessionRequests
{
    public static Task<Slice.Response> GetWindowAsync(this MuseHost muse, string session, string query) =>
        muse.GetAsync<Slice.Response>($"/api/sessions/{A.SessionId(session)}{query}");
}
