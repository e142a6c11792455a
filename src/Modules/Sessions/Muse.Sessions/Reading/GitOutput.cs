using System.Text.RegularExpressions;

namespace Muse.Sessions.Reading;

/// <summary>What git prints when it made a commit.</summary>
internal static partial class GitOutput
{
    /// <summary>Hash and subject of each commit that the output shows being made, in order.</summary>
    public static IReadOnlyList<(string Hash, string? Subject)> FindCommits(string output) =>
        [.. Commit().Matches(output).Select(m => (m.Groups["hash"].Value, (string?)PreviewText.From(m.Groups["subject"].Value)))];

    /// <summary>True for a command whose output may show one.</summary>
    public static bool MakesCommits(ReadOnlySpan<char> command) =>
        command.Contains("git", StringComparison.Ordinal) && (command.Contains("commit", StringComparison.Ordinal)
            || command.Contains("cherry-pick", StringComparison.Ordinal) || command.Contains("revert", StringComparison.Ordinal));

    /// <inheritdoc cref="MakesCommits(ReadOnlySpan{char})" />
    public static bool MakesCommits(ReadOnlySpan<byte> command) =>
        command.IndexOf("git"u8) >= 0 && (command.IndexOf("commit"u8) >= 0 || command.IndexOf("cherry-pick"u8) >= 0 || command.IndexOf("revert"u8) >= 0);

    // "[main 1a2b3c4] Subject", "[feat/x (root-commit) 1a2b3c4] Subject", "[detached HEAD 1a2b3c4] Subject"; Gemini puts a label before it.
    [GeneratedRegex(@"^(?:Stdout: |Output: )?\[[^\]\n]{1,200}? (?<hash>[0-9a-f]{7,40})\] (?<subject>.*)$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Commit();
}
