using System.Buffers;
using System.Text;
using Muse.BuildingBlocks.Text;

namespace Muse.Insights.Domain;

/// <summary>Text of strangers within Markdown.</summary>
internal static class Markdown
{
    private const int Longest = 1000;
    private static readonly SearchValues<char> Marks = SearchValues.Create("\\`*_{}[]()<>#+-.!|~&:");

    /// <summary>One harmless line that is shown as it is: no link, picture, heading, list or HTML comes of it.</summary>
    public static string Line(string? text)
    {
        var line = PreviewText.From(text, Longest);
        if (line.AsSpan().IndexOfAny(Marks) < 0)
        {
            return line;
        }

        var escaped = new StringBuilder(line.Length + 16);
        foreach (var c in line)
        {
            // An entity, where a backslash would leave what some readers make a link of by themselves.
            _ = c == ':' ? escaped.Append("&colon;") : Marks.Contains(c) ? escaped.Append('\\').Append(c) : escaped.Append(c);
        }

        return escaped.ToString();
    }
}
