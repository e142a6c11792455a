using System.Net;
using System.Net.Http.Json;
using Muse.Contracts.Sessions;
using Muse.Testing;
using Slice = Muse.Insights.Features.GetJournal.GetJournal;

namespace Muse.Insights.Tests.Features.GetJournal;

public sealed class GetJournalTests : IAsyncDisposable
{
    private readonly JournalHost _journal = new();

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    [Fact]
    public async Task A_day_tells_what_its_sessions_did_on_it()
    {
        await _journal.TellAsync(
            JournalHost.Asked("s1", "2026-03-10T09:00:00", "Widen the beam", 4), JournalHost.Response("s1", "2026-03-10T11:30:00"),
            JournalHost.Response("s1", "2026-03-11T08:00:00"), JournalHost.Asked("s2", "2026-03-10T08:00:00", "Mend the fuse"));

        var day = await _journal.GetAsync("2026-03-10");

        Assert.Equal(["s2", "s1"], day.Sessions.Select(s => s.Id));
        var (first, beam) = (day.Sessions[0], day.Sessions[1]);
        Assert.Equal((JournalHost.At("2026-03-10T09:00:00"), JournalHost.At("2026-03-10T11:30:00")), (beam.FromMs, beam.ToMs));
        Assert.Equal((false, true, 2L, 1), (beam.BeganBefore, beam.WentOn, beam.Responses, beam.Asks));
        Assert.Equal(2 * first.CostMicroUsd, beam.CostMicroUsd);
        Assert.Equal([("s2", "Mend the fuse", "0"), ("s1", "Widen the beam", "4")], day.Asks.Select(a => (a.SessionId, a.Text, a.Item)));
        Assert.Equal((2, 2, 3L, 3 * first.CostMicroUsd), (day.Totals.Sessions, day.Totals.Asks, day.Totals.Responses, day.Totals.CostMicroUsd));
    }

    [Fact]
    public async Task The_day_before_is_told_beside_it()
    {
        await _journal.TellAsync(JournalHost.Asked("s1", "2026-03-10T09:00:00", "Widen"), JournalHost.Response("s2", "2026-03-11T09:00:00"), JournalHost.Response("s2", "2026-03-11T09:01:00"));

        var day = await _journal.GetAsync("2026-03-11");

        Assert.Equal((1, 0, 2L), (day.Totals.Sessions, day.Totals.Asks, day.Totals.Responses));
        Assert.Equal((1, 1, 1L), (day.DayBefore.Sessions, day.DayBefore.Asks, day.DayBefore.Responses));
    }

    [Fact]
    public async Task An_empty_day_names_the_nearest_that_have_something()
    {
        await _journal.TellAsync(JournalHost.Response("s1", "2026-03-10T09:00:00"), JournalHost.Asked("s2", "2026-03-20T23:30:00", "Widen"));

        var day = await _journal.GetAsync("2026-03-15", "Europe/Berlin");
        var first = await _journal.GetAsync("2026-03-10", "Europe/Berlin");

        Assert.Empty(day.Sessions);
        Assert.Equal((new DateOnly(2026, 3, 10), new DateOnly(2026, 3, 21)), (day.Previous, day.Next));
        Assert.Equal((null, new DateOnly(2026, 3, 21)), (first.Previous, first.Next));
    }

    [Fact]
    public async Task Without_a_day_it_is_today_and_what_is_of_the_future_is_on_no_day()
    {
        await _journal.TellAsync(JournalHost.Response("s1", "2026-07-01T09:00:00"), JournalHost.Response("s1", "2031-01-01T00:00:00"), JournalHost.Response("s1", "1970-01-01T00:00:00"));

        var today = await _journal.Muse.GetAsync<Slice.Response>("/api/journal?zone=UTC");

        Assert.Equal((new DateOnly(2026, 7, 1), 1L), (today.Day, today.Totals.Responses));
        Assert.Equal((null, null), (today.Previous, today.Next));
        Assert.Empty((await _journal.GetAsync("2031-01-01")).Sessions);
        Assert.Empty((await _journal.GetAsync("1970-01-01")).Sessions);
    }

