using Muse.Board.Screens;

namespace Muse.Board.Tests.Screens;

public sealed class InputBoxTests
{
    [Theory]
    [InlineData("claude-code", "answered", InputBoxKind.Empty, "")]
    [InlineData("claude-code", "suggestion", InputBoxKind.Ghost, "Try a brighter bulb")]
    [InlineData("claude-code", "draft", InputBoxKind.Draft, "put it\nout again\n\nplease")]
    [InlineData("claude-code", "paste", InputBoxKind.Pasted, "look: [Pasted text #1 +12 lines]")]
    [InlineData("claude-code", "command", InputBoxKind.Command, "/c")]
    [InlineData("claude-code", "shell-mode", InputBoxKind.ShellMode, "ls lamps")]
    [InlineData("claude-code", "spinner-with-draft", InputBoxKind.Draft, "and then")]
    [InlineData("claude-code", "permission", InputBoxKind.None, "")]
    [InlineData("codex", "answered", InputBoxKind.Ghost, "Ask Codex to do anything")]
    [InlineData("codex", "draft", InputBoxKind.Draft, "put it\nout again\n\nplease")]
    [InlineData("codex", "numbered-draft", InputBoxKind.Draft, "1. put it out\n2. light it again")]
    [InlineData("codex", "paste", InputBoxKind.Pasted, "[Pasted Content 2120 chars]")]
    [InlineData("codex", "command", InputBoxKind.Command, "/")]
    [InlineData("codex", "permission", InputBoxKind.None, "")]
    [InlineData("gemini", "answered", InputBoxKind.Ghost, "Type your message or @path/to/file")]
    [InlineData("gemini", "draft", InputBoxKind.Draft, "put it\nout again\n\nplease")]
    [InlineData("gemini", "paste", InputBoxKind.Pasted, "[Pasted Text: 30 lines]")]
    [InlineData("gemini", "command", InputBoxKind.Command, "/")]
    [InlineData("gemini", "permission", InputBoxKind.None, "")]
    internal void What_stands_in_a_made_up_box_is_told(string agent, string name, InputBoxKind kind, string text)
    {
        var drawn = MadeUpScreenTests.All.Single(d => d.Agent == agent && d.Name == name);

        Assert.Equal(new InputBox(kind, text), Reading.Reader.Read(agent, drawn.Capture).Input);
    }

    [Theory]
    [InlineData("claude-code", "fresh-prompt", InputBoxKind.Empty, "")]
    [InlineData("claude-code", "api-error-401", InputBoxKind.Ghost, "Once fixed, resend your message")]
    [InlineData("claude-code", "working-queued", InputBoxKind.Ghost, "Press up to edit queued messages")]
    [InlineData("claude-code", "draft", InputBoxKind.Draft, "this is a draft that was never sent")]
    [InlineData("claude-code", "working-draft", InputBoxKind.Draft, "a draft typed while it works")]
    [InlineData("claude-code", "draft-multiline", InputBoxKind.Pasted, "[Pasted text #1 +3 lines]")]
    [InlineData("claude-code", "slash-menu", InputBoxKind.Command, "/")]
    [InlineData("claude-code", "bash-mode", InputBoxKind.ShellMode, "")]
    [InlineData("claude-code", "bash-mode-draft", InputBoxKind.ShellMode, "echo hi")]
    [InlineData("claude-code", "hash-typed", InputBoxKind.Draft, "# remember this")]
    [InlineData("claude-code", "permission-bash", InputBoxKind.None, "")]
    [InlineData("claude-code", "transcript-view", InputBoxKind.None, "")]
    [InlineData("codex", "fresh-prompt", InputBoxKind.Ghost, "Ask Codex to do anything")]
    [InlineData("codex", "draft", InputBoxKind.Draft, "this is a draft that was never sent")]
    [InlineData("codex", "draft-multiline", InputBoxKind.Draft, "first line\nsecond line\n\nfourth line")]
    [InlineData("codex", "draft-long-paste", InputBoxKind.Pasted, "[Pasted Content 2120 chars]")]
    [InlineData("codex", "slash-menu", InputBoxKind.Command, "/")]
    [InlineData("codex", "bash-mode", InputBoxKind.ShellMode, "")]
    [InlineData("codex", "model-offer", InputBoxKind.None, "")]
    [InlineData("gemini", "fresh-prompt", InputBoxKind.Ghost, "Type your message or @path/to/file")]
    [InlineData("gemini", "draft-multiline", InputBoxKind.Draft, "first line\nsecond line\n\nfourth line")]
    [InlineData("gemini", "draft-long-paste", InputBoxKind.Pasted, "[Pasted Text: 30 lines]")]
    [InlineData("gemini", "slash-menu", InputBoxKind.Command, "/")]
    [InlineData("gemini", "bash-mode", InputBoxKind.ShellMode, "")]
    [InlineData("gemini", "question", InputBoxKind.None, "")]
    internal void What_stands_in_a_captured_box_is_told(string agent, string state, InputBoxKind kind, string text)
    {
        Assert.SkipWhen(Captures.Folder is null, Captures.Missing);
        var captures = Captures.All.Where(c => c.Agent == agent && c.State == state).ToList();

        Assert.NotEmpty(captures);
        Assert.All(captures, c => Assert.Equal(new InputBox(kind, text), Reading.Reader.Read(agent, c.Coloured).Input));
    }

    [Theory]
    [InlineData("tall-draft")]
    [InlineData("tall-draft-working")]
    [InlineData("tall-draft-middle")]
    public void Of_a_draft_higher_than_its_box_the_part_is_told(string name) => Assert.Equal(
        new InputBox(InputBoxKind.Draft, "and then\nput it out", IsPart: true), Reading.Reader.Read("claude-code", ClaudeDrawing.All.Single(d => d.Name == name).Capture).Input);

    [Fact]
    public void Of_a_draft_that_fills_the_pane_of_codex_the_part_is_told() => Assert.Equal(
        new InputBox(InputBoxKind.Draft, "and then\nput it\n\nout", IsPart: true),
        Reading.Reader.Read("codex", MadeUpScreenTests.All.Single(d => d is { Agent: "codex", Name: "tall-draft" }).Capture).Input);

    [Fact]
    public void A_hint_is_told_from_a_draft_by_its_colour_alone()
    {
        var hint = ClaudeDrawing.All.Single(d => d.Name == "suggestion");
        var typed = hint.Capture with { Ansi = hint.Ansi.Replace("\u001b[2m", "", StringComparison.Ordinal) };

        Assert.Equal(InputBoxKind.Draft, Reading.Reader.Read("claude-code", typed).Input.Kind);
    }
}
