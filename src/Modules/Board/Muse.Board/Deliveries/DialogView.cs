using Muse.Board.Domain;
using Muse.Board.Screens;

namespace Muse.Board.Deliveries;

/// <summary>An open dialog as people see and answer it.</summary>
/// <param name="Fingerprint">To be sent with the answer, which counts for exactly this dialog.</param>
/// <param name="MultiSelect">Boxes are to be ticked; an answer names all that shall be.</param>
/// <param name="Step">Which of several questions this is; null if it is the only one, or the program does not tell. Each is a dialog of its own.</param>
/// <param name="InPane">Why it can only be answered in its pane; null if it can be answered from here.</param>
internal sealed record DialogView(
    [property: NeedReasonWord] string Kind, string Title, string? Body, IReadOnlyList<DialogView.Choice> Choices, string Fingerprint, bool MultiSelect,
    DialogView.Question? Step, string? InPane)
{
    /// <param name="Number">The digit that the program takes for it; 0 if it has none.</param>
    /// <param name="Checked">Whether its box is ticked; null if it is no box.</param>
    /// <param name="FreeText">It takes text of one's own, which only its pane does.</param>
    public sealed record Choice(int Number, string Label, bool Focused, bool? Checked, bool FreeText);

    /// <param name="Number">Counted from 1.</param>
    public sealed record Question(int Number, int Count);

    public static DialogView Of(ScreenDialog dialog) => new(
        CardWords.Word((NeedReason?)dialog.Kind)!, dialog.Title, dialog.Body, // a kind that is there has a word
        [.. dialog.Choices.Select(c => new Choice(c.Number, c.Label, c.Focused, c.Checked, c.IsField))], dialog.Fingerprint, dialog.MultiSelect,
        dialog.Step is { } step ? new Question(step.Number, step.Count) : null, BoardProblems.InPane(dialog)?.Message);
}
