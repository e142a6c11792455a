using System.Globalization;
using Muse.Sessions.Search;

namespace Muse.Sessions.Features.SearchItems;

/// <summary>How far a look through the bytes has come: the transcript, newest first, and the byte before which it goes on.</summary>
internal readonly record struct ScanCursor(long LastAtMs, long Transcript, long Before)
{
    /// <summary>Null for what is none.</summary>
    public static ScanCursor? TryParse(string text)
    {
        Span<long> numbers = stackalloc long[3];
        var count = 0;
        foreach (var part in text.AsSpan().Split('-'))
        {
            if (count == numbers.Length || !long.TryParse(text.AsSpan(part), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out numbers[count++]))
            {
                return null;
            }
        }

        return count == numbers.Length && numbers[1] >= 0 && numbers[2] >= 0 ? new ScanCursor(numbers[0], numbers[1], numbers[2]) : null;
    }

    /// <summary>The byte before which a transcript is still to be looked at; 0 if it was looked through.</summary>
    public long BeforeIn(SearchSource source) =>
        (source.LastAtMs, source.Transcript) == (LastAtMs, Transcript) ? Before
        : source.LastAtMs < LastAtMs || (source.LastAtMs == LastAtMs && source.Transcript < Transcript) ? long.MaxValue
        : 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{LastAtMs:x}-{Transcript:x}-{Before:x}");
}
