using System.Globalization;

namespace Muse.Sessions.Domain;

/// <summary>
/// How an item is named outside: its ordinal, or, while its part of the file is not indexed, <c>t</c> with the offset of
/// its line and its block in it.
/// </summary>
internal readonly record struct ItemRef(long? Ordinal, long Offset = 0, int Block = 0)
{
    public static ItemRef? TryParse(string? text)
    {
        if (text is null or "" || text.Length > 40)
        {
            return null;
        }

        if (text[0] != 't')
        {
            return TryNumber(text, out var ordinal) ? new ItemRef(ordinal) : null;
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 1 && TryNumber(text.AsSpan(1, dot - 1), out var offset) && TryNumber(text.AsSpan(dot + 1), out var block) && block <= int.MaxValue
            ? new ItemRef(null, offset, (int)block)
            : null;
    }

    public override string ToString() => Ordinal is { } ordinal ? Text(ordinal) : string.Create(CultureInfo.InvariantCulture, $"t{Offset}.{Block}");

    public static string Text(long ordinal) => ordinal.ToString(CultureInfo.InvariantCulture);

    private static bool TryNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < 1L << 53;
}
