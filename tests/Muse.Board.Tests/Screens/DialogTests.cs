using Muse.Board.Domain;
using Muse.Board.Screens;

namespace Muse.Board.Tests.Screens;

public sealed class DialogTests
{
    [Fact]
    public void A_permission_says_what_is_to_be_allowed_and_what_can_be_answered()
    {
        var dialog = Drawn(ClaudeDrawing.Permission("rm wick.txt", 60));

        Assert.Equal((NeedReason.Permission, "Bash command", "rm wick.txt", false), (dialog.Kind, dialog.Title, dialog.Body, dialog.MultiSelect));
        Assert.Equal(
            [
                new DialogChoice(1, "Yes", true, null),
                new DialogChoice(2, "Yes, and always allow access to the whole lamp from this project", false, null),
                new DialogChoice(3, "No", false, null),
            ],
            dialog.Choices);
    }

    [Fact]
    public void A_question_has_its_words_its_choices_and_its_boxes()
    {
        var dialog = Drawn(ClaudeDrawing.Question(focus: 2, isChecked: true));

        Assert.Equal((NeedReason.Question, "Which bulb shall it be?", true), (dialog.Kind, dialog.Title, dialog.MultiSelect));
        Assert.Equal(
            [new DialogChoice(1, "Warm", false, true), new DialogChoice(2, "Cold", true, false), new DialogChoice(3, "Chat about this", false, null)],
            dialog.Choices);
    }

    [Fact]
    public void Choices_without_numbers_are_those_beside_the_focused_one()
    {
        var dialog = Reading.Reader.Read("claude-code", ClaudeDrawing.All.Single(d => d.Name == "trust").Capture).Dialog!;

        Assert.Equal([new DialogChoice(0, "No, exit", true, null), new DialogChoice(0, "Yes, I trust this folder", false, null)], dialog.Choices);
    }

    [Fact]
    public void Numbers_in_a_plan_are_no_choices()
    {
        var dialog = Reading.Reader.Read("claude-code", ClaudeDrawing.All.Single(d => d.Name == "plan").Capture).Dialog!;

        Assert.Equal(["Yes, and use auto mode", "Tell Claude what to change"], dialog.Choices.Select(c => c.Label));
        Assert.Equal("1. Trim the wick\n2. Light it", dialog.Body);
    }

    [Theory]
    [InlineData("codex", "permission", "Would you like to run the following command?", "$ rm wick.txt")]
    [InlineData("gemini", "permission", "Allow execution of [Shell]?", "rm wick.txt")]
    [InlineData("codex", "plan", "Implement this plan?", "1. Buy a bulb\n\nImplement this plan?")]
    [InlineData("gemini", "question", "Which bulb shall it be?", "Answer Questions\n\nWhich bulb shall it be?")]
    [InlineData("gemini", "plan", "Ready to start implementation?", "Ready to start implementation?\n\nA lamp\n\n1. Buy a bulb")]
    public void The_other_agents_say_it_too(string agent, string name, string title, string body)
    {
        var dialog = Reading.Reader.Read(agent, MadeUpScreenTests.All.Single(d => d.Agent == agent && d.Name == name).Capture).Dialog!;

        Assert.Equal((title, body, 1), (dialog.Title, dialog.Body, dialog.Choices.Single(c => c.Focused).Number));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(55)]
    [InlineData(120)]
    public void The_fingerprint_does_not_depend_on_width_or_focus(int width)
    {
        var dialog = Drawn(ClaudeDrawing.Permission("rm wick.txt", width, focus: 2));

        Assert.Equal(Drawn(ClaudeDrawing.Permission("rm wick.txt", 72)).Fingerprint, dialog.Fingerprint);
        Assert.Equal("Yes, and always allow access to the whole lamp from this project", dialog.Choices[1].Label);
    }

    [Fact]
    public void Another_command_or_another_check_is_another_dialog()
    {
        var prints = new[]
        {
            Drawn(ClaudeDrawing.Permission("sleep 25", 72)),
            Drawn(ClaudeDrawing.Permission("sleep 26", 72)),
            Drawn(ClaudeDrawing.Question(focus: 1, isChecked: false)),
            Drawn(ClaudeDrawing.Question(focus: 1, isChecked: true)),
        };

        Assert.Equal(4, prints.DistinctBy(d => d.Fingerprint).Count());
    }

    // Left out are the pickers that list something else at each size, and a plan that does not fit the small one.
    [Theory]
    [InlineData("claude-code", "permission-bash", "permission-amend", "permission-write", "permission-edit", "question-second", "question-multi", "question-multi-submit", "trust-dialog", "api-key-dialog", "auto-mode-offer", "bypass-dialog")]
    [InlineData("codex", "trust-dialog", "login", "permission-command", "question", "model-picker", "permissions-picker", "model-offer")]
    [InlineData("gemini", "trust-dialog", "login", "permission-write", "permission-edit", "question", "quota-exceeded")]
    public void The_same_dialog_has_the_same_fingerprint_at_both_sizes(string agent, params string[] states)
    {
        Assert.SkipWhen(Captures.Folder is null, Captures.Missing);
        var prints = states.ToDictionary(s => s, s => Captures.All.Where(c => c.Agent == agent && c.State == s)
            .Select(c => Reading.Reader.Read(agent, c.Coloured).Dialog?.Fingerprint ?? "none").ToList());

        Assert.All(prints, p => Assert.Equal((p.Key, 2, 1), (p.Key, p.Value.Count, p.Value.Distinct().Count())));
        Assert.Equal(states.Length, prints.SelectMany(p => p.Value).Distinct().Count());
    }

    [Fact]
    public void Captured_dialogs_that_differ_only_in_focus_are_one()
    {
        Assert.SkipWhen(Captures.Folder is null, Captures.Missing);
        ScreenDialog Of(string state) => Reading.Reader.Read("claude-code", Captures.All.First(c => c.Agent == "claude-code" && c.State == state).Coloured).Dialog!;

        var (first, second) = (Of("question"), Of("question-second"));

        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.Equal((1, 2), (first.Choices.Single(c => c.Focused).Number, second.Choices.Single(c => c.Focused).Number));
        Assert.Equal(["SQLite (Recommended)", "PostgreSQL", "None", "Type something.", "Chat about this"], first.Choices.Select(c => c.Label));
        Assert.NotEqual(Of("question-multi").Fingerprint, Of("question-multi-checked").Fingerprint);
        Assert.Equal([true, false, false, false, null], Of("question-multi-checked").Choices.Select(c => c.Checked));
    }

    private static ScreenDialog Drawn(IEnumerable<string> lines) =>
        Reading.Reader.Read("claude-code", new PaneCapture(Pen.Page(["❯ again", .. lines]), "", "", 0, 0, InMode: false)).Dialog!;
}
