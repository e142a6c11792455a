using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Muse.Sessions.Features.ListSessions;

/// <summary>Where a page ended: its sort, the last row's sort key and its id. Opaque to clients.</summary>
internal sealed record PageCursor(string Sort, string Key, string Id)
{
    public long Number => long.Parse(Key, CultureInfo.InvariantCulture);

    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Sort}\n{Id}\n{Key}"));

    /// <summary>Null for what was not made here, or for another sort.</summary>
    public static PageCursor? TryParse(string text, string sort)
    {
        if (text.Length > 2000 || !Base64Url.IsValid(text))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('\n', 3);
        return parts.Length == 3 && parts[0] == sort
            && (sort == "title" || long.TryParse(parts[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? new PageCursor(sort, parts[2], parts[1])
            : null;
    }
}
