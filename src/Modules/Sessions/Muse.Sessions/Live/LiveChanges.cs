using Muse.Sessions.Domain;
using Muse.Sessions.Ingest;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Live;

/// <summary>What a committed read means to those who watch.</summary>
internal static class LiveChanges
{
    /// <param name="changed">The stored rows of items of earlier reads that this read changed.</param>
    public static LiveChange Of(ReadUnit unit, ReadBatch batch, long seq, IReadOnlyList<ItemRow> changed) => new(
        unit.File.SessionId,
        unit.File.Place?.AgentId,
        unit.After.Generation,
        unit.After.Revision,
        seq,
        [.. changed, .. batch.Items.Select(item => ToRow(item, unit.After))],
        unit.After.Items,
        Reset: unit.Replaces != 0,
        SessionChanged: true);

    /// <summary>A transcript vanished or came back: only its session's row changed.</summary>
    public static LiveChange OfPresence(TrackedFile file, long seq) => new(
        file.SessionId, file.Place?.AgentId, file.Committed.Generation, file.Committed.Revision, seq, [], file.Committed.Items, Reset: false,
        SessionChanged: true);

    private static ItemRow ToRow(Item item, Position after) => new()
    {
        Key = ItemKey.Of(after.Generation, item.Ordinal),
        Kind = ItemView.KindWord(item.Kind),
        Offset = item.Offset,
        Length = item.Length,
        Block = item.Block,
        AtMs = item.AtMs,
        Name = item.Name,
        CallId = item.CallId,
        Flags = (int)item.Flags,
        Preview = item.Preview,
        ResultOffset = item.ResultOffset,
        ResultLength = item.ResultLength,
        Outcome = OutcomeJson.Write(item.Outcome),
        AgentId = item.AgentId,
        Images = item.Images,
        Revision = after.Revision,
    };
}
