using System.Globalization;
using System.Text.RegularExpressions;
using Muse.BuildingBlocks.Text;

namespace Muse.Insights.Git;

/// <param name="Files">Empty for a merge.</param>
/// <param name="Reverts">The hash that the message says it reverts.</param>
internal sealed record LoggedCommit(
    string Hash, string Tree, string Parents, long AuthorMs, long CommitterMs, string Email, string Subject, string? Reverts, IReadOnlyList<LoggedFile> Files);

internal readonly record struct LoggedFile(string Path, int Added, int Removed);

/// <summary>Asks git for commits in a form that can be taken apart whatever stands in messages and names.</summary>
internal static partial class GitLog
{
    private const int Fields = 7;
    private const long LastSecond = Domain.ZoneDays.LastMs / 1000;
    private const int MostFiles = 2000;

    /// <summary>All commits of refs and reflogs since a time; those that are known are excluded by the input.</summary>
    public static string[] Arguments(DateTimeOffset since, int most) =>
    [
        "log", "--all", "--reflog", "--stdin", "--ignore-missing", $"--since={since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}",
        $"--max-count={most}", "--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-color", "--no-notes", "--no-mailmap", "-z", "--numstat",
        "--format=%H%x00%T%x00%P%x00%at%x00%ct%x00%ae%x00%B",
    ];

    /// <summary>Takes apart what git prints: everything ends with a zero, which neither a message nor a name can hold.</summary>
    public static List<LoggedCommit> Parse(string output)
    {
        var commits = new List<LoggedCommit>();
        var words = output.Split('\0');
        for (var at = 0; at + Fields <= words.Length;)
        {
            if (!Hash().IsMatch(words[at]))
            {
                at++;
                continue;
            }

            var fields = words.AsSpan(at, Fields);
            at += Fields;
            var files = new List<LoggedFile>();
            while (at < words.Length && File(words[at]) is { } file)
            {
                at++;
                if (files.Count < MostFiles)
                {
                    files.Add(file);
                }
            }

            if (!Stashed().IsMatch(fields[6]))
            {
                commits.Add(ToCommit(fields, files));
            }
        }

        return commits;
    }

    private static LoggedCommit ToCommit(ReadOnlySpan<string> fields, List<LoggedFile> files)
    {
        var message = fields[6];
        return new LoggedCommit(
            fields[0], fields[1], fields[2], Seconds(fields[3]) * 1000, Seconds(fields[4]) * 1000, PreviewText.From(fields[5]), PreviewText.From(message.Split('\n', 2)[0]),
            Reverted().Match(message) is { Success: true } found ? found.Groups["hash"].Value : null, files);
    }

    /// <summary>Lines added, lines removed and the path; counts are a dash in binary files. Null for what is no file.</summary>
    private static LoggedFile? File(string word) =>
        word.TrimStart('\n').Split('\t', 3) is [var added, var removed, { Length: > 0 } path] ? new LoggedFile(path, Count(added), Count(removed)) : null;

    /// <summary>Clocks of committers may say anything; what is no time is none.</summary>
    private static long Seconds(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? Math.Clamp(seconds, 0, LastSecond) : 0;

    private static int Count(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count : 0;

    [GeneratedRegex("^(?:[0-9a-f]{40}|[0-9a-f]{64})$")]
    private static partial Regex Hash();

    // What git stash puts away is no commit of anybody's.
    [GeneratedRegex("^(?:WIP|index|untracked files) on [^\n]{1,200}: [0-9a-f]{7,64} ", RegexOptions.NonBacktracking)]
    private static partial Regex Stashed();

    [GeneratedRegex(@"^This reverts commit (?<hash>[0-9a-f]{7,64})\b", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Reverted();
}
