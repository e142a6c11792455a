using Muse.BuildingBlocks.Results;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Domain;

/// <summary>An item with the open file it stands in. <c>Lines</c> is null if the file is gone.</summary>
internal sealed record FoundItem(ItemRef Id, Item Item, ITranscriptFormat? Format, TranscriptLines? Lines) : IDisposable
{
    /// <summary>Null if its bytes are gone.</summary>
    public ItemBody? Body(BodyLimits limits) => ItemReader.Body(Format, Item, Lines, limits);

    public void Dispose() => Lines?.Dispose();
}

/// <summary>Finds one item by the names a request gives, indexed or not.</summary>
internal sealed class ItemFinder(SessionReads reads, ItemReader reader)
{
    /// <param name="item">An item id that can be read: the validators see to it.</param>
    public Result<FoundItem> Find(string sessionId, string? agentId, string item)
    {
        var id = ItemRef.TryParse(item)!.Value;
        var expected = reads.ExpectTranscript(sessionId, agentId);
        if (expected.IsFailed)
        {
            return expected.Problem;
        }

        var transcript = expected.Value;
        var format = reader.FormatOf(transcript.Agent);
        var lines = reader.Open(transcript);
        // The index is not searched for what it cannot hold yet: looking for an offset costs a look at many rows.
        var found = id.Ordinal is null && id.Offset >= transcript.CommittedBytes
            ? Unindexed(transcript, format, lines, id)
            : reads.Item(transcript.Generation, id)?.ToItem();
        if (found is not null)
        {
            return new FoundItem(id, found, format, lines);
        }

        lines?.Dispose();
        return SessionProblems.ItemNotFound(item);
    }

    private static Item? Unindexed(CurrentTranscript transcript, ITranscriptFormat? format, TranscriptLines? lines, ItemRef id) =>
        format is not null && lines is not null && !format.IsDocument(transcript.Path)
            ? new UnindexedPart(transcript, format, lines).At(id.Offset, id.Block)
            : null;
}
