namespace Muse.Sessions.Domain;

/// <summary>Generation and ordinal in one primary key, so that a window of a transcript is a range of it.</summary>
internal static class ItemKey
{
    /// <summary>A quarter of a billion items in one file: a hundred times the longest transcript seen.</summary>
    private const int OrdinalBits = 28;

    public static long Of(long generation, long ordinal) => (generation << OrdinalBits) | ordinal;

    public static long First(long generation) => generation << OrdinalBits;

    public static long Last(long generation) => ((generation + 1) << OrdinalBits) - 1;

    public static long Ordinal(long key) => key & ((1L << OrdinalBits) - 1);

    public static long Generation(long key) => key >> OrdinalBits;
}
