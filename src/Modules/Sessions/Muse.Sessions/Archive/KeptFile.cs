using Muse.Sessions.Ingest;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Archive;

/// <summary>The bytes of one generation of a transcript, as far as Muse keeps them.</summary>
/// <param name="Generation">0 if nothing that is read now has these bytes.</param>
/// <param name="Path">The name the transcript is or was known under.</param>
/// <param name="File">Name of the file of frames in the archive's folder.</param>
/// <param name="Bytes">Plain bytes kept, from the first on.</param>
/// <param name="StoredBytes">Of the file of frames; what stands behind them does not count.</param>
/// <param name="Total">Plain bytes that the last run set out to keep: more than <see cref="Bytes"/> while it is not done.</param>
/// <param name="Chain">Over the hashes of all frames, see <see cref="FrameNote"/>.</param>
/// <param name="Stamp">Of the source when it was kept.</param>
/// <param name="ReadBytes">Of these bytes the ingest had read so many, with this proof of them.</param>
/// <param name="Dropped">Given up by the owner's rule of retention: the row stays, so that it is not kept again.</param>
internal sealed record KeptFile(
    long Id, long Generation, string Agent, string Root, string Path, string File, TranscriptPlace Place, long Bytes, long StoredBytes, long Total,
    byte[] Chain, FileStamp Stamp, long ReadBytes, byte[] ReadHash, bool Dropped)
{
    public bool IsComplete => Bytes >= Total;
}

/// <summary>A compressed piece of a kept file.</summary>
/// <param name="Offset">Of its first byte in the transcript.</param>
/// <param name="Length">Plain bytes.</param>
/// <param name="Position">Where it stands in the file of frames.</param>
/// <param name="Hash">SHA-256 of the plain bytes.</param>
internal sealed record KeptFrame(long Offset, int Length, long Position, int StoredBytes, byte[] Hash)
{
    public long End => Offset + Length;
}
