using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Muse.Sessions.Archive;
using Muse.Sessions.Features.GetBrief;
using Muse.Sessions.Features.ListOpenLoops;
using Muse.Sessions.Understanding;
using Muse.Testing;

namespace Muse.Sessions.Tests.Understanding;

public sealed class LoopTests : IAsyncDisposable
{
    private readonly DigestHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_question_that_nobody_answered_is_open()
    {
        _host.Session("s").Prompt("go").Reply("I moved the lamp.\n\nIt hangs well. Shall I also paint the wall?");

        Assert.Equal((OpenLoop.Question, "Shall I also paint the wall?", "1"), await OnlyAsync("s"));
    }

    [Fact]
    public async Task A_question_beyond_the_preview_is_found_in_what_Muse_kept_of_a_file_that_is_gone()
    {
        var transcript = _host.Session("s").Prompt("go").Reply($"{string.Concat(Enumerable.Repeat("The lamp hangs well. ", 200))}Shall I also paint the wall?");
        File.SetLastWriteTimeUtc(transcript.Path, _host.Clock.GetUtcNow().UtcDateTime.AddHours(-8));
        await _host.Muse.SettleAsync();
        await _host.Muse.Services.GetRequiredService<Archiver>().KeepAsync(gently: false, CancellationToken.None);
        File.Delete(transcript.Path);

        Assert.Equal((OpenLoop.Question, "Shall I also paint the wall?", "1"), await OnlyAsync("s"));
    }

    [Fact]
    public async Task A_digest_that_is_made_is_told_to_who_watches()
    {
        _host.Session("s").Prompt("go").Reply("Shall I?");
        await _host.Muse.SettleAsync();
        using var events = await _host.Muse.ListenAsync("/api/events?topics=sessions");
        await events.NextAsync("hello");

        await _host.DigestAsync();

        var told = await events.NextAsync("curation");
        Assert.Equal(("digest", A.SessionId("s")), (told.Data.GetProperty("part").GetString(), told.Data.GetProperty("sessionId").GetString()));
    }

    [Fact]
    public async Task An_answered_question_is_closed()
    {
        _host.Session("s").Prompt("go").Reply("Shall I paint the wall?").Prompt("yes").Reply("It is painted.");

        Assert.Empty(await _host.LoopsAsync("s"));
    }

    [Fact]
    public async Task What_the_last_word_says_is_still_to_be_done_is_open()
    {
        _host.Session("s").Prompt("go").Reply("The lamp works. The switch is not yet tested.");

        Assert.Equal((OpenLoop.Promised, "The switch is not yet tested.", "1"), await OnlyAsync("s"));
    }

    [Fact]
    public async Task A_prompt_without_an_answer_is_open()
    {
        _host.Session("s").Prompt("go").Reply("Done.").Prompt("and the wall");

        Assert.Equal((OpenLoop.Unanswered, "and the wall", "2"), await OnlyAsync("s"));
    }

    [Fact]
    public async Task What_a_person_broke_off_is_open()
    {
        _host.Session("s").Prompt("paint the wall").Run("1", "paint").Prompt("[Request interrupted by user]");

        var (kind, text, _) = await OnlyAsync("s");
        Assert.Equal((OpenLoop.Interrupted, "paint the wall"), (kind, text));
    }

    [Fact]
    public async Task What_ended_in_the_middle_of_a_call_is_open_once_it_is_quiet()
    {
        _host.Session("s").Prompt("go").Call("1", "Bash", new JsonObject { ["command"] = "sleep 9" });
        _host.Session("now", hour: 0.98).Prompt("go").Call("1", "Bash", new JsonObject { ["command"] = "sleep 9" });

        Assert.Equal(OpenLoop.Stopped, (await OnlyAsync("s")).Kind);
        Assert.Empty(await _host.LoopsAsync("now"));
    }

    [Fact]
    public async Task A_dialog_that_waits_is_a_question_and_a_command_is_no_prompt()
    {
        _host.Session("dialog").Prompt("go").Call("1", "AskUserQuestion", new JsonObject { ["questions"] = new JsonArray() });
        _host.Session("command").Prompt("go").Reply("Done.").Prompt("/exit");

        Assert.Equal(OpenLoop.Question, (await OnlyAsync("dialog")).Kind);
        Assert.Empty((await _host.HealthAsync("dialog")).Findings);
        Assert.Empty(await _host.LoopsAsync("command"));
    }

