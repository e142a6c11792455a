using System.Net;
using Muse.Board.Deliveries;
using Muse.Board.Evidence;
using Muse.Board.Features.GetCard;
using Muse.Board.Live;
using Muse.Board.Tmux;

namespace Muse.Board.Tests.Deliveries;

public sealed class DeliveriesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_that_the_agent_confirms_is_consumed_and_told_to_open_boards()
    {
        await using var board = new DeliveryBoard();
        await board.SeenAsync();
        board.Confirms();
        using var stream = await board.Muse.ListenAsync("/api/board/stream");

        var (status, body) = await board.ReplyAsync("run the tests");
        var end = await board.EndsAsync("consumed");

        Assert.Equal((HttpStatusCode.Accepted, "queued"), (status, body.GetProperty("state").GetString()));
        Assert.Equal(("registry", "person", "idle", "%1"), (end.Evidence, end.AskedBy, end.CardState, end.Pane));
        Assert.True(end.CreatedAtMs <= end.TypedAtMs && end.TypedAtMs <= end.SubmittedAtMs && end.SubmittedAtMs <= end.EndedAtMs);
        Assert.Equal(["run the tests"], board.Terminal.Submitted);
        Assert.Equal("queued", (await stream.NextAsync("delivery")).Data.GetProperty("state").GetString());
        Assert.Equal("typed", (await stream.NextAsync("delivery")).Data.GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_nothing_confirms_is_in_doubt_and_goes_again_only_by_a_persons_wish_and_once()
    {
        await using var board = new DeliveryBoard();
        await board.SeenAsync();
        await board.ReplyAsync("hello");
        var doubt = await board.EndsAsync("indeterminate");
        board.Confirms();

        var (first, _) = await board.PostAsync($"/api/board/deliveries/{doubt.Id}/retry");
        var again = await board.EndsAsync("consumed");
        await board.PostAsync($"/api/board/deliveries/{doubt.Id}/retry");

        Assert.Equal((HttpStatusCode.Accepted, doubt.Id), (first, again.RetryOf));
        Assert.Equal(["hello", "hello"], board.Terminal.Submitted);
    }

    [Theory]
    [InlineData(TerminalFate.Gone, "refused", "The session ended before it was submitted.")]
    [InlineData(TerminalFate.BackWithText, "indeterminate", "It stands in the box and was not submitted.")]
    [InlineData(TerminalFate.BackWithout, "indeterminate", "It was not submitted, and the box shows nothing of it.")]
    public async Task What_was_typed_and_not_submitted_is_refused_once_its_pane_is_gone_and_else_says_what_stands(TerminalFate fate, string state, string reason)
    {
        await using var board = new DeliveryBoard { Process = DeliveryBoard.Alive };
        await board.SeenAsync();
        var failed = false;
        board.Terminal.Before = step =>
        {
            if (step == "Enter")
            {
                failed = true;
                board.Terminal.Box = fate == TerminalFate.BackWithout ? "" : board.Terminal.Box;
                throw new TmuxException(TmuxFailure.Unreachable, "No server.");
            }

            if (failed && fate == TerminalFate.Gone)
            {
                throw new TmuxException(TmuxFailure.PaneGone, "There is no pane.");
            }
        };

        await board.ReplyAsync("hello");
        var end = await board.EndsAsync(state);

        Assert.Contains(reason, end.Reason, StringComparison.Ordinal);
        Assert.Empty(board.Terminal.Submitted);
    }

    [Fact]
    public async Task The_same_key_is_the_same_delivery_and_another_text_under_it_a_conflict()
    {
        await using var board = new DeliveryBoard();
        await board.SeenAsync();
        board.Confirms();
        var (_, one) = await board.ReplyAsync("hello", "k");
        var (_, two) = await board.ReplyAsync("hello", "k");
        await board.EndsAsync("consumed");

        var (status, problem) = await board.ReplyAsync("other", "k");

        Assert.Equal(one.GetProperty("id").GetString(), two.GetProperty("id").GetString());
        Assert.Equal((HttpStatusCode.Conflict, "key-used"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal(["hello"], board.Terminal.Submitted);
    }

    [Fact]
    public async Task Refused_text_is_kept_with_its_reason()
    {
        await using var board = new DeliveryBoard();
        await board.SeenAsync(Claim.Asks);

        var (asked, dialog) = await board.ReplyAsync("yes");
        var (tooLong, length) = await board.ReplyAsync(new string('x', DeliveryText.LongestBytes + 1));
        board.Get<BoardInbox>().Tell(new ProcessGone(new Board.Domain.ProcessKey(7, "700"), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));
        await board.Get<BoardInbox>().SettledAsync(Ct);
        var (ended, gone) = await board.ReplyAsync("still there?");

        Assert.Equal((HttpStatusCode.Conflict, "dialog-open"), (asked, dialog.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.BadRequest, "text-too-long"), (tooLong, length.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.Conflict, "card-ended"), (ended, gone.GetProperty("code").GetString()));
        Assert.All(await board.ListAsync(), d => Assert.Equal("refused", d.State));
        Assert.Equal(["still there?", "yes"], (await board.ListAsync()).Select(d => d.Text).Where(t => t.Length < 100));
        Assert.Empty(board.Terminal.Keys);
    }

    [Fact]
    public async Task Automation_may_not_send_commands()
    {
        await using var board = new DeliveryBoard();
        await board.SeenAsync();

        var result = await board.Get<DeliveryDesk>().ReplyAsync(board.Card, "/clear", false, null, "autopilot", Ct);

        Assert.Equal("command-refused", result.Problem?.Code);
    }

    [Fact]
    public async Task A_reply_for_a_working_codex_waits_and_can_be_taken_back()
    {
        await using var board = new DeliveryBoard("codex");
        await board.SeenAsync(Claim.Busy);
        var (_, queued) = await board.ReplyAsync("first");
        var id = queued.GetProperty("id").GetString();

        using var cancelled = await board.Muse.Client.DeleteAsync(new Uri($"/api/board/deliveries/{id}", UriKind.Relative), Ct);
        using var again = await board.Muse.Client.DeleteAsync(new Uri($"/api/board/deliveries/{id}", UriKind.Relative), Ct);
        board.Confirms();
        await board.ReplyAsync("second");
        await board.SaysAsync(Claim.TurnEnded);
        await board.SaysAsync(Claim.Idle);
        await board.EndsAsync("consumed");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Conflict), (cancelled.StatusCode, again.StatusCode));
        Assert.Equal(["second"], board.Terminal.Submitted);
    }

    [Fact]
    public async Task What_is_queued_can_be_changed_until_it_is_typed()
    {
        await using var board = new DeliveryBoard("codex");
        await board.SeenAsync(Claim.Busy);
        var (_, queued) = await board.ReplyAsync("first");
        var id = queued.GetProperty("id").GetString()!;

        var (empty, problem) = await board.EditAsync(id, " ");
        var (changed, _) = await board.EditAsync(id, "second");
        board.Confirms();
        await board.SaysAsync(Claim.TurnEnded);
        await board.SaysAsync(Claim.Idle);
        await board.EndsAsync("consumed");
        var (late, tooLate) = await board.EditAsync(id, "third");

        Assert.Equal((HttpStatusCode.BadRequest, "text-empty"), (empty, problem.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.Conflict, "not-queued"), (late, tooLate.GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.OK, "second"), (changed, Assert.Single(board.Terminal.Submitted)));
    }

    [Theory]
    [InlineData("queued", "consumed")]
    [InlineData("typed", "indeterminate")]
    [InlineData("submitted", "indeterminate")]
    public async Task After_a_restart_only_what_was_queued_goes_on(string state, string end)
    {
        await using var board = new DeliveryBoard();
        await board.SeenAsync();
        var row = board.Get<DeliveryDesk>().NewRow(board.Get<BoardCards>().Find(board.Card)!, DeliveryKind.Reply, "hello", "k", DeliveryDesk.Person);
        row.State = state;
        await board.Get<DeliveryStore>().AddAsync(row, Ct);

        await board.Muse.RestartAsync();
        board.Confirms();
        await board.SeenAsync();
        await board.EndsAsync(end);

        Assert.Equal(end == "consumed" ? 1 : 0, board.Terminal.Submitted.Count);
    }

    [Fact]
    public async Task A_dialog_is_answered_only_by_its_own_fingerprint()
    {
        await using var board = new DeliveryBoard();
        await board.SeenAsync(Claim.Asks);
        board.Terminal.Dialog = PaneTypingTests.Asked();
        var card = await board.Muse.GetAsync<GetCard.Response>($"/api/board/cards/{board.Card}");

        var (stale, problem) = await board.AnswerAsync("f0", "1");
        var (status, _) = await board.AnswerAsync(card.Dialog!.Fingerprint, "No");
        var answered = await board.EndsAsync("consumed");

        Assert.Equal((HttpStatusCode.Conflict, "dialog-changed"), (stale, problem.GetProperty("code").GetString()));
        Assert.Equal("f1", problem.GetProperty("present").GetProperty("fingerprint").GetString());
        Assert.Equal((HttpStatusCode.Accepted, "answer", "No"), (status, answered.Kind, answered.Text));
        Assert.Equal(["2"], board.Terminal.Keys);
        Assert.Equal("cd '/home/ann/my shop' && claude --resume s", card.Resume);
    }

    [Fact]
    public async Task An_unknown_card_and_an_unreachable_screen_are_problems()
    {
        await using var board = new DeliveryBoard();

        var (status, problem) = await board.PostAsync("/api/board/cards/none/reply", new { text = "x" });

        Assert.Equal((HttpStatusCode.NotFound, "card-not-found"), (status, problem.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await board.Muse.GetProblemAsync("/api/board/cards/none/screen")).Status);
    }

    public enum TerminalFate
    {
        Gone,
        BackWithText,
        BackWithout,
    }
}