    [Fact]
    public async Task Errors_are_told_by_session_with_the_place_of_the_first()
    {
        var at = JournalHost.At("2026-03-10T09:00:00");
        await _journal.TellAsync(
            JournalHost.Response("s1", "2026-03-10T09:00:00") with
            {
                Tools = [new ToolSeen(7, at, "Bash", "error", null), new ToolSeen(9, at + 5, "Bash", "error", null), new ToolSeen(10, at + 6, "Edit", "denied", null), new ToolSeen(11, at + 7, "Read", "ok", 3)],
                Errors = [new ErrorSeen(12, at + 8, "overloaded", "529")],
            },
            JournalHost.Response("s1", "2026-03-10T08:00:00") with { AgentId = "sub", Tools = [new ToolSeen(2, at - 5, "Grep", "error", null)] });

        var day = await _journal.GetAsync("2026-03-10");

        var failures = Assert.Single(day.Errors);
        Assert.Equal((1, 3, at - 5, "2", "sub"), (failures.ApiErrors, failures.ToolErrors, failures.FirstAtMs, failures.Item, failures.Agent));
        Assert.Equal([("Bash", 2), ("Grep", 1), ("overloaded", 1)], failures.Names.Select(n => (n.Name, n.Count)));
        Assert.Equal((1, 3), (day.Totals.ApiErrors, day.Totals.ToolErrors));
    }

    [Fact]
    public async Task What_a_subagent_was_told_and_what_the_agent_replied_is_nothing_a_person_asked()
    {
        var at = JournalHost.At("2026-03-10T09:00:00");
        await _journal.TellAsync(
            JournalHost.Response("s1", "2026-03-10T09:00:00") with { Prompts = [new PromptSeen(1, at, true, "Done."), new PromptSeen(2, 0, false, "No clock")] },
            JournalHost.Asked("s1", "2026-03-10T09:05:00", "Find callers") with { AgentId = "sub" });

        Assert.Empty((await _journal.GetAsync("2026-03-10")).Asks);
    }

    [Fact]
    public async Task A_rewritten_transcript_tells_an_ask_once_and_opens_it_where_it_stands_now()
    {
        await _journal.TellAsync(JournalHost.Asked("s1", "2026-03-10T09:00:00", "Widen", 4) with { Generation = 71 });
        await _journal.TellAsync(JournalHost.Asked("s1", "2026-03-10T09:00:00", "Widen", 2) with { Generation = 72 });

        Assert.Equal("2", Assert.Single((await _journal.GetAsync("2026-03-10")).Asks).Item);
    }

    [Fact]
    public async Task Commits_stand_on_the_day_on_which_the_work_was_done_with_what_became_of_them()
    {
        var git = _journal.Repository();
        git.Write("a.txt", "a\n");
        git.Commit("Begin");
        git.Pass(30);
        var edited = new EditSeen(1, git.Now.ToUnixTimeMilliseconds(), git.Write("b.txt", "b\n"), 1, 0);
        git.Pass(1);
        var hash = git.Commit("Widen | the beam").Hash;
        await _journal.TellAsync(A.Read("ships", 0, A.Usage("u", git.Now.ToUnixTimeMilliseconds())) with
        {
            ProjectPath = git.Folder, Edits = [edited], Commits = [new CommitSeen(2, git.Now.ToUnixTimeMilliseconds(), hash[..7], "Widen")],
        });
        await _journal.LookAtGitAsync();

        var day = await _journal.GetAsync(git.Now.UtcDateTime.ToString("yyyy-MM-dd", null));

        var commit = Assert.Single(day.Commits, c => c.Confidence == "high");
        Assert.Equal((hash, "Widen | the beam", "ships", "shipped"), (commit.Hash, commit.Subject, commit.SessionId, commit.State));
        Assert.Equal(("shipped", 1), (Assert.Single(day.Sessions).Outcome, day.Sessions[0].Commits));
        Assert.Equal(1, day.Totals.Commits);
    }

    [Fact]
    public async Task Notes_stand_on_the_day_on_which_they_were_written()
    {
        A.Transcript(_journal.Muse, "noted").Prompt("Widen the beam").Reply("Done.");
        await _journal.Muse.SettleAsync();
        using var added = await _journal.Muse.Client.PostAsJsonAsync($"/api/sessions/{A.SessionId("noted")}/notes", new { text = "It **worked**." });
        added.EnsureSuccessStatusCode();

        var day = await _journal.GetAsync("2026-07-01");

        var note = Assert.Single(day.Notes);
        Assert.Equal(("It **worked**.", "Widen the beam", JournalHost.Now.ToUnixTimeMilliseconds()), (note.Text, note.Title, note.AtMs));
        Assert.Equal(1, day.Totals.Notes);
        Assert.Equal(new DateOnly(2026, 7, 1), (await _journal.GetAsync("2026-06-30")).Next);
        Assert.Equal(new DateOnly(2026, 7, 1), (await _journal.GetAsync("2026-07-02")).Previous);
    }

    [Theory]
    [InlineData("day=yesterday", "day")]
    [InlineData("day=2026-02-30", "day")]
    [InlineData("zone=Mars/Olympus", "zone")]
    [InlineData("format=xml", "format")]
    public async Task What_is_wrong_is_named(string query, string field)
    {
        var (status, problem) = await _journal.Muse.GetProblemAsync($"/api/journal?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }
}
