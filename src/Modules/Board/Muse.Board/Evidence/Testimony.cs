using Muse.Board.Domain;

namespace Muse.Board.Evidence;

/// <summary>The claims about one session that hold at one moment, and which of them decides.</summary>
internal sealed class Testimony
{
    /// <summary>How long an edge stands against a level that has not followed it: the level is written up to 0.4 s later.</summary>
    public const long LeadMs = 3_000;

    /// <summary>A capture and a change of another source that lie this close may be in either order.</summary>
    private const long GraceMs = 1_000;

    private readonly Ladder _ladder;
    private readonly List<EvidenceItem> _valid;
    private readonly long _nowMs;

    public Testimony(Ladder ladder, IReadOnlyDictionary<EvidenceSource, EvidenceItem> evidence, long nowMs)
    {
        (_ladder, _nowMs) = (ladder, nowMs);
        _valid = [.. evidence.Values.Where(e => e.Opines && e.IsValid(nowMs) && MaySpeak(e))];
        Level = Of(ladder.Level);
    }

    public EvidenceItem? Level { get; }

    public IReadOnlyList<EvidenceItem> Valid => _valid;

    public EvidenceItem? Of(EvidenceSource source) => _valid.Find(e => e.Source == source);

    /// <summary>
    /// Process gone, turn failed, dialog open, busy, background, idle, then the edges and the lesser sources. Nothing that a
    /// better or newer word has overtaken. Null if nobody says anything about the state.
    /// </summary>
    public EvidenceItem? Decide(long? aliveSinceMs) => Gone(aliveSinceMs) ?? Failed() ?? First(Claim.Asks) ?? Busy() ?? First(Claim.Background)
        ?? Level ?? _ladder.Order.Select(Of).OfType<EvidenceItem>().FirstOrDefault(e => e.Claim != Claim.Gone && !IsOvertaken(e));

    private EvidenceItem? Gone(long? aliveSinceMs)
    {
        if (Of(EvidenceSource.Process) is { Claim: Claim.Gone } process)
        {
            return process;
        }

        // A process that was seen with this session afterwards has taken it up again.
        return Of(EvidenceSource.Hook) is { Claim: Claim.Gone } hook && !(aliveSinceMs > hook.AtMs) ? hook : null;
    }

    private EvidenceItem? Failed() => _ladder.Order.Select(Of).OfType<EvidenceItem>()
        .Where(e => e.Claim == Claim.Failed && !_valid.Exists(o => o.AtMs > e.AtMs && WentOn(o)))
        .MaxBy(e => e.AtMs);

    private EvidenceItem? First(Claim claim) =>
        _ladder.Order.Select(Of).OfType<EvidenceItem>().FirstOrDefault(e => e.Claim == claim && !IsOvertaken(e));

    /// <summary>The level's word; else a hook's or a screen's that is newer. A transcript's is heard further down.</summary>
    private EvidenceItem? Busy() => new[] { _ladder.Level, EvidenceSource.Hook, EvidenceSource.Screen }.Select(Of).OfType<EvidenceItem>()
        .FirstOrDefault(e => e.Claim == Claim.Busy && !IsOvertaken(e));

    /// <summary>Only something newer overtakes, so the newest word is always heard.</summary>
    private bool IsOvertaken(EvidenceItem item)
    {
        if (item.Source == _ladder.Level)
        {
            return false;
        }

        if (Level is { } level)
        {
            return !Agree(level, item) && (level.AtMs > item.AtMs + Grace(item, level) || (IsEdge(item) && _nowMs - item.AtMs > LeadMs));
        }

        return _valid.Exists(o => o != item && o.Source != EvidenceSource.Process && o.Claim != Claim.Gone && !Agree(o, item) && o.AtMs > item.AtMs + Grace(item, o));
    }

    /// <summary>False for a claim that this source cannot know about this agent.</summary>
    private bool MaySpeak(EvidenceItem item) => item.Source switch
    {
        EvidenceSource.Process => item.Claim == Claim.Gone,
        EvidenceSource.Screen when item.Claim is Claim.Idle or Claim.TurnEnded => _ladder.ScreenKnowsIdle,
        _ => _ladder.Order.Contains(item.Source),
    };

    private static bool WentOn(EvidenceItem item) => item.Claim is Claim.Busy or Claim.Asks or Claim.TurnEnded or Claim.Background;

    private static bool IsEdge(EvidenceItem item) => item.Source is EvidenceSource.Hook or EvidenceSource.Transcript;

    private static long Grace(EvidenceItem item, EvidenceItem other) =>
        item.Source == EvidenceSource.Screen || other.Source == EvidenceSource.Screen ? GraceMs : 0;

    /// <summary>Two words that cannot both be true. A running shell or subagent is work to one source and background to another.</summary>
    public static bool Contradict(EvidenceItem one, EvidenceItem other) =>
        !Agree(one, other) && !(Runs(one) && Runs(other));

    public static bool Agree(EvidenceItem one, EvidenceItem other) => StateOf(one) == StateOf(other);

    private static bool Runs(EvidenceItem item) => item.Claim is Claim.Busy or Claim.Background;

    public static CardState StateOf(EvidenceItem item) => item.Claim switch
    {
        Claim.Gone => CardState.Ended,
        Claim.Failed or Claim.Asks => CardState.NeedsYou,
        Claim.Busy => CardState.Working,
        Claim.Background => CardState.Background,
        Claim.Idle or Claim.TurnEnded => CardState.Idle,
        _ => CardState.Unknown,
    };
}
