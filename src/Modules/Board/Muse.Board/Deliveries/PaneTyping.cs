using Muse.Board.Processes;
using Muse.Board.Screens;
using Muse.Board.Sources;
using Muse.Board.Tmux;

namespace Muse.Board.Deliveries;

/// <summary>How a text or an answer fared at the terminal.</summary>
internal enum TypingEnd
{
    /// <summary>It was submitted and left the box.</summary>
    Left,

    /// <summary>It was not submitted.</summary>
    Refused,

    /// <summary>It was taken back or changed before anything was typed.</summary>
    TakenBack,

    /// <summary>Nobody can say.</summary>
    InDoubt,
}

/// <param name="Reason">For people; null if nothing is to be said.</param>
/// <param name="MayBeSubmitted">Enter was pressed, or may have been.</param>
internal sealed record TypingOutcome(TypingEnd End, string? Reason, bool SetDraftAside = false, bool MayBeSubmitted = false)
{
    public static TypingOutcome TakenBack { get; } = new(TypingEnd.TakenBack, null);

    public static TypingOutcome Refused(string reason, bool setDraftAside = false) => new(TypingEnd.Refused, reason, setDraftAside);

    public static TypingOutcome InDoubt(string reason, bool setDraftAside = false) => new(TypingEnd.InDoubt, reason, setDraftAside);
}

