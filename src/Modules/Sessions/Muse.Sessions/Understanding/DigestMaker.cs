using Muse.Sessions.Domain;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Understanding;

/// <summary>Makes the digest of one session of its rows, and of two bodies: the last reply's and the last list of things to do.</summary>
internal sealed class DigestMaker(SessionReads reads, ItemReader reader, DigestStore store)
{
    private const int LongestReply = 200_000;
    private static readonly SessionDigest Empty = new([], [], new Brief(null, null, null, [], [], [], null), new Dictionary<string, int>(), false);

    public SessionDigest Make(string sessionId)
    {
        if (reads.Transcript(sessionId, null) is not { } transcript)
        {
            return Empty with { Touched = store.Touched(sessionId) };
        }

        var (steps, isFork) = store.Steps(transcript);
        using var lines = reader.Open(transcript);
        var reply = steps.LastOrDefault(s => s.IsReply);
        var lastReply = reply is null ? "" : Body(transcript, lines, reply, new BodyLimits(LongestReply, 0))?.Text ?? reply.Preview;
        var list = steps.LastOrDefault(LoopRules.IsTodoList);
        IReadOnlyList<TodoEntry> todos = list is null ? [] : Body(transcript, lines, list, new BodyLimits(LongestReply, 1))?.Todos ?? [];
        var (tokens, window) = store.Context(sessionId);
        var loops = LoopRules.Find(steps, lastReply, todos);
        return new SessionDigest(
            HealthRules.Find(steps, tokens, window), loops, BriefRules.Make(steps, lastReply, todos, loops), store.Touched(sessionId), isFork);
    }

    /// <summary>Null if the bytes are gone.</summary>
    private ItemBody? Body(CurrentTranscript transcript, TranscriptLines? lines, Step step, BodyLimits limits) =>
        reads.Item(transcript.Generation, new ItemRef(step.Ordinal)) is { } row
            ? ItemReader.Body(reader.FormatOf(transcript.Agent), row.ToItem(), lines, limits)
            : null;
}
