namespace Muse.Sessions.Search;

/// <summary>
/// A document's number in the index: rank, time, transcript and place in it, so that SQLite walks the hits of any word
/// from the newest to the oldest of each rank and stops where enough are found.
/// </summary>
internal static class SearchDocument
{
    private const int OrdinalBits = 13;
    private const int TranscriptBits = 18;
    private const int SecondBits = 30;
    private const long MostSeconds = (1L << SecondBits) - 1;

    /// <summary>2020-01-01: thirty-four years of seconds from here on.</summary>
    private const long Epoch = 1_577_836_800;

    /// <summary>The number that is tried first; if another item has it, <see cref="Next"/> of it.</summary>
    public static long Id(SearchRank rank, long atMs, long transcript, long ordinal) =>
        First(rank, atMs / 1000) | ((transcript & ((1L << TranscriptBits) - 1)) << OrdinalBits) | (ordinal & ((1L << OrdinalBits) - 1));

    /// <summary>The same a second later.</summary>
    public static long Next(long id) => id + (1L << (TranscriptBits + OrdinalBits));

    /// <summary>The least number of a rank and a second since 1970.</summary>
    public static long First(SearchRank rank, long second) =>
        ((long)rank << (SecondBits + TranscriptBits + OrdinalBits)) | (Math.Clamp(second - Epoch, 0, MostSeconds) << (TranscriptBits + OrdinalBits));

    /// <summary>The greatest number of a rank and a second since 1970; before all of the rank if that was before everything.</summary>
    public static long Last(SearchRank rank, long second) =>
        second < Epoch ? First(rank, second) - 1 : First(rank, second) | ((1L << (TranscriptBits + OrdinalBits)) - 1);

    /// <summary>Tells transcripts apart, but for those a quarter of a million others came between.</summary>
    public static int Transcript(long id) => (int)(id >> OrdinalBits) & ((1 << TranscriptBits) - 1);

    public static SearchRank Rank(long id) => (SearchRank)(id >> (SecondBits + TranscriptBits + OrdinalBits));

    /// <summary>Seconds since 1970.</summary>
    public static long Second(long id) => ((id >> (TranscriptBits + OrdinalBits)) & MostSeconds) + Epoch;
}
