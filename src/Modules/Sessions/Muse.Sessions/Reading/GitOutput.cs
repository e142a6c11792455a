using System.Text.RegularExpressions;

namespace Muse.Sessions.Reading;

/// <summary>What git prints when it made a commit.</summary>
internal static partial class GitOutput
{
    /// <summary>Hash and subject of the last commit the output shows; null if it shows none.</summary>
    public static (string Hash, string? Subject)? FindCommit(string output)
    {
        var found = Commit().Matches(output);
        return found.Count == 0 ? null : (found[^1].Groups["hash"].Value, PreviewText.From(found[^1].Groups["subject"].Value));
    }

    // "[main 1a2b3c4] Subject", "[feat/x (root-commit) 1a2b3c4] Subject", "[detached HEAD 1a2b3c4] Subject"; Gemini puts a label before it.
    [GeneratedRegex(@"^(?:Stdout: |Output: )?\[[^\]\n]{1,200}? (?<hash>[0-9a-f]{7,40})\] (?<subject>.*)$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Commit();
}
