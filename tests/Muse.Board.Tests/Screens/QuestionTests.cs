using Muse.Board.Screens;

namespace Muse.Board.Tests.Screens;

/// <summary>Dialogs that ask several questions or let several boxes be ticked.</summary>
public sealed class QuestionTests
{
    [Theory]
    [InlineData("claude-code", "several-boxes", 1, 2)]
    [InlineData("claude-code", "second-question", 2, 2)]
    [InlineData("codex", "second-question", 2, 2)]
    [InlineData("gemini", "several-boxes", 1, 2)]
    [InlineData("gemini", "second-question", 2, 2)]
    public void It_is_told_which_of_several_questions_is_shown(string agent, string name, int number, int count) =>
        Assert.Equal(new DialogStep(number, count), Of(agent, name).Step);

    [Theory]
    [InlineData("claude-code", "review")]
    [InlineData("claude-code", "question")]
    [InlineData("codex", "question")]
    [InlineData("gemini", "review")]
    public void The_review_and_a_question_alone_are_none_of_several(string agent, string name) => Assert.Null(Of(agent, name).Step);

    [Fact]
    public void Boxes_are_told_with_their_ticks_and_a_field_is_no_choice()
    {
        var dialog = Claude(ClaudeDrawing.Boxes("2"));

        Assert.Equal(("Which bulbs shall it be?", true, false, false), (dialog.Title, dialog.MultiSelect, dialog.IsTyping, dialog.HasMore));
        Assert.Equal(
            [
                new DialogChoice(1, "Warm", true, false), new DialogChoice(2, "Cold", false, true), new DialogChoice(3, "Red", false, false),
                new DialogChoice(4, "Type something", false, false, IsField: true), new DialogChoice(5, "Chat about this", false, null),
            ],
            dialog.Choices);
    }

    [Theory]
    [InlineData("Type something")]
    [InlineData("my own words")]
    public void A_field_with_the_focus_is_seen_whatever_stands_in_it(string field) =>
        Assert.True(Claude(ClaudeDrawing.Boxes("", focus: 4, field)).IsTyping);

    [Fact]
    public void A_field_of_a_question_with_one_answer_and_notes_take_keys_too()
    {
        Assert.True(Claude(ClaudeDrawing.Shade(focus: 3)).IsTyping);
        Assert.True(Of("codex", "notes").IsTyping);
        Assert.False(Of("codex", "second-question").IsTyping);
        Assert.False(Of("gemini", "review").IsTyping);
    }

    [Theory]
    [InlineData("claude-code", "second-question", "Which shade?")]
    [InlineData("codex", "second-question", "Which bulb shall it be?")]
    [InlineData("gemini", "second-question", "Which shade?")]
    public void The_tabs_of_the_questions_are_no_title(string agent, string name, string title) => Assert.Equal(title, Of(agent, name).Title);

    [Fact]
    public void A_list_that_goes_on_is_told() => Assert.True(Of("gemini", "several-boxes").HasMore);

    [Fact]
    public void What_only_Enter_answers_has_that_as_its_choice()
    {
        var dialog = Of("gemini", "review");

        Assert.Equal("Review your answers", dialog.Title);
        Assert.Equal(new DialogChoice(0, "Submit answers", true, null), Assert.Single(dialog.Choices));
        Assert.Contains("Bulbs → Warm", dialog.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Ticks_focus_and_a_filled_field_leave_it_the_same_question_and_another_question_is_another()
    {
        var asked = Claude(ClaudeDrawing.Boxes(""));

        Assert.True(Claude(ClaudeDrawing.Boxes("13", focus: 2)).AsksTheSame(asked));
        Assert.False(Claude(ClaudeDrawing.Shade()).AsksTheSame(asked));
        Assert.False(Claude(ClaudeDrawing.Review("Warm")).AsksTheSame(asked));
        Assert.NotEqual(asked.Fingerprint, Claude(ClaudeDrawing.Boxes("1")).Fingerprint);
        Assert.NotEqual(Claude(ClaudeDrawing.Review("Warm")).Fingerprint, Claude(ClaudeDrawing.Review("Cold")).Fingerprint);
    }

    private static ScreenDialog Of(string agent, string name) =>
        Reading.Reader.Read(agent, MadeUpScreenTests.All.Single(d => d.Agent == agent && d.Name == name).Capture).Dialog!;

    private static ScreenDialog Claude(IEnumerable<string> lines) =>
        Reading.Reader.Read("claude-code", new PaneCapture(Pen.Page(["❯ ask", .. lines]), "", "", 0, 0, InMode: false)).Dialog!;
}
