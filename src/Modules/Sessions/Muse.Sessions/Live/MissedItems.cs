using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Live;

/// <summary>Where a client stands in a transcript: everything up to a revision of a generation.</summary>
internal readonly record struct TranscriptMark(long Generation, long Revision)
{
    public static TranscriptMark? TryParse(ReadOnlySpan<char> text)
    {
        var dot = text.IndexOf('.');
        return dot > 0 && long.TryParse(text[..dot], out var generation) && long.TryParse(text[(dot + 1)..], out var revision)
            ? new TranscriptMark(generation, revision)
            : null;
    }

    public static TranscriptMark Of(CurrentTranscript transcript) => new(transcript.Generation, transcript.Revision);

    public override string ToString() => FormattableString.Invariant($"{Generation}.{Revision}");
}

/// <summary>What a returning client missed of a transcript.</summary>
/// <param name="IsReset">Another generation is read now.</param>
/// <param name="IsGap">Too much was missed: fetching again is cheaper.</param>
internal sealed record MissedItems(IReadOnlyList<ItemRow> Rows, bool IsReset, bool IsGap)
{
    private const int Most = 1000;

    public static MissedItems Since(SessionReads reads, CurrentTranscript transcript, TranscriptMark seen)
    {
        if (seen.Generation != transcript.Generation)
        {
            return new MissedItems([], IsReset: true, IsGap: false);
        }

        if (seen.Revision >= transcript.Revision)
        {
            // A revision from the future means another database: nothing the client has can be trusted.
            return new MissedItems([], IsReset: false, IsGap: seen.Revision > transcript.Revision);
        }

        var (first, end) = (ItemKey.First(transcript.Generation), ItemKey.Of(transcript.Generation, transcript.Items));
        var rows = reads.ItemsChanged(first, end, seen.Revision, Most + 1);
        return rows.Count > Most ? new MissedItems([], IsReset: false, IsGap: true) : new MissedItems(rows, IsReset: false, IsGap: false);
    }

    /// <summary>Writes the reset or the rows.</summary>
    public void WriteTo(LiveStream stream, LiveRenderer renderer, ItemReader reader, CurrentTranscript transcript, string? id)
    {
        if (IsReset)
        {
            stream.Write("reset", id, renderer.Json(new LiveMessages.ResetData(transcript.SessionId, transcript.AgentId, transcript.Generation)));
        }
        else if (Rows.Count > 0)
        {
            stream.Write("items", id, renderer.Json(new LiveMessages.ItemsData(
                transcript.SessionId, transcript.AgentId, transcript.Generation, transcript.Revision, reader.Views(transcript, Rows), transcript.Items)));
        }
    }
}
