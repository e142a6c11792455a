using Muse.Sessions.Search;

namespace Muse.Sessions.Features.SearchItems;

/// <summary>Decides what is sent of what was found, and keeps count. One thread at a time, in the order of the parts.</summary>
/// <param name="mostSessions">Sessions that are sent.</param>
internal sealed class ScanTally(int mostSessions)
{
    /// <summary>Hits of one transcript, and of all, that are sent.</summary>
    private const int MostShown = 20;
    private const int MostHits = 500;
    private readonly Dictionary<long, OfTranscript> _transcripts = [];
    private readonly HashSet<string> _sessions = new(StringComparer.Ordinal);
    private readonly HashSet<long> _gone = [];
    private readonly HashSet<long> _unread = [];

    /// <summary>Sent so far.</summary>
    public int Hits { get; private set; }

    /// <summary>As many as are sent.</summary>
    public bool IsFull => Hits >= MostHits;

    /// <summary>Transcripts of which only previews are left.</summary>
    public int Missing => _gone.Count;

    /// <summary>Transcripts that could not be read.</summary>
    public int Unread => _unread.Count;

    public int TooLong { get; private set; }

    /// <summary>True if there are hits of one session more than is wanted.</summary>
    public bool IsTooMany(SearchSource source, ScanFinds finds) =>
        finds.Items.Count > 0 && _sessions.Count == mostSessions && !_sessions.Contains(source.SessionId);

    /// <summary>What to send of a part; null if nothing.</summary>
    /// <param name="isEnough">As many of the transcript's hits are counted as ever are.</param>
    public (IReadOnlyList<SearchItems.Hit> Hits, int More, bool AtLeast)? Take(SearchSource source, ScanFinds finds, out bool isEnough)
    {
        _ = (finds.IsGone && _gone.Add(source.Transcript), finds.IsUnread && _unread.Add(source.Transcript));
        TooLong += finds.TooLong;
        if (!_transcripts.TryGetValue(source.Transcript, out var of))
        {
            _transcripts[source.Transcript] = of = new OfTranscript();
        }

        // A call stands in one part and its output in another: it is found in the later one.
        var fresh = finds.Items.Where(f => of.Counted < TranscriptScan.MostCounted && of.Seen.Add(f.Key) && of.Counted++ >= 0).Select(f => f.Hit).ToList();
        isEnough = of.Counted >= TranscriptScan.MostCounted;
        if (fresh.Count == 0)
        {
            return null;
        }

        var shown = Math.Clamp(MostShown - of.Shown, 0, fresh.Count);
        of.Shown += shown;
        Hits += shown;
        _sessions.Add(source.SessionId);
        return (fresh[..shown], fresh.Count - shown, isEnough);
    }

    private sealed class OfTranscript
    {
        public HashSet<long> Seen { get; } = [];
        public int Counted { get; set; }
        public int Shown { get; set; }
    }
}
