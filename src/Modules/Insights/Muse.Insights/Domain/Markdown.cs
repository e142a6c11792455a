using System.Buffers;
using System.Text;
using Muse.BuildingBlocks.Text;

namespace Muse.Insights.Domain;

/// <summary>Text of strangers within Markdown.</summary>
internal static class Markdown
{
    private const int Longest = 1000;
    private static readonly SearchValues<char> Marks = SearchValues.Create("\\`*_[]<>|~&:");

    /// <summary>
    /// One harmless line that is shown as it is: no link, picture, emphasis or HTML comes of it. Not for the beginning of a line, where
    /// headings and lists begin.
    /// </summary>
    public static string Line(string? text, int longest = Longest)
    {
        var line = PreviewText.From(text, longest);
        if (line.AsSpan().IndexOfAny(Marks) < 0)
        {
            return line;
        }

        var escaped = new StringBuilder(line.Length + 16);
        for (var i = 0; i < line.Length; i++)
        {
            // An entity, where a backslash would leave what some readers make a link of by themselves.
            _ = line[i] == ':'
                ? escaped.Append(line.AsSpan(i).StartsWith("://") ? "&colon;" : ":")
                : (Marks.Contains(line[i]) ? escaped.Append('\\') : escaped).Append(line[i]);
        }

        return escaped.ToString();
    }
}
