namespace Muse.Sessions.Reading;

/// <summary>What a folded row says of a tool's output.</summary>
internal static class OutputText
{
    /// <summary>Where the first informative line is cut from: not a fence, not an empty line.</summary>
    public static string Summary(ReadOnlySpan<char> text)
    {
        foreach (var line in text[..Math.Min(text.Length, 2000)].EnumerateLines())
        {
            if (PreviewText.From(line) is { Length: > 0 } shown && shown is not ("```" or "{" or "[" or "---"))
            {
                return shown;
            }
        }

        return "";
    }
}
