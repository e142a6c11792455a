using Muse.Board.Screens;
using Muse.Board.Sources;
using Muse.Board.Tmux;

namespace Muse.Board.Deliveries;

/// <summary>Gives a person's answer to exactly the dialog that the person saw.</summary>
internal sealed class DialogAnswer(ITerminalWriter writer, ScreenLooks looks, TimeProvider clock)
{
    /// <summary>Keys in the first tenths of a second after a dialog appeared are lost (measured).</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Goes on to the next question or to the review, wherever the focus is (measured).</summary>
    private const string NextKey = "Right";

    /// <param name="labels">Of the choices; the same fingerprint has the same labels. Of a dialog with boxes, exactly those to be ticked.</param>
    /// <param name="submitting">Stores that the key is about to be pressed; false if the delivery was taken back.</param>
    public async Task<TypingOutcome> GiveAsync(
        PaneId pane, string agent, string fingerprint, IReadOnlyList<string> labels, Func<Task<bool>> submitting, CancellationToken ct)
    {
        var pressed = false;
        try
        {
            if (await StandsAsync(pane, agent, fingerprint, ct) is null)
            {
                return Changed();
            }

            await Task.Delay(Settled, clock, ct);
            await writer.LeaveModeAsync(pane, ct);
            if (await StandsAsync(pane, agent, fingerprint, ct) is not { } dialog || labels.Any(label => Find(dialog, label) is null))
            {
                return Changed();
            }

            var ticks = dialog.TakesTicks(labels);
            if (dialog.IsTyping || (ticks && !Array.Exists(dialog.Choices, c => c.Focused)))
            {
                return TypingOutcome.Refused("A field for text or a button has the focus in the dialog, so keys would go there: answer it in its pane.");
            }

            if (!await submitting())
            {
                return TypingOutcome.TakenBack;
            }

            pressed = true;
            if (ticks)
            {
                return await TickAsync(pane, agent, dialog, labels, ct);
            }

            var (label, choice) = (labels[0], Find(dialog, labels[0])!); // looked for above
            if (choice.Number is > 0 and < 10)
            {
                await writer.PressAsync(pane, $"{choice.Number}", ct);
                if (await GoneAsync(pane, agent, fingerprint, ct) is not { } still)
                {
                    return new TypingOutcome(TypingEnd.Left, null);
                }

                dialog = still;
            }
            else if (await FocusAsync(pane, agent, dialog, label, ct) is { } focused)
            {
                dialog = focused;
            }

            // Some dialogs only move to the choice: Enter takes it, but never another one.
            if (Find(dialog, label) is not { Focused: true })
            {
                return TypingOutcome.InDoubt("The dialog did not take the choice; look at the pane.");
            }

            await writer.PressAsync(pane, "Enter", ct);
            return await GoneAsync(pane, agent, fingerprint, ct) is null
                ? new TypingOutcome(TypingEnd.Left, null)
                : TypingOutcome.InDoubt("The choice was made and the dialog is still open; look at the pane.");
        }
        catch (TmuxException e)
        {
            return pressed || e.Failure == TmuxFailure.Unconfirmed ? TypingOutcome.InDoubt(e.Message) : TypingOutcome.Refused(e.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            const string Slow = "tmux did not answer in time.";
            return pressed ? TypingOutcome.InDoubt(Slow) : TypingOutcome.Refused(Slow);
        }
    }

    /// <summary>Presses the digit of each box that is not as it should be, sees each of them done, and only then goes on.</summary>
    private async Task<TypingOutcome> TickAsync(PaneId pane, string agent, ScreenDialog dialog, IReadOnlyList<string> labels, CancellationToken ct)
    {
        var now = dialog;
        foreach (var box in dialog.Choices.Where(c => IsAmiss(c, labels)))
        {
            await writer.PressAsync(pane, $"{box.Number}", ct);
            var seen = await SeenAsync(
                pane, agent, d => d?.AsksTheSame(dialog) == true && Find(d, box.Label) is { Checked: { } isTicked } && isTicked != box.Checked, ct);
            if (seen.Dialog is not { IsTyping: false } ticked || !seen.IsSo)
            {
                return TypingOutcome.InDoubt($"'{box.Label}' was pressed and its box does not show it; nothing was sent by Muse. Look at the pane.");
            }

            now = ticked;
        }

        if (now.Choices.Any(c => IsAmiss(c, labels)))
        {
            return TypingOutcome.InDoubt("The boxes are not as they were asked for; nothing was sent by Muse. Look at the pane.");
        }

        await writer.PressAsync(pane, NextKey, ct);
        return (await SeenAsync(pane, agent, d => d?.AsksTheSame(dialog) != true, ct)).IsSo
            ? new TypingOutcome(TypingEnd.Left, null)
            : TypingOutcome.InDoubt("The boxes are ticked and the question is still open; look at the pane.");
    }

    /// <summary>What a person typed into a field stays.</summary>
    private static bool IsAmiss(DialogChoice box, IReadOnlyList<string> labels) =>
        box is { Checked: { } isTicked, IsField: false } && isTicked != labels.Contains(box.Label);

    private async Task<(bool IsSo, ScreenDialog? Dialog)> SeenAsync(PaneId pane, string agent, Predicate<ScreenDialog?> isSo, CancellationToken ct)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            var dialog = (await looks.LookAsync(pane, agent, ct)).Verdict.Dialog;
            if (isSo(dialog) || clock.GetElapsedTime(since) >= Patience)
            {
                return (isSo(dialog), dialog);
            }

            await Task.Delay(LookEvery, clock, ct);
        }
    }

    private async Task<ScreenDialog?> FocusAsync(PaneId pane, string agent, ScreenDialog dialog, string label, CancellationToken ct)
    {
        var target = Array.FindIndex(dialog.Choices, c => c.Label == label);
        for (var step = 0; step < dialog.Choices.Length; step++)
        {
            var focus = Array.FindIndex(dialog.Choices, c => c.Focused);
            if (focus == target || focus < 0)
            {
                return dialog;
            }

            await writer.PressAsync(pane, focus < target ? "Down" : "Up", ct);
            await Task.Delay(LookEvery * 2, clock, ct);
            if (await StandsAsync(pane, agent, dialog.Fingerprint, ct) is not { } moved)
            {
                return null;
            }

            dialog = moved;
        }

        return dialog;
    }

    /// <returns>The dialog if it is still there in the end; null once it is gone.</returns>
    private async Task<ScreenDialog?> GoneAsync(PaneId pane, string agent, string fingerprint, CancellationToken ct)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            var dialog = await StandsAsync(pane, agent, fingerprint, ct);
            if (dialog is null || clock.GetElapsedTime(since) >= Patience)
            {
                return dialog;
            }

            await Task.Delay(LookEvery, clock, ct);
        }
    }

    private async Task<ScreenDialog?> StandsAsync(PaneId pane, string agent, string fingerprint, CancellationToken ct) =>
        (await looks.LookAsync(pane, agent, ct)).Verdict.Dialog is { } dialog && dialog.Fingerprint == fingerprint ? dialog : null;

    private static DialogChoice? Find(ScreenDialog dialog, string label) => Array.Find(dialog.Choices, c => c.Label == label);

    private static TypingOutcome Changed() => TypingOutcome.Refused("The dialog is not the one that was answered any more.");
}
