using Muse.Board.Deliveries;
using Muse.Board.Domain;
using Muse.Board.Screens;
using Muse.Board.Sources;
using Muse.Board.Tmux;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Tests.Deliveries;

public sealed class PaneTypingTests
{
    private static readonly PaneId Pane = new("/tmp/made-up", "%1");
    private readonly List<string> _stored = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("claude-code")]
    [InlineData("codex")]
    [InlineData("gemini")]
    public async Task A_text_is_typed_seen_and_submitted_once(string agent)
    {
        var terminal = new ScriptedTerminal();

        var outcome = await SendAsync(terminal, "run the tests", agent);

        Assert.Equal((TypingEnd.Left, (string?)null), (outcome.End, outcome.Reason));
        Assert.Equal(["run the tests"], terminal.Submitted);
        Assert.Equal(["typed", "submitted"], _stored);
    }

    [Fact]
    public async Task A_lost_Enter_is_pressed_once_more_and_nothing_is_typed_again()
    {
        var terminal = new ScriptedTerminal { LosesEnters = 1 };

        var outcome = await SendAsync(terminal, "hello");

        Assert.Equal((TypingEnd.Left, "The first Enter was lost; a second one was pressed."), (outcome.End, outcome.Reason));
        Assert.Equal(["hello", "Enter", "Enter"], terminal.Keys);
    }

    [Fact]
    public async Task Two_lost_Enters_leave_it_in_doubt()
    {
        var terminal = new ScriptedTerminal { LosesEnters = 9 };

        Assert.Equal(TypingEnd.InDoubt, (await SendAsync(terminal, "hello")).End);
        Assert.Equal(["hello", "Enter", "Enter"], terminal.Keys);
    }

    [Fact]
    public async Task A_text_that_is_not_seen_is_not_submitted()
    {
        var terminal = new ScriptedTerminal { IsBlind = true };

        Assert.Equal(TypingEnd.InDoubt, (await SendAsync(terminal, "hello")).End);
        Assert.Equal(["hello"], terminal.Keys);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("my own words, then: hello")]
    public async Task A_persons_draft_comes_back_and_is_never_sent(string draft)
    {
        var terminal = new ScriptedTerminal { Box = draft };

        var outcome = await SendAsync(terminal, "please hello");

        Assert.Equal((TypingEnd.Left, true), (outcome.End, outcome.SetDraftAside));
        Assert.Equal((draft, "please hello"), (terminal.Box, Assert.Single(terminal.Submitted)));
    }

    [Fact]
    public async Task A_draft_that_cannot_be_set_aside_stays_and_nothing_is_typed()
    {
        var terminal = new ScriptedTerminal { Box = "mine", CannotStash = true };

        Assert.Equal(TypingEnd.Refused, (await SendAsync(terminal, "hello")).End);
        Assert.Equal(("mine", 0), (terminal.Box, terminal.Typed));
    }

    [Theory]
    [InlineData("codex")]
    [InlineData("gemini")]
    public async Task Where_drafts_cannot_be_set_aside_nothing_is_touched(string agent)
    {
        var terminal = new ScriptedTerminal { Box = "mine" };

        Assert.Equal(TypingEnd.Refused, (await SendAsync(terminal, "hello", agent)).End);
        Assert.Empty(terminal.Keys);
        Assert.Empty(_stored);
    }

    [Fact]
    public async Task A_box_that_is_being_redrawn_is_waited_for()
    {
        var terminal = new ScriptedTerminal();
        var looks = 0;
        terminal.Before = step => terminal.Boxless = step == "look" && ++looks < 4;

        Assert.Equal(TypingEnd.Left, (await SendAsync(terminal, "hello", "gemini")).End);
        Assert.Equal(["hello"], terminal.Submitted);
    }

    [Fact]
    public async Task Where_no_box_comes_nothing_is_typed()
    {
        var terminal = new ScriptedTerminal { Boxless = true };

        Assert.Equal(TypingEnd.Refused, (await SendAsync(terminal, "hello", "gemini")).End);
        Assert.Empty(terminal.Keys);
    }

    [Fact]
    public async Task Into_a_dialog_or_shell_mode_nothing_is_typed()
    {
        var asking = new ScriptedTerminal { Dialog = Asked() };
        var shell = new ScriptedTerminal { ShellMode = true };

        Assert.Equal(TypingEnd.Refused, (await SendAsync(asking, "1")).End);
        Assert.Equal(TypingEnd.Refused, (await SendAsync(shell, "rm")).End);
        Assert.Empty(asking.Keys.Concat(shell.Keys));
    }

    [Fact]
    public async Task A_dialog_that_opens_while_a_text_is_typed_gets_no_key_of_it()
    {
        var terminal = new ScriptedTerminal();
        terminal.Before = step => terminal.Dialog = step == "look" && terminal.Typed == 1 ? Asked() : terminal.Dialog;

        Assert.Equal(TypingEnd.InDoubt, (await SendAsync(terminal, new string('1', 900))).End);
        Assert.Equal(400, Assert.Single(terminal.Keys).Length);
    }

    [Theory]
    [InlineData("leave", nameof(TmuxFailure.PaneGone), "Refused", false)]
    [InlineData("leave", nameof(TmuxFailure.Unconfirmed), "Refused", false)]
    [InlineData("type", nameof(TmuxFailure.PaneGone), "Refused", false)]
    [InlineData("type", nameof(TmuxFailure.Unconfirmed), "InDoubt", false)]
    [InlineData("Enter", nameof(TmuxFailure.PaneGone), "Refused", false)]
    [InlineData("Enter", nameof(TmuxFailure.Unreachable), "InDoubt", false)]
    [InlineData("Enter", nameof(TmuxFailure.Unconfirmed), "InDoubt", true)]
    public async Task A_terminal_that_fails_midway_ends_as_it_truly_was(string step, string failure, string end, bool mayBeSubmitted)
    {
        var terminal = new ScriptedTerminal();
        terminal.Before = now => _ = now == step ? throw new TmuxException(Enum.Parse<TmuxFailure>(failure), "tmux failed.") : now;

        var outcome = await SendAsync(terminal, "hello");

        Assert.Equal((end, mayBeSubmitted), (outcome.End.ToString(), outcome.MayBeSubmitted));
        Assert.Empty(terminal.Submitted);
    }

    [Fact]
    public async Task A_terminal_that_fails_after_Enter_leaves_it_in_doubt()
    {
        var terminal = new ScriptedTerminal();
        terminal.Before = now => _ = now == "look" && terminal.Submitted.Count > 0 ? throw new TmuxException(TmuxFailure.PaneGone, "There is no pane.") : now;

        var outcome = await SendAsync(terminal, "hello");

        Assert.Equal((TypingEnd.InDoubt, true), (outcome.End, outcome.MayBeSubmitted));
    }

    [Fact]
    public async Task What_was_taken_back_is_not_typed()
    {
        var terminal = new ScriptedTerminal();

        var outcome = await Typing(terminal).SubmitAsync(Pane, "claude-code", "x", () => Task.FromResult(false), () => Task.CompletedTask, Ct);

        Assert.Equal(TypingEnd.TakenBack, outcome.End);
        Assert.Empty(terminal.Keys);
    }

    [Fact]
    public async Task Copy_mode_is_left_for_it_and_opened_again_where_it_was()
    {
        var terminal = new ScriptedTerminal { CopyMode = 12 };

        await SendAsync(terminal, "hello");

        Assert.Equal((12, "hello"), (terminal.CopyMode, Assert.Single(terminal.Submitted)));
    }

    [Fact]
    public async Task A_draft_that_was_set_aside_comes_back_when_nothing_was_typed()
    {
        var terminal = new ScriptedTerminal { Box = "mine" };
        var looks = 0;
        terminal.Before = step =>
        {
            // The box is gone for the one look before the first piece.
            terminal.ShellMode = step == "look" && terminal.Stashed is not null && ++looks == 2;
        };

        var outcome = await SendAsync(terminal, "hello");

        Assert.Equal((TypingEnd.Refused, false), (outcome.End, outcome.SetDraftAside));
        Assert.Equal(("mine", 0), (terminal.Box, terminal.Typed));
    }

    [Theory]
    [InlineData(1, "Yes", "1")]
    [InlineData(2, "No", "2")]
    public async Task A_choice_with_a_digit_is_answered_by_it(int number, string label, string key)
    {
        var terminal = new ScriptedTerminal { Dialog = Asked() };

        Assert.Equal(TypingEnd.Left, (await AnswerAsync(terminal, "f1", label)).End);
        Assert.Equal([key], terminal.Keys);
        Assert.Equal(number.ToString(System.Globalization.CultureInfo.InvariantCulture), key);
    }

    [Fact]
    public async Task A_choice_without_a_digit_is_moved_to_and_taken()
    {
        var terminal = new ScriptedTerminal { Dialog = Asked() with { Choices = [new(0, "Yes", true, null), new(0, "No", false, null)] } };

        Assert.Equal(TypingEnd.Left, (await AnswerAsync(terminal, "f1", "No")).End);
        Assert.Equal(["Down", "Enter"], terminal.Keys);
    }

    [Fact]
    public async Task Another_dialog_gets_no_key()
    {
        var terminal = new ScriptedTerminal { Dialog = Asked() };

        Assert.Equal(TypingEnd.Refused, (await AnswerAsync(terminal, "f0", "Yes")).End);
        Assert.Empty(terminal.Keys);
    }

    [Fact]
    public async Task A_program_that_has_just_drawn_its_box_is_not_pasted_into_yet()
    {
        var terminal = new ScriptedTerminal();
        using var looks = Looks(terminal);
        looks.Watch(Pane, "gemini", new Board.Domain.ProcessKey(1, "1"));
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();

        var sending = new PaneTyping(terminal, looks, clock).SubmitAsync(Pane, "gemini", "hello?", () => StoreAsync("typed"), () => StoreAsync("submitted"), Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Ct);
        var early = terminal.Typed;
        while (!sending.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.Equal((0, TypingEnd.Left), (early, (await sending).End));
    }

    internal static ScreenDialog Asked() => new(NeedReason.Permission, "Run it?", "make", [new(1, "Yes", true, null), new(2, "No", false, null)], "f1", false);

    private static ScreenLooks Looks(ScriptedTerminal terminal) => new(terminal, terminal, new Unheard(), new WorkCounters(), TimeProvider.System);

    private static PaneTyping Typing(ScriptedTerminal terminal) => new(terminal, Looks(terminal), TimeProvider.System);

    private static Task<TypingOutcome> AnswerAsync(ScriptedTerminal terminal, string fingerprint, params string[] labels) =>
        new DialogAnswer(terminal, Looks(terminal), TimeProvider.System).GiveAsync(Pane, "claude-code", fingerprint, labels, () => Task.FromResult(true), Ct);

    private Task<TypingOutcome> SendAsync(ScriptedTerminal terminal, string text, string agent = "claude-code") => Typing(terminal).SubmitAsync(
        Pane, agent, text, () => StoreAsync("typed"), () => StoreAsync("submitted"), Ct);

    private Task<bool> StoreAsync(string step)
    {
        _stored.Add(step);
        return Task.FromResult(true);
    }

    private sealed class Unheard : Board.Evidence.IBoardEvidence
    {
        public bool Tell(Board.Evidence.BoardInput input) => true;
    }
}
