using System.Text.Json;
using System.Text.Json.Serialization;

namespace Muse.Board.Screens;

/// <summary>A rule file as it is written. Every pattern is a regular expression on one line without its trailing blanks.</summary>
/// <param name="MadeFor">The versions of the agent whose screens the rules were tried on.</param>
/// <param name="Rules">The first that matches decides.</param>
internal sealed record ScreenRuleFile(
    string Agent, string[] MadeFor, string About, LayoutData Layout, RuleData[] Rules, BannerData[]? Banners = null)
{
    /// <summary>A misspelt key is an error: a rule that silently lost a condition would match too much.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };
}

/// <summary>Where the program draws what.</summary>
/// <param name="Prompt">A line of the conversation that is a person's prompt.</param>
/// <param name="Block">The first line of something in the conversation.</param>
internal sealed record LayoutData(string Prompt, string Block, BoxData Box, DialogData Dialog);

/// <summary>The input box, looked for from the bottom.</summary>
/// <param name="First">Its first line, with the groups <c>glyph</c> and <c>text</c>.</param>
/// <param name="Next">Its further lines, with the group <c>text</c>.</param>
/// <param name="Above">The lines above it, the nearest first.</param>
/// <param name="Below">The line under it; null if a blank line and the last paragraph of the screen follow.</param>
/// <param name="AboveMore">Instead of the nearest line above: the text began higher up and has been scrolled away, and with it the glyph.</param>
/// <param name="BelowMore">Instead of the line under it: the text goes on further down.</param>
/// <param name="FirstMore">Instead of its first line: the text began higher up and fills the screen to its end, with nothing below it. With the
/// groups of the first line.</param>
/// <param name="Footer">A line that must be below it.</param>
/// <param name="Shell">The glyph of shell mode.</param>
/// <param name="Pasted">What stands for a longer paste.</param>
/// <param name="Command">Text that opens the menu of commands.</param>
/// <param name="Hint">How a hint that nobody typed is drawn, but for its first character, on which the cursor may stand.</param>
/// <param name="HintText">The hints that are known, for captures without styles.</param>
internal sealed record BoxData(
    string First,
    string Next,
    string Shell,
    string Pasted,
    string Command,
    StyleData Hint,
    string HintText,
    string[]? Above = null,
    string? Below = null,
    string? AboveMore = null,
    string? BelowMore = null,
    string? FirstMore = null,
    string? Footer = null);

/// <summary>A dialog, which is looked for only if there is no input box.</summary>
/// <param name="Top">The line it starts with. With <paramref name="Bottom"/> the last such line counts, else the first.</param>
/// <param name="After">Instead of a top: the last line of the conversation; the dialog starts behind its paragraph.</param>
/// <param name="Bottom">Its last line, which must be the last of the screen.</param>
/// <param name="Border">Its lines inside a frame, with the group <c>text</c>.</param>
/// <param name="Choice">A choice, with the groups <c>number</c>, <c>label</c>, and <c>focus</c> and <c>check</c> where it has them.</param>
/// <param name="Focus">The focused choice of a dialog without numbers, with the group <c>label</c>.</param>
/// <param name="Volatile">Parts that change while the dialog stays the same; left out of its fingerprint.</param>
/// <param name="Field">The label of a choice that takes text of one's own.</param>
/// <param name="Typing">A line of a dialog in which keys are text, as such a choice has the focus.</param>
/// <param name="More">A line that says that the list of choices goes on where it is not seen.</param>
/// <param name="Step">A line that tells which of several questions is shown: with the groups <c>number</c> and <c>count</c>, or else with a
/// group <c>tab</c> for each question, of which one is drawn unlike what ends the line.</param>
internal sealed record DialogData(
    string Choice,
    string? Top = null,
    string? After = null,
    string? Bottom = null,
    string? Border = null,
    string? Focus = null,
    string[]? Volatile = null,
    string? Field = null,
    string? Typing = null,
    string? More = null,
    string? Step = null);

/// <summary>What the program says beside the conversation.</summary>
internal sealed record BannerData(string In, string Line);

/// <summary>One rule.</summary>
/// <param name="Reason">Given exactly if the state is <c>needs-you</c>.</param>
/// <param name="When">All must hold.</param>
/// <param name="Unless">None may hold.</param>
/// <param name="Dialog">Given if the screen shows a dialog that can be answered.</param>
internal sealed record RuleData(
    string Name, string State, string Why, ConditionData[] When, string? Reason = null, ConditionData[]? Unless = null, DialogTextData? Dialog = null);

/// <summary>One condition; everything it names must hold.</summary>
/// <param name="In">The part of the screen in which <paramref name="Line"/> is looked for: see <see cref="ScreenRegion"/>.</param>
/// <param name="At">Only the <c>first</c> or the <c>last</c> line of that part that is not blank.</param>
/// <param name="Style">How what matched is drawn; does not matter for a capture without styles.</param>
/// <param name="TitleIfKnown">Like <paramref name="Title"/>, but holds if the title is not known.</param>
/// <param name="TitleNames">The title holds what the group <c>name</c> of this pattern finds in the box's footer.</param>
/// <param name="Box"><c>present</c>, <c>absent</c>, or <c>whole</c>: nothing of it or below it is cut at the right.</param>
/// <param name="Input">The kinds of what stands in the box, as <see cref="InputBoxKind"/> names them in lower case.</param>
/// <param name="Glyph">How the box's glyph is drawn; never holds for a capture without styles.</param>
internal sealed record ConditionData(
    string? In = null,
    string? Line = null,
    string? At = null,
    StyleData? Style = null,
    string? Title = null,
    string? TitleIfKnown = null,
    string? TitleNames = null,
    string? Command = null,
    string? Box = null,
    string[]? Input = null,
    StyleData? Glyph = null,
    bool? Styled = null);

/// <summary>Where a dialog says what it asks.</summary>
/// <param name="Title">With the group <c>title</c>; the first line if null.</param>
/// <param name="Between">The body is what stands between the first and the last such line; all before the choices if null.</param>
/// <param name="Enter">What Enter does in a dialog without choices; it becomes the only one.</param>
internal sealed record DialogTextData(string? Title = null, string? Between = null, string? Enter = null);

/// <summary>How something is drawn. Colours are <c>default</c>, <c>246</c> or <c>#5f5f5f</c>.</summary>
internal sealed record StyleData(
    string? Foreground = null, string? Background = null, bool? Bold = null, bool? Dim = null, bool? Reverse = null);
