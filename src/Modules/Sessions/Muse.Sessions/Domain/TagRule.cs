using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Muse.Sessions.Domain;

/// <summary>What makes a session carry a tag by itself: a filter of the list. All that is given must hold.</summary>
/// <param name="Project">The path of a project.</param>
/// <param name="Q">Part of the title, in any case.</param>
internal sealed record TagRule(
    [property: AgentWord] string? Agent = null, string? Project = null, string? Model = null, string? Branch = null,
    [property: StateWord] string? State = null, [property: StringLength(200)] string? Q = null)
{
    /// <summary>A rule that holds for everything marks nothing.</summary>
    public bool IsEmpty => this is { Agent: null, Project: null, Model: null, Branch: null, State: null } && string.IsNullOrWhiteSpace(Q);

    public SessionFilter ToFilter() => new(Agent, Project, Model, Branch, State, null, null, Q);
}

/// <summary>How tags are called.</summary>
internal static partial class TagName
{
    public const int Longest = 40;
    public const string Hint = "Give 1 to 40 letters, digits, spaces or . _ - / and begin with a letter or digit.";

    /// <summary>The name as it is stored: tags that differ in case only are one. Null if it cannot be a name.</summary>
    public static string? TryParse(string? text)
    {
        var name = text?.Trim().ToLower(CultureInfo.InvariantCulture) ?? "";
        return Name().IsMatch(name) ? name : null;
    }

    [GeneratedRegex(@"\A[\p{L}\p{N}][\p{L}\p{M}\p{N} ._/-]{0,39}\z")]
    private static partial Regex Name();
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class TagColorWordAttribute() : AllowedValuesAttribute([.. All])
{
    /// <summary>Names of the theme's colours, each readable on light and dark. The first is what a tag without a colour has.</summary>
    public static readonly string[] All = ["gray", "blue", "orange", "teal", "pink", "olive", "sky"];
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class IsWordAttribute() : DescriptionAttribute("unread, starred, pinned or archived; several, separated by commas, must all hold. Archived ones are hidden without it.")
{
    public static readonly string[] All = ["unread", "starred", "pinned", "archived"];
}
