using System.Globalization;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Domain;
using Muse.Sessions.Live;
using Muse.Sessions.Persistence;

namespace Muse.Sessions.Features.StreamEvents;

/// <summary>Finds what a returning tab missed, and whether that can be told.</summary>
internal sealed class MissedEvents(
    SessionReads reads, TopicSet topics, string? lastEventId, LiveRenderer renderer, ItemReader reader, TimeProvider clock)
{
    private const int MostSessions = 500;
    private readonly List<SessionWithParent> _sessions = [];
    private readonly List<TopicEvent> _others = [];
    private readonly List<(CurrentTranscript Transcript, MissedItems Missed)> _items = [];

    /// <summary>By session and subagent: up to where the stream has told a transcript when it starts to follow.</summary>
    public Dictionary<(string SessionId, string? AgentId), TranscriptMark> Told { get; } = [];

    /// <param name="now">The journal's last number.</param>
    /// <returns>The verdict.</returns>
    public async Task<string> LookAsync(long now, CancellationToken ct)
    {
        var (resumed, gap) = (false, false);
        if (lastEventId is not null)
        {
            resumed = long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last <= now;
            gap = !resumed || (topics.Sessions && !FindSessions(last)) || !await FindOthersAsync(lastEventId, ct);
        }

        foreach (var topic in topics.Transcripts)
        {
            if (reads.Transcript(topic.SessionId, topic.AgentId) is not { } transcript)
            {
                continue;
            }

            Told[(topic.SessionId, topic.AgentId)] = TranscriptMark.Of(transcript);
            if (topic.Seen is { } seen)
            {
                var missed = MissedItems.Since(reads, transcript, seen);
                (resumed, gap) = (true, gap || missed.IsGap);
                _items.Add((transcript, missed));
            }
        }

        return gap ? LiveMessages.Gap : resumed ? LiveMessages.Resumed : LiveMessages.Fresh;
    }

    public void WriteTo(LiveStream stream)
    {
        foreach (var session in _sessions)
        {
            stream.Write("session", session.Row.ChangedSeq.ToString(CultureInfo.InvariantCulture), renderer.Json(session.Summary(clock)));
        }

        foreach (var other in _others)
        {
            stream.Write(other.Type, null, other.Data);
        }

        foreach (var (transcript, missed) in _items)
        {
            missed.WriteTo(stream, renderer, reader, transcript, id: null);
        }
    }

    private async Task<bool> FindOthersAsync(string lastId, CancellationToken ct)
    {
        foreach (var topic in topics.Others)
        {
            if (await topic.MissedAsync(lastId, ct) is not { } found)
            {
                return false;
            }

            _others.AddRange(found);
        }

        return true;
    }

    private bool FindSessions(long last)
    {
        _sessions.AddRange(reads.Sessions(new SqlFilter("s.internal = 0").And("s.changed_seq > ?", last), "s.changed_seq", MostSessions + 1));
        return _sessions.Count <= MostSessions;
    }
}
