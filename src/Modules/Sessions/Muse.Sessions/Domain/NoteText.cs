using System.Text.RegularExpressions;

namespace Muse.Sessions.Domain;

/// <summary>What a note's Markdown means beside its words.</summary>
internal static partial class NoteText
{
    public const int Longest = 20_000;
    public const string Hint = "Give 1 to 20,000 characters of Markdown.";
    private const int MostLinks = 100;

    public static bool IsNote(string text) => text.Length <= Longest && !string.IsNullOrWhiteSpace(text);

    /// <summary>Ids of the sessions that the text names as <c>[[id]]</c> or <c>[[id|words]]</c>.</summary>
    public static IReadOnlyList<string> Links(string text) =>
        [.. Link().Matches(text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).Take(MostLinks)];

    [GeneratedRegex(@"\[\[\s*(s[a-z2-7]{16})\s*(?:\|[^\[\]\n]{0,200})?\]\]")]
    private static partial Regex Link();
}
