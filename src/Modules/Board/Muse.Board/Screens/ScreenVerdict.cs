using Muse.Board.Domain;

namespace Muse.Board.Screens;

/// <summary>One capture of a pane (<c>capture-pane -p -e -J</c>, colours kept) and what tmux said beside it.</summary>
/// <param name="Title">The pane's title; empty if it is not known.</param>
/// <param name="Command">The pane's foreground program; empty if it is not known.</param>
/// <param name="Columns">Width of the pane; 0 if it is not known.</param>
/// <param name="Rows">Height of the pane; 0 if it is not known.</param>
/// <param name="InMode">The pane is in copy mode; what is captured is still the program's own screen.</param>
internal sealed record PaneCapture(string Ansi, string Title, string Command, int Columns, int Rows, bool InMode);

/// <summary>What a screen says about the agent behind it.</summary>
/// <param name="RuleSet">Which rules were read, such as <c>codex 0.169.0 (built in)</c>; null if there are none for the agent.</param>
/// <param name="Rule">The rule that decided; <see cref="NoRule"/> if none matched.</param>
/// <param name="LineNumber">Counted from 1; null if no single line decided.</param>
/// <param name="Banner">What the program says beside the conversation, such as a usage warning or a retry.</param>
internal sealed record ScreenVerdict(
    string Agent,
    string? RuleSet,
    CardState State,
    NeedReason? Reason,
    string Rule,
    int? LineNumber,
    string? Line,
    ScreenDialog? Dialog,
    InputBox Input,
    string? Banner)
{
    /// <summary>The name in <see cref="Rule"/> when no rule recognised the screen.</summary>
    public const string NoRule = "none";

    /// <summary>The name in <see cref="Rule"/> when a pattern of the rules took too long, so that none of them is believed.</summary>
    public const string TooSlow = "too-slow";
}

/// <summary>A dialog of the program that is open.</summary>
/// <param name="Body">What is asked about, such as the command to be allowed.</param>
/// <param name="Fingerprint">The same for the same dialog, whatever is focused and however wide the pane is.</param>
/// <param name="MultiSelect">Several choices may be checked.</param>
internal sealed record ScreenDialog(NeedReason Kind, string Title, string? Body, DialogChoice[] Choices, string Fingerprint, bool MultiSelect)
{
    /// <summary>A field for text has the focus: keys are text, not choices.</summary>
    public bool IsTyping { get; init; }

    /// <summary>The list of choices goes on where it is not seen.</summary>
    public bool HasMore { get; init; }

    /// <summary>The choices are boxes to be ticked, and not one that answers by itself, as <i>Chat about this</i> does.</summary>
    public bool TakesTicks(IReadOnlyList<string> labels) =>
        MultiSelect && !(labels is [var only] && Array.Exists(Choices, c => c.Label == only && c.Checked is null));

    /// <summary>The same question, whatever is ticked, focused, or typed into its field.</summary>
    public bool AsksTheSame(ScreenDialog other) =>
        (Kind, Title) == (other.Kind, other.Title) && Choices.Where(c => !c.IsField).Select(c => (c.Number, c.Label)).SequenceEqual(
            other.Choices.Where(c => !c.IsField).Select(c => (c.Number, c.Label)));

    /// <summary>Which of several questions is shown; null if it is the only one, or nothing tells.</summary>
    public DialogStep? Step { get; init; }
}

/// <summary>One of several questions.</summary>
/// <param name="Number">Counted from 1.</param>
internal sealed record DialogStep(int Number, int Count);

/// <summary>One choice of a dialog.</summary>
/// <param name="Number">The digit to press; 0 if it has none.</param>
/// <param name="Checked">Null if it is no checkbox.</param>
/// <param name="IsField">It takes text of one's own.</param>
internal sealed record DialogChoice(int Number, string Label, bool Focused, bool? Checked, bool IsField = false);

/// <summary>The box a prompt is typed into.</summary>
/// <param name="Text">What stands in it, lines joined with line feeds; the hint itself for <see cref="InputBoxKind.Ghost"/>.</param>
/// <param name="IsPart">The text is longer than the box, which shows the lines around the cursor.</param>
internal sealed record InputBox(InputBoxKind Kind, string Text, bool IsPart = false)
{
    /// <summary>No box was found on the screen.</summary>
    public static InputBox Absent { get; } = new(InputBoxKind.None, "");
}

/// <summary>What stands in the box.</summary>
internal enum InputBoxKind
{
    /// <summary>There is no box on the screen.</summary>
    None,

    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>A hint or suggestion of the program; nothing a person typed.</summary>
    Ghost,

    /// <summary>Text a person typed and has not sent.</summary>
    Draft,

    /// <summary>A longer paste, shown as a placeholder.</summary>
    Pasted,

    /// <summary>Shell mode: what is sent now runs as a command.</summary>
    ShellMode,

    /// <summary>A command of the program is being typed, and its menu is open.</summary>
    Command,
}

/// <summary>Reads screens; the seam for those who need a verdict without real rules.</summary>
internal interface IScreenReader
{
    /// <summary>Never throws for what a screen holds.</summary>
    ScreenVerdict Read(string agent, PaneCapture capture);
}
