using Muse.BuildingBlocks.Text;

namespace Muse.Insights.Domain;

/// <summary>Cells of tables that spreadsheets read.</summary>
internal static class Csv
{
    private const int Longest = 1000;

    /// <summary>Names come from transcripts: a spreadsheet must not take one for a formula.</summary>
    public static string Cell(string? text)
    {
        var line = PreviewText.From(text, Longest);
        var harmless = line.Length > 0 && "=+-@".Contains(line[0]) ? $"'{line}" : line;
        return harmless.AsSpan().IndexOfAny(",\"") < 0 ? harmless : $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
