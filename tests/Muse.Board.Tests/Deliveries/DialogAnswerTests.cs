using System.Net;
using Muse.Board.Deliveries;
using Muse.Board.Domain;
using Muse.Board.Evidence;
using Muse.Board.Features.GetCard;
using Muse.Board.Screens;

namespace Muse.Board.Tests.Deliveries;

/// <summary>Answers to dialogs whose boxes are to be ticked, and to several questions in turn.</summary>
public sealed class DialogAnswerTests
{
    [Fact]
    public async Task Boxes_are_ticked_and_unticked_as_asked_and_then_the_next_question_comes()
    {
        await using var board = await AskedAsync(Boxes());
        board.Terminal.Then.Enqueue(PaneTypingTests.Asked() with { Fingerprint = "f2" });
        var shown = await DialogAsync(board);

        var (status, _) = await board.AnswerAsync(shown.Fingerprint, "Warm", "3");
        var first = await board.EndsAsync("consumed");
        var next = await DialogAsync(board);
        await board.AnswerAsync(next.Fingerprint, "No");
        await board.EndsAsync("consumed");

        Assert.Equal((HttpStatusCode.Accepted, "Warm\nRed", "screen"), (status, first.Text, first.Evidence));
        Assert.Equal((true, 1, 2, null), (shown.MultiSelect, shown.Step!.Number, shown.Step.Count, shown.InPane));
        Assert.Equal([false, true, false, false, null], shown.Choices.Select(c => c.Checked));
        Assert.Equal("Type something", Assert.Single(shown.Choices, c => c.FreeText).Label);
        Assert.Equal(["1", "2", "3", "Right", "2"], board.Terminal.Keys);
    }

    [Fact]
    public async Task Boxes_that_are_ticked_already_are_left_alone()
    {
        await using var board = await AskedAsync(Boxes());

        await board.AnswerAsync("b1", "Cold");
        await board.EndsAsync("consumed");

        Assert.Equal(["Right"], board.Terminal.Keys);
    }

    [Fact]
    public async Task A_box_that_does_not_show_its_tick_stops_the_answer_before_anything_is_sent()
    {
        await using var board = await AskedAsync(Boxes(), new ScriptedTerminal { Stuck = ["3"] });

        await board.AnswerAsync("b1", "Cold", "Red");
        var end = await board.EndsAsync("indeterminate");

        Assert.Contains("'Red' was pressed", end.Reason, StringComparison.Ordinal);
        Assert.Equal(["3"], board.Terminal.Keys);
    }

    [Fact]
    public async Task Beside_boxes_a_choice_that_answers_alone_is_taken_alone()
    {
        await using var board = await AskedAsync(Boxes() with { Choices = [.. Boxes().Choices[..1], new(2, "Chat about this", false, null)] });

        var (both, problem) = await board.AnswerAsync("b1", "Warm", "Chat about this");
        await board.AnswerAsync("b1", "Chat about this");
        await board.EndsAsync("consumed");

        Assert.Equal((HttpStatusCode.Conflict, "one-choice"), (both, problem.GetProperty("code").GetString()));
        Assert.Equal(["2"], board.Terminal.Keys[..1]);
    }

    [Theory]
    [InlineData("free-text", "Type something")]
    [InlineData("no-such-choice", "Blue")]
    [InlineData("no-such-choice", "Warm", "Blue")]
    [InlineData("dialog-changed", "Warm")]
    public async Task What_cannot_be_chosen_is_refused_with_its_reason(string code, params string[] choices)
    {
        await using var board = await AskedAsync(Boxes());

        var (status, problem) = await board.AnswerAsync(code == "dialog-changed" ? "b0" : "b1", choices);

        Assert.Equal((HttpStatusCode.Conflict, code), (status, problem.GetProperty("code").GetString()));
        Assert.Empty(board.Terminal.Keys);
    }

    [Fact]
    public async Task Where_a_key_would_be_typed_or_boxes_are_unseen_the_pane_is_named()
    {
        await using var typing = await AskedAsync(Boxes() with { IsTyping = true });
        await using var longer = await AskedAsync(Boxes() with { HasMore = true });
        await using var one = await AskedAsync(PaneTypingTests.Asked());

        Assert.Equal("field-focused", (await typing.AnswerAsync("b1", "Warm")).Body.GetProperty("code").GetString());
        Assert.Equal("choices-unseen", (await longer.AnswerAsync("b1", "Warm")).Body.GetProperty("code").GetString());
        Assert.Equal("one-choice", (await one.AnswerAsync("f1", "Yes", "No")).Body.GetProperty("code").GetString());
        Assert.Contains("answer it in its pane", (await DialogAsync(typing)).InPane, StringComparison.Ordinal);
        Assert.Empty(typing.Terminal.Keys.Concat(longer.Terminal.Keys).Concat(one.Terminal.Keys));
    }

    [Fact]
    public async Task An_answer_without_a_choice_is_no_answer()
    {
        await using var board = await AskedAsync(Boxes());

        Assert.Equal(HttpStatusCode.BadRequest, (await board.AnswerAsync("b1")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await board.PostAsync($"/api/board/cards/{board.Card}/answer", new { fingerprint = "b1" })).Status);
        Assert.Empty(board.Terminal.Keys);
    }

    [Fact]
    public async Task A_field_that_gets_the_focus_meanwhile_gets_no_key()
    {
        var terminal = new ScriptedTerminal();
        await using var board = await AskedAsync(Boxes(), terminal);
        terminal.Before = step => terminal.Dialog = step == "leave" ? Boxes() with { IsTyping = true } : terminal.Dialog;

        await board.AnswerAsync("b1", "Warm");
        var end = await board.EndsAsync("refused");

        Assert.Contains("has the focus", end.Reason, StringComparison.Ordinal);
        Assert.Empty(terminal.Keys);
    }

    private static ScreenDialog Boxes() => new(
        NeedReason.Question, "Which bulbs shall it be?", null,
        [new(1, "Warm", true, false), new(2, "Cold", false, true), new(3, "Red", false, false), new(4, "Type something", false, false, IsField: true), new(5, "Chat about this", false, null)],
        "b1", true)
    {
        Step = new DialogStep(1, 2),
    };

    private static async Task<DeliveryBoard> AskedAsync(ScreenDialog dialog, ScriptedTerminal? terminal = null)
    {
        var board = new DeliveryBoard(terminal: terminal);
        await board.SeenAsync(Claim.Asks);
        board.Terminal.Dialog = dialog;
        return board;
    }

    private static async Task<DialogView> DialogAsync(DeliveryBoard board) =>
        (await board.Muse.GetAsync<GetCard.Response>($"/api/board/cards/{board.Card}")).Dialog!;
}