    [Fact]
    public async Task Tests_that_were_red_last_are_open_until_they_are_green()
    {
        var session = _host.Session("s").Prompt("go").Run("1", "cd shop && dotnet test", fails: true).Reply("They fail.");
        Assert.Equal((OpenLoop.TestsRed, "cd shop && dotnet test", "1"), await OnlyAsync("s"));

        session.Prompt("again").Run("2", "dotnet test tests/Shop").Reply("They pass.");
        Assert.Empty(await _host.LoopsAsync("s"));
    }

    [Fact]
    public async Task What_is_left_to_do_is_open()
    {
        _host.Session("s").Prompt("go").Todos("1", ("Hang it", "completed"), ("Wire it", "in_progress"), ("Test it", "pending")).Reply("Hung.");

        Assert.Equal((OpenLoop.Todo, "2 of 3 to do: Wire it", "1"), await OnlyAsync("s"));
    }

    [Fact]
    public async Task Archived_and_old_sessions_and_other_projects_are_left_out()
    {
        _host.Session("s").Prompt("go").Reply("Shall I?");
        _host.Session("other", "/home/ann/garden").Prompt("go").Reply("Shall I?");
        _host.Session("old", hour: -24 * 40).Prompt("go").Reply("Shall I?");
        _host.Session("away").Prompt("go").Reply("Shall I?");
        await _host.DigestAsync();
        using var archived = await _host.Muse.Client.PutAsync(new Uri($"/api/sessions/{A.SessionId("away")}/archive", UriKind.Relative), null);

        var shop = await _host.Muse.GetAsync<ListOpenLoops.Response>($"/api/open-loops?project={DigestHost.Folder}");
        var all = await _host.Muse.GetAsync<ListOpenLoops.Response>("/api/open-loops?days=365&limit=1");

        Assert.Equal("s", Assert.Single(shop.Sessions).Session.NativeId);
        Assert.Equal((1, 3), (all.Sessions.Count, all.Total));
    }

    [Theory]
    [InlineData("days=0", "days")]
    [InlineData("days=many", "days")]
    [InlineData("limit=501", "limit")]
    public async Task What_is_not_understood_is_refused_by_its_name(string query, string field)
    {
        var (status, problem) = await _host.Muse.GetProblemAsync($"/api/open-loops?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_brief_says_what_it_was_about_where_it_stands_and_what_is_next()
    {
        _host.Session("s").Prompt("Build a lamp").Edit("1", "/home/ann/shop/lamp.cs").Reply("Which colour?").Prompt("red")
            .Todos("2", ("Hang it", "completed"), ("Wire it", "pending")).Edit("3", "/home/ann/shop/wire.cs").Reply("It hangs.");
        await _host.DigestAsync();

        var answer = await _host.Muse.GetAsync<GetBrief.Response>($"/api/sessions/{A.SessionId("s")}/brief");

        var brief = Assert.IsType<Brief>(answer.Brief);
        Assert.Equal(("Build a lamp", "red", "It hangs.", "Wire it"), (brief.Goal?.Text, brief.LastAsk?.Text, brief.LastWord?.Text, brief.Next?.Text));
        Assert.Equal(["/home/ann/shop/wire.cs", "/home/ann/shop/lamp.cs"], brief.Files);
        Assert.Equal(("quiet", "red", OpenLoop.Todo), (answer.State, Assert.Single(brief.Decisions).Text, Assert.Single(answer.Loops).Kind));
    }

    [Theory]
    [InlineData("Done. All green.", null)]
    [InlineData("Is it? Yes, it is.", null)]
    [InlineData("**Shall I?**", "**Shall I?")]
    [InlineData("I fixed v1.2 of it.\nOK to merge?", "OK to merge?")]
    public void Only_a_question_at_the_end_is_one(string reply, string? question) => Assert.Equal(question, LoopRules.Question(reply));

    [Theory]
    [InlineData("Next, I'll wire it.", "Next, I'll wire it.")]
    [InlineData("Remaining work: the switch.\n\nAll done here.", null)]
    [InlineData("Nothing is left.", null)]
    [InlineData("Follow-ups: none", "Follow-ups: none")]
    public void A_promise_stands_in_the_last_words(string reply, string? promise) => Assert.Equal(promise, LoopRules.Promise(reply));

    private async Task<(string Kind, string Text, string Item)> OnlyAsync(string name)
    {
        var loop = Assert.Single(await _host.LoopsAsync(name));
        return (loop.Kind, loop.Text, loop.Item);
    }
}