/// <summary>
/// Puts a text into an agent's input box and submits it, as was measured to arrive with the real programs. Every key is
/// pressed only after a look that shows where it will go, and no text is ever typed twice.
/// </summary>
internal sealed class PaneTyping(ITerminalWriter writer, ScreenLooks looks, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(40);

    /// <summary>Pieces that are read at once are taken for a paste.</summary>
    private static readonly TimeSpan BetweenPieces = TimeSpan.FromMilliseconds(50);

    /// <summary>Codex and Gemini take an Enter right after a paste for a part of it.</summary>
    private static readonly TimeSpan AfterPaste = TimeSpan.FromMilliseconds(300);

    /// <summary>Gemini draws its box up to a second before it takes a paste for one: until then a question mark opens its help.</summary>
    private static readonly TimeSpan UntilPastes = TimeSpan.FromSeconds(2);

    /// <param name="text">Cleaned.</param>
    /// <param name="typing">Stores that the text is about to be typed; false if the delivery was taken back.</param>
    /// <param name="submitting">Stores that it is about to be submitted.</param>
    public async Task<TypingOutcome> SubmitAsync(
        PaneId pane, string agent, string text, Func<Task<bool>> typing, Func<Task> submitting, CancellationToken ct)
    {
        var (typed, entering, aside) = (false, false, false);
        var scrolledUp = default(int?);
        try
        {
            scrolledUp = await writer.LeaveModeAsync(pane, ct);
            // A program that redraws shows no box for a moment.
            await SeenAsync(pane, agent, look => look.Verdict.Dialog is not null || look.Verdict.Input.Kind != InputBoxKind.None, ct);
            var (closed, draft) = Open(await looks.LookAsync(pane, agent, ct));
            if (closed is not null || (draft && agent != AgentNames.Claude))
            {
                return TypingOutcome.Refused(closed ?? "A draft stands in the agent's box, and this agent has no place to set it aside: send or clear it first.");
            }

            if (agent != AgentNames.Claude && looks.BoxAgeOf(pane) is { } age && age < UntilPastes)
            {
                await Task.Delay(UntilPastes - age, clock, ct);
            }

            if (!await typing())
            {
                return TypingOutcome.TakenBack;
            }

            if (draft)
            {
                if (await SetAsideAsync(pane, agent, ct) is { } kept)
                {
                    return TypingOutcome.Refused(kept);
                }

                aside = true;
            }

            if (agent == AgentNames.Claude)
            {
                var (end, isDrawn) = (0, true);
                foreach (var piece in DeliveryText.Pieces(text))
                {
                    // A dialog takes digits for answers; it ignores every key for longer than a look takes.
                    if (Open(await looks.LookAsync(pane, agent, ct)).Closed is { } changed)
                    {
                        return typed ? TypingOutcome.InDoubt($"While it was typed: {changed}", aside)
                            : TypingOutcome.Refused(changed, aside && !await BringBackAsync(pane, agent, ct));
                    }

                    typed = true;
                    await writer.TypeAsync(pane, piece, ct);
                    await Task.Delay(BetweenPieces, clock, ct);
                    end += piece.Length;
                    // A busy program reads late, and two pieces at once: only what is seen has been read. Waited in vain for once, it is not again.
                    isDrawn = isDrawn && await SeenAsync(pane, agent, look => look.Verdict.Dialog is not null || Stands(look, text[..end]), ct);
                }
            }
            else
            {
                typed = true;
                await writer.PasteAsync(pane, text, ct);
                await Task.Delay(AfterPaste, clock, ct);
            }

            if (!await SeenAsync(pane, agent, look => Stands(look, text), ct))
            {
                return TypingOutcome.InDoubt("The text was typed but is not seen in the box; it was not submitted.", aside);
            }

            await submitting();
            entering = true;
            try
            {
                await writer.PressAsync(pane, "Enter", ct);
            }
            catch (TmuxException e) when (e.Failure != TmuxFailure.Unconfirmed)
            {
                // tmux knows that it pressed nothing.
                entering = false;
                throw;
            }

            return await EnteredAsync(pane, agent, text, ct) with { SetDraftAside = aside, MayBeSubmitted = true };
        }
        catch (TmuxException e)
        {
            return entering ? TypingOutcome.InDoubt($"{e.Message} It was submitted just before.", aside) with { MayBeSubmitted = true }
                : typed && e.Failure is not (TmuxFailure.PaneGone or TmuxFailure.PaneDead) ? TypingOutcome.InDoubt(e.Message, aside)
                : TypingOutcome.Refused(e.Message, aside);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            const string Slow = "tmux did not answer in time.";
            return typed ? TypingOutcome.InDoubt(Slow, aside) with { MayBeSubmitted = entering } : TypingOutcome.Refused(Slow, aside);
        }
        finally
        {
            await RestoreModeAsync(pane, scrolledUp, ct);
        }
    }

    /// <summary>What is left in the pane of a text that was typed and not submitted.</summary>
    /// <returns>False if there is no such pane any more; null if nobody answers; else what its box shows, for people.</returns>
    public async Task<(bool? IsThere, string? Shows)> LeftoverAsync(PaneId pane, string agent, string text, CancellationToken ct)
    {
        try
        {
            var look = await looks.LookAsync(pane, agent, ct);
            return (true, Stands(look, text) ? "It stands in the box and was not submitted."
                : look.Verdict.Input.Kind is InputBoxKind.None ? "It was not submitted; a part of it may stand in the box, which is not on the screen now."
                : IsFree(look.Verdict.Input) ? "It was not submitted, and the box shows nothing of it."
                : "It was not submitted; a part of it stands in the box.");
        }
        catch (TmuxException e) when (e.Failure is TmuxFailure.PaneGone or TmuxFailure.PaneDead)
        {
            return (false, null);
        }
        catch (Exception e) when (e is TmuxException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return (null, null);
        }
    }

    private async Task RestoreModeAsync(PaneId pane, int? scrolledUp, CancellationToken ct)
    {
        if (scrolledUp is not { } lines || ct.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await writer.RestoreModeAsync(pane, lines, ct);
        }
        catch (Exception e) when (e is TmuxException or OperationCanceledException)
        {
            // A pane that is gone has no mode; what became of the text is known already.
        }
    }

    /// <summary>Ctrl+S in an empty box takes out again what was set aside.</summary>
    private async Task<bool> BringBackAsync(PaneId pane, string agent, CancellationToken ct)
    {
        var look = await looks.LookAsync(pane, agent, ct);
        if (look.Verdict.Dialog is not null || !IsFree(look.Verdict.Input) || !IsStashed(look))
        {
            return false;
        }

        await writer.PressAsync(pane, "C-s", ct);
        return await SeenAsync(pane, agent, now => !IsStashed(now), ct);
    }

    private async Task<TypingOutcome> EnteredAsync(PaneId pane, string agent, string text, CancellationToken ct)
    {
        if (await SeenAsync(pane, agent, look => !Stands(look, text), ct))
        {
            return new TypingOutcome(TypingEnd.Left, null);
        }

        // Lost about once in 150 sends. The last look still showed the text in the box, so this Enter can meet nothing else.
        await writer.PressAsync(pane, "Enter", ct);
        return await SeenAsync(pane, agent, look => !Stands(look, text), ct)
            ? new TypingOutcome(TypingEnd.Left, "The first Enter was lost; a second one was pressed.")
            : TypingOutcome.InDoubt("Enter was pressed twice and the text still stands in the box.");
    }

    /// <returns>What kept the draft where it is; null if it was set aside.</returns>
    private async Task<string?> SetAsideAsync(PaneId pane, string agent, CancellationToken ct)
    {
        if (IsStashed(await looks.LookAsync(pane, agent, ct)))
        {
            return "A draft stands in the box and another one is set aside already: send or clear one of them first.";
        }

        await writer.PressAsync(pane, "C-s", ct);
        return await SeenAsync(pane, agent, look => IsFree(look.Verdict.Input) && IsStashed(look), ct)
            ? null
            : "The draft in the box could not be set aside: send or clear it first.";
    }

    private async Task<bool> SeenAsync(PaneId pane, string agent, Predicate<SeenScreen> isSo, CancellationToken ct)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            if (isSo(await looks.LookAsync(pane, agent, ct)))
            {
                return true;
            }

            if (clock.GetElapsedTime(since) >= Patience)
            {
                return false;
            }

            await Task.Delay(LookEvery, clock, ct);
        }
    }

    /// <summary>Why nothing may be typed, or whether a draft stands where it would go.</summary>
    private static (string? Closed, bool Draft) Open(SeenScreen look) => look.Verdict switch
    {
        { Dialog: not null } => ("A dialog is open: answer it first.", false),
        { Input.Kind: InputBoxKind.ShellMode } => ("The box is in shell mode, where text runs as a command: leave it first.", false),
        { Input.Kind: InputBoxKind.None } => ("No input box is on the screen.", false),
        { Input: var input } => (null, !IsFree(input)),
    };

    private static bool IsFree(InputBox input) => input.Kind is InputBoxKind.Empty or InputBoxKind.Ghost;

    /// <summary>
    /// The text stands in the box. A person's own draft that came back after it must not be taken for it: so a short text
    /// must be all there is, and only agents without a place for drafts may show a placeholder.
    /// </summary>
    private static bool Stands(SeenScreen look, string text) => look.Verdict switch
    {
        { Input.Kind: InputBoxKind.Pasted, Agent: var agent } => agent != AgentNames.Claude,
        { Input: { Kind: InputBoxKind.Draft or InputBoxKind.Command, Text: var stands } } => DeliveryText.IsShown(stands, text, IsPart(look.Verdict)),
        { Input: { Kind: InputBoxKind.ShellMode, Text: var stands } } => DeliveryText.IsShown("!" + stands, text, IsPart(look.Verdict)),
        _ => false,
    };

    /// <summary>Claude Code marks a box that is scrolled; of the others it must be taken for possible.</summary>
    private static bool IsPart(ScreenVerdict verdict) => verdict.Input.IsPart || verdict.Agent != AgentNames.Claude;

    /// <summary>Setting a second draft aside would overwrite the first (measured), so this is looked for on the whole screen: too often is harmless.</summary>
    private static bool IsStashed(SeenScreen look) =>
        AnsiScreen.Parse(look.Capture.Ansi).Lines.Any(line => line.Text.TrimEnd().EndsWith("draft stashed", StringComparison.Ordinal));
}
