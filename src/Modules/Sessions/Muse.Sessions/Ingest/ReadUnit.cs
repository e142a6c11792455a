using Muse.BuildingBlocks.Journal;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Ingest;

/// <summary>One read of one file on its way to the store: commits whole or not at all.</summary>
/// <param name="Batch">Null if only the file's stamp changed.</param>
/// <param name="Replaces">The generation this read supersedes; 0 if none.</param>
/// <param name="DropReplaced">The replaced generation's rows go: a document rewritten whole, whose old places are gone too.</param>
/// <param name="Kept">The file of the archive it was read from; 0 if it was the agent's own.</param>
internal sealed record ReadUnit(
    TrackedFile File, Position Before, Position After, ReadBatch? Batch, long Replaces = 0, bool DropReplaced = false, long Kept = 0)
{
    /// <summary>What the journal will tell of the read; null without a batch.</summary>
    public PreparedFact? Fact { get; init; }

    public long Bytes => After.Offset - (After.Generation == Before.Generation ? Before.Offset : 0);
}
