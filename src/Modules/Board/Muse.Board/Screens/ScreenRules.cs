using System.Text.RegularExpressions;
using Muse.Board.Domain;

namespace Muse.Board.Screens;

/// <summary>The rules of one agent, ready to be matched.</summary>
/// <param name="Source">Such as <c>codex 0.169.0 (built in)</c>.</param>
internal sealed record ScreenRules(string Agent, string Source, LayoutRules Layout, IReadOnlyList<BannerRule> Banners, IReadOnlyList<ScreenRule> Rules);

/// <inheritdoc cref="LayoutData"/>
internal sealed record LayoutRules(Regex Prompt, Regex Block, BoxRules Box, DialogRules Dialog);

/// <inheritdoc cref="BoxData"/>
internal sealed record BoxRules(
    Regex First,
    Regex Next,
    IReadOnlyList<Regex> Above,
    Regex? Below,
    Regex? AboveMore,
    Regex? BelowMore,
    Regex? FirstMore,
    Regex? Footer,
    string Shell,
    Regex Pasted,
    Regex Command,
    StyleWish Hint,
    Regex HintText);

/// <inheritdoc cref="DialogData"/>
internal sealed record DialogRules(
    Regex? Top, Regex? After, Regex? Bottom, Regex? Border, Regex Choice, Regex? Focus, IReadOnlyList<Regex> Volatile,
    Regex? Field, Regex? Typing, Regex? More, Regex? Step);

/// <inheritdoc cref="BannerData"/>
internal sealed record BannerRule(ScreenRegion In, Regex Line);

/// <inheritdoc cref="RuleData"/>
internal sealed record ScreenRule(
    string Name,
    CardState State,
    NeedReason? Reason,
    string Why,
    IReadOnlyList<RuleCondition> When,
    IReadOnlyList<RuleCondition> Unless,
    DialogText? Dialog);

/// <inheritdoc cref="ConditionData"/>
internal sealed record RuleCondition(
    LineCondition? Line,
    Regex? Title,
    Regex? TitleIfKnown,
    Regex? TitleNames,
    Regex? Command,
    BoxPresence? Box,
    IReadOnlyList<InputBoxKind>? Input,
    StyleWish? Glyph,
    bool? Styled);

/// <summary>Some line of a part of the screen looks like this.</summary>
internal sealed record LineCondition(ScreenRegion In, Regex Pattern, LinePlace At, StyleWish? Style);

/// <inheritdoc cref="DialogTextData"/>
internal sealed record DialogText(Regex? Title, Regex? Between, string? Enter = null);

/// <summary>A part of the screen. All but the whole screen and the turn are empty if what they name is not there.</summary>
internal enum ScreenRegion
{
    /// <summary>Every line.</summary>
    Screen,

    /// <summary>The lines of the input box.</summary>
    Box,

    /// <summary>What is below the input box.</summary>
    Footer,

    /// <summary>The line above the input box.</summary>
    Hint,

    /// <summary>The last thing in the conversation above the input box, and what follows it up to the box.</summary>
    Last,

    /// <summary>Everything after the last prompt of the conversation, up to the input box or the end.</summary>
    Turn,

    /// <summary>The open dialog: only if there is no input box.</summary>
    Dialog,
}

/// <summary>Which lines of a region count.</summary>
internal enum LinePlace
{
    Any,
    First,
    Last,
}

/// <summary>Whether the input box must be there.</summary>
internal enum BoxPresence
{
    Present,
    Absent,
    Whole,
}
