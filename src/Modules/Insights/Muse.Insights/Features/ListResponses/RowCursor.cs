using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Muse.Insights.Features.ListResponses;

/// <summary>Where a page ended: its sort, the last row's time, cost (-1 for none) and identity. Opaque to clients.</summary>
internal sealed record RowCursor(string Sort, long AtMs, long Cost, string Identity)
{
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Sort}\n{AtMs}\n{Cost}\n{Identity}")));

    /// <summary>Null for what was not made here, or for another sort.</summary>
    public static RowCursor? TryParse(string text, string sort)
    {
        if (text.Length > 2000 || !Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('\n', 4);
        return parts.Length == 4 && parts[0] == sort && TryNumber(parts[1], out var at) && TryNumber(parts[2], out var cost)
            ? new RowCursor(sort, at, cost, parts[3])
            : null;
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
