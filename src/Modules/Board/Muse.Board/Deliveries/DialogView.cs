using Muse.Board.Domain;
using Muse.Board.Screens;

namespace Muse.Board.Deliveries;

/// <summary>An open dialog as people see and answer it.</summary>
/// <param name="Fingerprint">To be sent with the answer, which counts for exactly this dialog.</param>
internal sealed record DialogView(
    [property: NeedReasonWord] string Kind, string Title, string? Body, IReadOnlyList<DialogView.Choice> Choices, string Fingerprint, bool MultiSelect)
{
    /// <param name="Number">The digit that the program takes for it; 0 if it has none.</param>
    public sealed record Choice(int Number, string Label, bool Focused, bool? Checked);

    public static DialogView Of(ScreenDialog dialog) => new(
        CardWords.Word((NeedReason?)dialog.Kind)!, dialog.Title, dialog.Body, // a kind that is there has a word
        [.. dialog.Choices.Select(c => new Choice(c.Number, c.Label, c.Focused, c.Checked))], dialog.Fingerprint, dialog.MultiSelect);
}
