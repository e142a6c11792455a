using Muse.BuildingBlocks.Web;
using Muse.Sessions.Live;

namespace Muse.Sessions.Features.StreamEvents;

/// <summary>A transcript a tab shows, and how much of it the tab has.</summary>
internal sealed record SessionTopic(string SessionId, string? AgentId, TranscriptMark? Seen);

/// <summary>What a tab wants to hear.</summary>
/// <param name="Others">Topics of other modules.</param>
internal sealed record TopicSet(bool Sessions, bool Ingest, IReadOnlyList<SessionTopic> Transcripts, IReadOnlyList<ILiveTopic> Others)
{
    private const int Most = 50;
    private const string SessionPrefix = "session:";

    public LiveFilter Filter => new(Sessions, Ingest, [.. Transcripts.Select(t => new WatchedTranscript(t.SessionId, t.AgentId))]);

    /// <summary>Null if a topic is not understood. Nothing named means the list and the ingest.</summary>
    public static TopicSet? TryParse(string? text, IEnumerable<ILiveTopic> known)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new TopicSet(true, true, [], []);
        }

        var others = known.ToList();
        var topics = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var transcripts = topics.Where(t => t.StartsWith(SessionPrefix, StringComparison.Ordinal)).Select(t => Transcript(t[SessionPrefix.Length..])).ToList();
        var plain = topics.Where(t => !t.StartsWith(SessionPrefix, StringComparison.Ordinal)).ToList();
        return topics.Length <= Most && plain.TrueForAll(t => t is "sessions" or "ingest" || others.Exists(o => o.Name == t)) && !transcripts.Contains(null)
            ? new TopicSet(
                plain.Contains("sessions"), plain.Contains("ingest"), [.. transcripts.OfType<SessionTopic>()], [.. others.Where(o => plain.Contains(o.Name))])
            : null;
    }

    private static SessionTopic? Transcript(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (head, agent) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
        var at = head.IndexOf('@', StringComparison.Ordinal);
        var id = at < 0 ? head : head[..at];
        var seen = at < 0 ? null : TranscriptMark.TryParse(head.AsSpan(at + 1));
        return id.Length is 0 or > 64 || agent == "" || (at >= 0 && seen is null) ? null : new SessionTopic(id, agent, seen);
    }
}
