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

    /// <param name="label">Of the choice; the same fingerprint has the same labels.</param>
    /// <param name="submitting">Stores that the key is about to be pressed; false if the delivery was taken back.</param>
    public async Task<TypingOutcome> GiveAsync(
        PaneId pane, string agent, string fingerprint, string label, Func<Task<bool>> submitting, CancellationToken ct)
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
            if (await StandsAsync(pane, agent, fingerprint, ct) is not { } dialog || Find(dialog, label) is not { } choice)
            {
                return Changed();
            }

            if (!await submitting())
            {
                return TypingOutcome.TakenBack;
            }

            pressed = true;
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
